"""The card beside the pointer: what a click would do."""
