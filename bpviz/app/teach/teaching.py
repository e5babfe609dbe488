"""What an experiment is given to work with."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bpviz.app.session import Session
from bpviz.data.samples import Dataset
from bpviz.data.sources import load_dataset
from bpviz.ui.style.theme_source import ThemeSource

_KEPT = 4


@dataclass(frozen=True, slots=True)
class Teaching:
    """Made once for a window.

    Attributes
    ----------
    source
        The sizes of Teach.
    session
        The window's session: for `ask` and `post` alone, never for its run.
    dataset
        Returns a dataset by its name, loaded once.
    """

    source: ThemeSource
    session: Session
    dataset: Callable[[str], Dataset]


class DatasetShelf:
    """Keeps the datasets lessons have loaded."""

    def __init__(self, data_dir: Path | None = None) -> None:
        self._data_dir = data_dir
        self._kept: dict[str, Dataset] = {}

    def take(self, name: str) -> Dataset:
        """Return the dataset of this name.

        Raises
        ------
        BpvizError
            If it cannot be loaded.
        """
        if name not in self._kept:
            while len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[name] = load_dataset(name, self._data_dir)
        return self._kept[name]
