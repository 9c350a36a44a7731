"""The commands of the group `tags`."""
