"""Turns the text of single arguments into checked values; each complaint is one sentence."""

import argparse
from collections.abc import Callable

MAX_LAYERS = 100


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """Return a parser of whole numbers from `low` to `high`."""

    def parse(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = low - 1
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"'{text}' is not a whole number from {low:,} to {high:,}")
        return value

    return parse


def layer_sizes(text: str) -> tuple[int, ...]:
    """Return the sizes in ``"784,30,10"``; whether they make a network is checked with the settings."""
    parts = text.split(",")
    try:
        sizes = tuple(map(int, parts))
    except ValueError:
        sizes = ()
    if not 2 <= len(sizes) <= MAX_LAYERS or min(sizes) < 1 or max(sizes) > 10**9:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not a list of layer sizes; two or more of at least 1 are needed, as in 784,30,10"
        )
    return sizes


def picture_size(low: int, high: int) -> Callable[[str], tuple[int, int]]:
    """Return a parser of sizes such as ``"1280x800"``, width and height in pixels."""

    def parse(text: str) -> tuple[int, int]:
        width, cross, height = text.lower().partition("x")
        if cross and width.isdecimal() and height.isdecimal() and len(text) <= 20:
            size = int(width), int(height)
            if low <= min(size) and max(size) <= high:
                return size
        raise argparse.ArgumentTypeError(
            f"'{text}' is not a size like 1280x800, each side from {low} to {high} pixels"
        )

    return parse
