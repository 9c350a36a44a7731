"""What keeps an archive: a file, or a server; and what both share."""
