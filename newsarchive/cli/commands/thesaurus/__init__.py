"""The commands of the group `thesaurus`."""
