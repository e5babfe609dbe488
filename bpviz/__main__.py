"""Lets `python -m bpviz` do what the installed command does."""

import sys

from bpviz.app.cli import main

if __name__ == "__main__":
    sys.exit(main())
