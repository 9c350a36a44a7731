"""The commands of the group `duplicates`."""
