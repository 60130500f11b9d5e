"""Sources of game data: bytes in, one `importer.source.Source` out."""
