"""The commands of the group `relations`."""
