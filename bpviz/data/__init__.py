"""Datasets, file formats, downloads and digit images; no Qt and no neural networks."""
