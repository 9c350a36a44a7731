"""Which entries may be translations of each other."""
