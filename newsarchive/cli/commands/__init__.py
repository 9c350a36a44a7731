"""The commands, one module each; groups are folders."""
