"""The game database: an immutable artefact, written once and read."""
