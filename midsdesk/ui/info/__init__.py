"""The info panel: everything about one power, in four tabs."""
