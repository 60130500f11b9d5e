"""The history dock: every step by name, to go back to with a click."""
