"""The totals, always in sight: bars, caps, changes and what-if."""
