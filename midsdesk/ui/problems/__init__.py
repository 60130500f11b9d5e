"""The problems dock: what is illegal, wasted or unfinished, and the ways to mend it."""
