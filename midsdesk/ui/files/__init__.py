"""Surfaces for files: the import report, sharing and exporting, opening and saving."""
