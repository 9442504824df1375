"""What people typed, understood: whom, where, how long, which number."""
