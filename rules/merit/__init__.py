"""Merit: check-ins and points as transactions; keeps no balance."""
