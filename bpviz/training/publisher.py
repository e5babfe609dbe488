"""Tells the window what became of the run: snapshots to the mailbox, everything else as events."""

from collections.abc import Sequence
from queue import SimpleQueue

from bpviz.training import events
from bpviz.training.branches import BranchInfo
from bpviz.training.changes import Change
from bpviz.training.evaluation import evaluate
from bpviz.training.events import Event
from bpviz.training.history import History
from bpviz.training.mailbox import Mailbox
from bpviz.training.observation import observe_iteration, observe_untrained
from bpviz.training.snapshot import Snapshot
from bpviz.training.track import Track
from bpviz.training.trainer import DivergedError
from bpviz.training.weight_history import Values

FIRST_TRIALS = (50, 100, 200, 500)
TRIAL_INTERVAL = 1000
"""Iterations after which the network is tried on a subset of the test part: soon at first, when it learns
fastest, then every thousandth; the whole part is tried after each epoch."""
TRIAL_SAMPLES = 1000
TRIAL_SPACING = 50
LARGEST_SPACING = 500
"""Where epochs are short not each of them is told: a fiftieth of the run lies between two, and at most 500
iterations. Thousands a second would be read by nobody, and stop the window."""


class Publisher:
    """Speaks for one run. Call from the trainer's thread.

    Attributes
    ----------
    watch
        The training row to show in every snapshot; None for the batch's largest loss.
    """

    def __init__(
        self, run_id: int, track: Track, mailbox: Mailbox[Snapshot], queue: "SimpleQueue[Event]"
    ) -> None:
        self.watch: int | None = None
        self._run_id = run_id
        self._track = track
        self._mailbox = mailbox
        self._events = queue
        self._told: dict[int, BranchInfo] = {}
        self._tried_at = 0

    def started(self) -> None:
        """Tell that the run stands ready, and what the untrained network can do."""
        self._events.put(events.Started(self._run_id))
        self.branches()
        self.standing()
        self._test(is_whole=True)

    @property
    def shows_this_branch(self) -> bool:
        """Whether the branch the trainer is on is the one shown."""
        return self._track.branch.id == self._track.tree.current_id

    @property
    def is_snapshot_wanted(self) -> bool:
        """Whether the next iteration should be shown."""
        return self._mailbox.wanted and self.shows_this_branch

    def train_shown(self, with_optimizer: bool) -> None:
        """Train one iteration and show it whole."""
        track = self._track
        self._mailbox.put(
            observe_iteration(track.trainer, self._run_id, self.watch, track.branch.id, with_optimizer)
        )

    def standing(self) -> None:
        """Show the network as it stands."""
        track = self._track
        self._mailbox.put(observe_untrained(track.trainer, self._run_id, self.watch, track.branch.id, True))

    def state(self, is_running: bool) -> None:
        """Tell that training began or stopped."""
        self._events.put(events.StateChanged(self._run_id, is_running, self._track.trainer.iteration))

    def branches(self) -> None:
        """Tell what is new about the branches."""
        infos = {branch.id: self._track.tree.info(branch) for branch in self._track.tree}
        for branch_id in self._told.keys() - infos.keys():
            self._events.put(events.BranchDropped(self._run_id, branch_id))
        for branch_id, info in infos.items():
            if branch_id not in self._told:
                self._events.put(events.BranchAdded(self._run_id, info))
            elif info != self._told[branch_id]:
                self._events.put(events.BranchChanged(self._run_id, info))
        self._told = infos

    def changed(self, changes: Sequence[Change], is_replayed: bool) -> None:
        """Tell that these changes came into force."""
        trainer, branch_id = self._track.trainer, self._track.branch.id
        for change in changes:
            self._events.put(
                events.Changed(
                    run_id=self._run_id,
                    branch_id=branch_id,
                    iteration=trainer.iteration,
                    change=change,
                    config=trainer.config,
                    switched_off=trainer.network.switched_off,
                    is_replayed=is_replayed,
                )
            )

    def rewinding(self, history: History) -> None:
        """Tell that a jump has begun."""
        branch_id, iteration = self._track.branch.id, history.position.iteration
        self._events.put(events.Rewinding(self._run_id, branch_id, iteration, max(history.left, 0)))

    def rewound(self, history: History) -> None:
        """Tell where the run stands after a jump."""
        trainer = self._track.trainer
        self._events.put(
            events.Rewound(
                run_id=self._run_id,
                branch_id=self._track.branch.id,
                iteration=trainer.iteration,
                config=trainer.config,
                switched_off=trainer.network.switched_off,
                upcoming=history.upcoming,
            )
        )

    def refused(self, sentence: str) -> None:
        """Tell why something asked for was not done."""
        self._events.put(events.Refused(self._run_id, sentence))

    def weight_history(self, index: int, values: Values, is_every_iteration: bool) -> None:
        """Tell how one parameter went."""
        branch_id, (iterations, found) = self._track.tree.current_id, values
        self._events.put(
            events.WeightHistory(self._run_id, branch_id, index, iterations, found, is_every_iteration)
        )

    def diverged(self, error: DivergedError) -> None:
        """Tell that the next iteration has no finite loss, and show the network as it stands."""
        branch_id = self._track.branch.id
        self._events.put(events.Diverged(self._run_id, error.iteration, error.learning_rate, branch_id))
        if self.shows_this_branch:
            self.standing()

    def measure_when_due(self) -> None:
        """Tell of an epoch that ended, and try the network on test samples, but never a second time."""
        track = self._track
        if not track.is_new:
            return
        trainer = track.trainer
        if trainer.order.ends_epoch(trainer.iteration):
            if not self._is_epoch_due(trainer.iteration):
                return
            totals = trainer.epoch_totals
            self._events.put(
                events.EpochEnded(
                    run_id=self._run_id,
                    epoch=trainer.epoch,
                    iteration=trainer.iteration,
                    train_loss=totals.mean_loss,
                    train_accuracy=totals.accuracy,
                    branch_id=track.branch.id,
                    n_samples=totals.samples,
                )
            )
            self._test(is_whole=True)
        elif trainer.iteration in FIRST_TRIALS or trainer.iteration % TRIAL_INTERVAL == 0:
            self._test(is_whole=False)

    def _is_epoch_due(self, iteration: int) -> bool:
        """Tell whether enough iterations lie between the epoch told last and this one; note it if so."""
        since = iteration - self._tried_at
        if 0 <= since < min(iteration // TRIAL_SPACING, LARGEST_SPACING):
            return False
        self._tried_at = iteration
        return True

    def _test(self, is_whole: bool) -> None:
        trainer = self._track.trainer
        samples = trainer.dataset.test if is_whole else trainer.dataset.test.first(TRIAL_SAMPLES)
        if not len(samples):
            return
        result = evaluate(trainer.network, samples)
        self._events.put(
            events.TestMeasured(
                run_id=self._run_id,
                iteration=trainer.iteration,
                epoch=trainer.order.epoch_of(max(trainer.iteration, 1)),
                loss=result.loss,
                accuracy=result.accuracy,
                n_samples=len(samples),
                is_whole=is_whole,
                branch_id=self._track.branch.id,
                r_squared=result.r_squared,
            )
        )
