"""Texts, read: pasted pages, documents with front matter."""
