"""Readers of what systems hand out as their export or backup."""
