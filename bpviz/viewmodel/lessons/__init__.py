"""Lessons as data: their file format, the small language of their numbers and conditions, their course."""
