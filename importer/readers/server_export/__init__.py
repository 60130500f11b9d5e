"""The server's own export (JSON by power, as folders or in one zip) into a `Source`."""
