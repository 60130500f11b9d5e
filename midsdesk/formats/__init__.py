"""Bytes to builds and back; no disk."""
