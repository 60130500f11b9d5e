"""The lists of powers to pick from, and who the character is."""
