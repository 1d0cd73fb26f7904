"""One module a command; each holds its `command`."""
