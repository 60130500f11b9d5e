"""Codec of the files of a Mids data folder: bytes to plain records and back, byte for byte."""
