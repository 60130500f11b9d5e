"""The settings sheet: pages of rows, each changing one thing at once."""
