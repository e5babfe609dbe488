"""A drawing and what a network makes of it."""
