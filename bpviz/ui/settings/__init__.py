"""The Lab's settings."""
