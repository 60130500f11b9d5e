"""Small lists kept by hand: tab-separated, a reason beside each row, read by `tables.read`."""
