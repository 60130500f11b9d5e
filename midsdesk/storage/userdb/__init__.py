"""The database of what the user made: small, migrated, copied before it changes."""
