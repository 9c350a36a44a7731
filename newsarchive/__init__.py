"""A command-line archive manager for an organisation's news."""

__version__ = "1.0.0"
