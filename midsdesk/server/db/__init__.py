"""PostgreSQL: the truth. Everything else may be emptied at any moment."""
