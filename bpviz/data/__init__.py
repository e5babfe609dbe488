"""Datasets, file formats and digit images; no Qt, no network code."""
