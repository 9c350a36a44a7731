"""Writers: from entries to bytes that others read."""
