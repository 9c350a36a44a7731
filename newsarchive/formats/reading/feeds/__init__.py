"""Feeds, read: RSS, RDF, Atom, JSON Feed."""
