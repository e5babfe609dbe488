"""Real iterations to inspect, and the numbers read back from what is shown."""

import functools
import re
from typing import Any

from bpviz.data.samples import Dataset
from bpviz.training.observation import observe_iteration, observe_untrained
from bpviz.training.snapshot import Snapshot
from bpviz.training.trainer import Trainer
from bpviz.viewmodel.inspection.formula_model import Formula, Number
from tests.training.small_runs import config_for, sparse_digits

LAYERS = (784, 12, 8, 10)

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e-?\d+)?")


@functools.cache
def snapshot_of(iterations: int = 6, **changes: Any) -> Snapshot:
    """Return the iteration after so many, with the optimiser's state."""
    trainer = _trainer(**changes)
    for _ in range(iterations):
        trainer.train_iteration()
    return observe_iteration(trainer, run_id=1, watch=None, with_optimizer=True)


@functools.cache
def untrained(**changes: Any) -> Snapshot:
    """Return a network that has not trained yet."""
    return observe_untrained(_trainer(**changes), run_id=1, watch=None, with_optimizer=True)


def number(text: str) -> float:
    """Return the number a text shows."""
    return float(plain(text))


def plain(text: str) -> str:
    """Return the text with the keyboard's minus and without narrow spaces."""
    return text.replace("−", "-").replace("\N{NARROW NO-BREAK SPACE}", "")


def numbers(formula: Formula) -> list[float]:
    """Return every number under the symbols, from the left; several in one cell one after another.

    A sign that stands in a cell of its own is not part of the number after it.
    """
    cells = (cell for row in formula.rows for cell in row if isinstance(cell, Number))
    return [float(match) for cell in cells for match in _NUMBER.findall(plain(cell.text))]


def signs(formula: Formula) -> str:
    """Return the signs between the numbers."""
    cells = (cell.text for row in formula.rows for cell in row if isinstance(cell, Number))
    return "".join(text for text in cells if not any(letter.isdigit() for letter in text))


def _trainer(**changes: Any) -> Trainer:
    data = Dataset("test", "Test", sparse_digits(120), sparse_digits(30, seed=1))
    return Trainer(config_for(**{"layers": LAYERS, "learning_rate": 0.1, **changes}), data)
