"""Game data: installed sets, adding one, what changed."""
