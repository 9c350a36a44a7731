"""The index of a large archive: one SQLite file, derived from the archive and disposable."""
