"""The parts of the window around the build: tool bar, tabs, status bar, menus."""
