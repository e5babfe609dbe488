"""A run as values: curves, batch, recording, steps, results."""
