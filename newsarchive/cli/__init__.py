"""The command line: one module a command, named in `registry`."""
