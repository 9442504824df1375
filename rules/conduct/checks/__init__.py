"""One file an offence: (Case, Policy) -> Finding."""
