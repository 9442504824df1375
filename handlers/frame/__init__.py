"""How a word or a press reaches its handler: routes, context, orders, the one way to obey; no subject of its own."""
