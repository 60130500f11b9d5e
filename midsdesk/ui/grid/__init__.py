"""The build grid: bars of the picks and their slots."""
