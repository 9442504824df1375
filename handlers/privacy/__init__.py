"""What is kept about a person, told, handed over and forgotten on their word."""
