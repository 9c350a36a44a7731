"""Readers: from what others wrote to items and faults."""
