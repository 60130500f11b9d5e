"""This machine: paths, resources, logs, child processes."""
