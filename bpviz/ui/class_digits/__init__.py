"""Collecting a class's own digits."""
