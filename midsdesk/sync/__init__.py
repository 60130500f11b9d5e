"""Keeping the builds of one player equal on all their machines. No Qt, no SQL."""
