"""What becomes of one run: obeys commands between iterations and advances one iteration at a time."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from bpviz.errors import BpvizError
from bpviz.training import commands
from bpviz.training.changes import Change, SetLearningRate, SetOptimizer
from bpviz.training.commands import Command, StepSize
from bpviz.training.history import History
from bpviz.training.pace import Pace
from bpviz.training.publisher import Publisher
from bpviz.training.racing import Race
from bpviz.training.track import Track
from bpviz.training.trainer import DivergedError
from bpviz.training.weight_history import WeightReplay, recorded_values

_MOTIONS = (commands.Run, commands.Step, commands.RunTo, commands.Race)
_JUMPS = (commands.GoTo, commands.StepBack, commands.SwitchBranch)
_LEAVE_RACE_ALONE = (commands.AskWeightHistory, commands.SwitchBranch)


class RunControl:
    """Runs, steps, jumps and races one run. Makes no thread and never waits; call from one thread.

    At any time it does one of these, the first that applies: replay a weight's past, jump, train. A
    command that depends on where a jump leads waits for its end; one that leads elsewhere takes its place.
    """

    def __init__(
        self,
        track: Track,
        publisher: Publisher,
        pace: Pace,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.publisher = publisher
        self._track = track
        self._history = History(track)
        self._pace = pace
        self._clock = clock
        self._is_running = False
        self._is_stepping = False
        self._stop_at: int | None = None
        self._stop_epoch: int | None = None
        self._race: Race | None = None
        self._study: tuple[WeightReplay, commands.AskWeightHistory] | None = None
        self._waiting: list[Command] = []
        self._handlers: dict[type, Callable[[Any], None]] = {
            commands.Run: lambda _: self._set_running(True),
            commands.Pause: self._pause,
            commands.Step: self._step,
            commands.RunTo: self._run_to,
            commands.ApplyChange: lambda command: self._change(command.change),
            SetLearningRate: self._change,
            SetOptimizer: self._change,
            commands.GoTo: lambda command: self._go_to(command.iteration),
            commands.StepBack: self._step_back,
            commands.ForkHere: self._fork,
            commands.SwitchBranch: self._switch,
            commands.DropBranch: self._drop,
            commands.Race: self._begin_race,
            commands.AskWeightHistory: self._ask,
        }

    @property
    def is_busy(self) -> bool:
        """Whether there is anything to advance."""
        return self._is_running or self._is_hurrying

    @property
    def wait_s(self) -> float:
        """Seconds until the next iteration is due."""
        return 0.0 if self._is_hurrying else self._pace.wait_s

    @property
    def _is_hurrying(self) -> bool:
        return self._history.is_jumping or self._study is not None

    def obey(self, command: Command) -> None:
        """Do what is asked, or begin it; what cannot be done is answered by `Refused` and changes nothing."""
        self._end_study()
        if self._race is not None and not isinstance(command, _LEAVE_RACE_ALONE):
            self._end_race()
        if self._history.is_jumping and self._has_to_wait(command):
            return
        try:
            self._handlers[type(command)](command)
        except BpvizError as error:
            self.publisher.refused(str(error))
        self.publisher.branches()

    def advance(self) -> None:
        """Do one iteration of what is under way."""
        if self._study is not None:
            self._advance_study(self._study[0])
        elif self._history.is_jumping:
            self._advance_jump()
        elif self._is_running:
            self._advance_run()

    def stop(self) -> None:
        """Drop whatever is under way: something has gone wrong, and it must not go wrong again and again."""
        self._waiting = []
        self._race = None
        self._end_study()
        self._history.give_up_jump()
        self._track.forget_aside()
        self._track.tree.current_id = self._track.branch.id
        self._set_running(False)

    def _set_running(self, is_running: bool, stop_at: int | None = None) -> None:
        changed = is_running != self._is_running
        self._is_running, self._stop_at = is_running, stop_at
        self._is_stepping, self._stop_epoch = False, None
        self._pace.begin()
        if not is_running:
            self._track.sync()
            self.publisher.branches()
        if changed:
            self.publisher.state(is_running)

    def _pause(self, _: commands.Pause) -> None:
        if self._is_running:
            self._set_running(True, self._track.trainer.iteration + 1)

    def _step(self, command: commands.Step) -> None:
        trainer = self._track.trainer
        if command.size is StepSize.EPOCH:
            epoch = trainer.epoch + 1
            self._set_running(True, trainer.order.schedule.last_iteration_of(epoch))
            self._stop_epoch = epoch
        else:
            # Steps asked for faster than they are done add up.
            done = self._stop_at if self._is_stepping and self._stop_at else trainer.iteration
            self._set_running(True, done + 1)
            self._is_stepping = True

    def _run_to(self, command: commands.RunTo) -> None:
        if command.iteration > self._track.trainer.iteration:
            self._set_running(True, command.iteration)

    def _change(self, change: Change) -> None:
        if self._history.change(change):
            self._tell_changes((change,), is_replayed=False)

    def _fork(self, command: commands.ForkHere) -> None:
        self._tell_changes(self._history.fork(command.changes, command.name), is_replayed=False)

    def _tell_changes(self, changes: Sequence[Change], is_replayed: bool) -> None:
        if self._stop_epoch is not None:
            self._stop_at = self._track.trainer.order.schedule.last_iteration_of(self._stop_epoch)
        self.publisher.changed(changes, is_replayed)
        if not self._is_running and any(change.is_by_hand for change in changes):
            self.publisher.standing()

    def _go_to(self, iteration: int) -> None:
        self._set_running(False)
        self._history.go_to(iteration)
        self.publisher.rewinding(self._history)

    def _step_back(self, command: commands.StepBack) -> None:
        iteration, schedule = self._history.position.iteration, self._track.branch.schedule
        if command.size is StepSize.EPOCH:
            self._go_to(schedule.last_iteration_of(schedule.epochs_done(max(iteration - 1, 0))))
        else:
            self._go_to(iteration - 1)

    def _switch(self, command: commands.SwitchBranch) -> None:
        self._track.tree.check_known((command.branch_id,))
        if self._race is not None and command.branch_id in self._race.branch_ids:
            self._track.tree.current_id = command.branch_id
            return
        self._end_race()
        self._set_running(False)
        self._history.switch(command.branch_id)
        self.publisher.rewinding(self._history)

    def _drop(self, command: commands.DropBranch) -> None:
        self._history.drop(command.branch_id)

    def _begin_race(self, command: commands.Race) -> None:
        track = self._track
        track.tree.check_known(command.branch_ids)
        self._history.leave()
        race = Race(track, command.branch_ids, command.until, self._clock)
        if not race.is_over:
            self._race = race
            self._set_running(True)

    def _end_race(self) -> None:
        """End the race, if there is one, and stand on the branch shown, paused but for its last iteration."""
        race, self._race = self._race, None
        if race is None:
            return
        shown = self._track.tree.current_id
        is_racing = shown in race.racing
        race.finish(shown)
        self._set_running(is_racing, self._track.trainer.iteration + 1 if is_racing else None)
        if shown not in race.branch_ids:
            self._history.switch(shown)

    def _has_to_wait(self, command: Command) -> bool:
        """Keep a command for the end of the jump, unless it leads elsewhere."""
        if isinstance(command, commands.Pause):
            self._waiting = [c for c in self._waiting if not isinstance(c, _MOTIONS)]
            self._history.cut_jump_short()
            return True
        # Motions asked for before are overtaken; changes are not to be lost.
        if isinstance(command, _JUMPS) and all(isinstance(c, _MOTIONS) for c in self._waiting):
            self._waiting = []
            return False
        self._waiting.append(command)
        return True

    def _advance_jump(self) -> None:
        if self._history.left > 1:
            self._track.prepare()
            self._track.trainer.train_iteration()
            return
        if self._history.left == 1:
            self._track.prepare()
            self.publisher.train_shown(with_optimizer=True)
        else:
            self.publisher.standing()
        if self._history.arrive():
            self.publisher.standing()
        self.publisher.rewound(self._history)
        waiting, self._waiting = self._waiting, []
        for command in waiting:
            self.obey(command)

    def _advance_run(self) -> None:
        track, publisher = self._track, self.publisher
        if self._race is not None:
            self._race.take_turn()
        is_last = self._is_last_iteration
        if is_last:
            track.keep()
        if changes := track.prepare():
            self._tell_changes(changes, is_replayed=True)
            is_last = self._is_last_iteration
        try:
            if publisher.is_snapshot_wanted or (is_last and publisher.shows_this_branch):
                publisher.train_shown(is_last or self._pace.is_slow)
            else:
                track.trainer.train_iteration()
        except DivergedError as error:
            self._on_diverged(error)
            return
        self._pace.count()
        publisher.measure_when_due()
        if is_last:
            self._retire()

    @property
    def _is_last_iteration(self) -> bool:
        if self._race is not None:
            return self._race.is_last_iteration
        return self._track.trainer.iteration + 1 == self._stop_at

    def _on_diverged(self, error: DivergedError) -> None:
        self._track.branch.diverged_at = error.iteration
        self.publisher.diverged(error)
        self._retire()

    def _retire(self) -> None:
        """Stop, or in a race leave it to the others."""
        if self._race is None:
            self._set_running(False)
            return
        self._race.retire()
        if self._race.is_over:
            self._end_race()

    def _ask(self, command: commands.AskWeightHistory) -> None:
        track = self._track
        track.trainer.check_parameter(command.index)
        if command.first is None or command.last is None or self._race is not None:
            values = recorded_values(track, command.index)
            self.publisher.weight_history(command.index, values, is_every_iteration=False)
        else:
            self._study = WeightReplay(track, command.index, command.first, command.last), command

    def _advance_study(self, replay: WeightReplay) -> None:
        if replay.is_done:
            self._end_study()
        else:
            replay.advance()

    def _end_study(self) -> None:
        """Put the run back as it stood, and tell what was found."""
        if self._study is not None:
            (replay, command), self._study = self._study, None
            self.publisher.weight_history(command.index, replay.end(), is_every_iteration=True)
