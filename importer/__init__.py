"""The data pipeline: game data of other programs in, one immutable game database out."""
