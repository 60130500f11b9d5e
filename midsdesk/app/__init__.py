"""Use cases: what a test or a script would call, and what the window shows."""
