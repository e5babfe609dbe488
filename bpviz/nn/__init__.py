"""Dense networks, their losses, gradients and optimisers; pure NumPy."""
