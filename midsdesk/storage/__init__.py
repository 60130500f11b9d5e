"""SQLite: the only SQL of the desktop."""
