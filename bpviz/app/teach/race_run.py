"""A race of update rules: computed by the helper, then shown at a pace eyes can follow."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, Signal

from bpviz.app.session import Session
from bpviz.data.samples import Dataset
from bpviz.errors import ConfigError
from bpviz.training.config import TrainingConfig
from bpviz.training.race import Race, run_race

RACE = "a race of update rules"
MAX_ITERATIONS = 5000


class RaceRun(QObject):
    """Belongs to the GUI thread; `pull` once a frame.

    Attributes
    ----------
    race
        The last race run, whole; None before there is one.

    Signals
    -------
    settled
        It is run, and shown to its end.
    """

    settled = Signal()

    def __init__(self, session: Session, clock: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._clock = clock
        self._began_at: float | None = None
        self._per_second = 0.0
        self.race: Race | None = None

    @property
    def shown(self) -> Race | None:
        """The race as far as it is to be seen now."""
        if self.race is None or self._began_at is None:
            return self.race
        seconds = self._clock() - self._began_at
        reached = seconds * self._per_second
        return self.race.first(max(1, int(np.searchsorted(self.race.iterations, reached, side="right"))))

    def run(
        self,
        config: TrainingConfig,
        dataset: Dataset,
        rules: tuple[str, ...],
        iterations: int,
        per_second: float,
    ) -> None:
        """Run it, and show so many iterations a second; all at once for 0. `settled` follows.

        Raises
        ------
        ConfigError
            If there are too few or too many iterations.
        """
        if not 1 <= iterations <= MAX_ITERATIONS:
            raise ConfigError(f"'iterations' is {iterations}; it must be 1 to {MAX_ITERATIONS:,}")
        self._per_second = per_second
        self._session.ask(RACE, lambda: run_race(config, dataset, rules, iterations), self._on_race)

    def pull(self) -> bool:
        """Go on showing it; return whether something may have changed."""
        if self._began_at is None or self.race is None:
            return False
        seconds = self._clock() - self._began_at
        if seconds * self._per_second >= float(self.race.iterations[-1]):
            self._began_at = None
            self.settled.emit()
        return True

    def restore(self, race: Race | None) -> None:
        """Show this race, whole."""
        self.race, self._began_at = race, None

    def close(self) -> None:
        """Wait for no answer."""
        self._session.forget(RACE)

    def _on_race(self, race: Race) -> None:
        self.race = race
        if self._per_second > 0.0:
            self._began_at = self._clock()
        else:
            self.settled.emit()
