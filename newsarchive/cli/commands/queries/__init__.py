"""The commands of the group `queries`."""
