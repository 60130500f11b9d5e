"""A build and its totals, written for people."""
