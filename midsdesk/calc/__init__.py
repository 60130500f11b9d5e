"""What are the numbers? Pure functions of values, in stages, each remembered by value."""
