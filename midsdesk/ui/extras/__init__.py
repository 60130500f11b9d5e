"""Adding accolades, incarnate, temporary and prestige powers."""
