"""Search everything: the field over the window, its list, and what its rows do."""
