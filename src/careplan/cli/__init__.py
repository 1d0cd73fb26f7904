"""The command line: the only place with files, arguments, a terminal and today's date."""
