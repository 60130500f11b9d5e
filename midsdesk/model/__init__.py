"""What things are: frozen, hashable values with no behaviour beyond reading."""
