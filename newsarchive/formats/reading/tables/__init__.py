"""Records with named values, read: tables, JSON."""
