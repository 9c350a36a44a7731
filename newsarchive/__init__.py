"""A command-line archive manager for an organisation's news."""

__version__ = "0.1.0"
