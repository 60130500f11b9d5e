"""The enhancement picker: an overlay beside the bar that can slot whatever the game allows."""
