"""Update packages: a signed file with a packed data set."""
