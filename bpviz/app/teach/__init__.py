"""Teach: what lessons play with, and the one that plays them."""
