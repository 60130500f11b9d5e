"""What the docks at the bottom share: a head with title, chips and buttons."""
