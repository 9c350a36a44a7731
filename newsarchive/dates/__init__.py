"""Dates that keep the precision they came with, and the ways people write them."""
