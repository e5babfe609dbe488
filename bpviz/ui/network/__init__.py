"""The drawn network, its planes and heat maps."""
