"""A build in, another build out."""
