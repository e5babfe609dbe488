"""Draws the embedded `strokes` dataset anew and writes it to resources/strokes.idx.gz."""

import argparse
from pathlib import Path

from bpviz.data.stroke_dataset import build_strokes, encode_strokes

DEFAULT_SEED = 20_240
DEFAULT_OUTPUT = Path(__file__).resolve().parent.parent / "resources" / "strokes.idx.gz"


def main() -> None:
    """Write the file and say its size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="default: %(default)s")
    parser.add_argument(
        "--output", type=Path, default=DEFAULT_OUTPUT, help="default: resources/strokes.idx.gz"
    )
    arguments = parser.parse_args()
    content = encode_strokes(build_strokes(arguments.seed))
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_bytes(content)
    print(f"{arguments.output}: {len(content):,} bytes")


if __name__ == "__main__":
    main()
