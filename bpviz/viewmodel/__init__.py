"""What to draw, as plain values; no Qt."""
