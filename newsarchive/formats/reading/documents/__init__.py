"""Readers of documents: of offices, of mail, of news agencies, of reference managers."""
