"""The commands of the group `history`."""
