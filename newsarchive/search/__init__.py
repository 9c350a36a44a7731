"""Ranked search: word groups and BM25 over postings."""
