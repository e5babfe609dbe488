"""Measures speed, side by side in one run, so that a figure is never without its yardstick."""
