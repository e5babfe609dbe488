"""Curves of a run, and the loss away from where it stands."""
