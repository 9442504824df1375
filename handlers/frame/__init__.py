"""What every conversation needs before it has a subject: context, orders, presses, the one way to obey."""
