"""bpviz shows backpropagation happening on a real neural network, with every number true."""

__version__ = "0.1.0"
