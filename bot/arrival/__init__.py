"""How the bot comes into a group and is set up there: who may bring it, what is missing, the letter after two days."""
