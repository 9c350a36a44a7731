"""The selection language that every command shares."""
