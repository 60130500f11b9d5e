"""Colours, sizes, fonts and icons by role. Widgets ask here and hold no value of their own."""
