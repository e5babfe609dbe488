"""The drawn network as values: layout, edges, colours, scales, what is known."""
