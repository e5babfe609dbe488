"""Composition root, session, settings and command line."""
