"""Entries as tables, panels, plain lines and ids."""
