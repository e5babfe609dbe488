"""Training runs: configuration, trainer, worker thread and what it publishes."""
