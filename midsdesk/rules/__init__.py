"""Is it legal? Checks return violations and never raise."""
