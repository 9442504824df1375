"""Welcomes and check-ins, as leaders steer them."""
