"""Whatever is done to a run, in any order, it stands where one from scratch would, within its budget."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bpviz.errors import HistoryError
from bpviz.training.branches import MAX_BRANCHES
from bpviz.training.changes import (
    SetBatchSize,
    SetBias,
    SetLearningRate,
    SetLoss,
    SetOptimizer,
    SetPenalty,
    SetWeight,
    SwitchNeuron,
)
from tests.training.plain_runs import assert_true, finish_jump, go_to, new_history, train

BUDGET_BYTES = 30_000
"""Room for eleven checkpoints of plain descent, for three of Adam."""


class AnyHistory(RuleBasedStateMachine):
    """Runs, rewinds, changes, forks, switches and drops in any order; checks against a run from scratch."""

    def __init__(self) -> None:
        super().__init__()
        self.history = new_history(budget_bytes=BUDGET_BYTES)
        train(self.history, 40)

    @rule(n=st.integers(1, 40))
    def train_on(self, n: int) -> None:
        if self.history.position.iteration < 150:
            train(self.history, n)

    @rule(share=st.floats(0, 1))
    def go_back(self, share: float) -> None:
        go_to(self.history, round(share * self.history.track.branch.furthest))

    @rule(data=st.data())
    def change_something(self, data: st.DataObject) -> None:
        try:
            self.history.change(data.draw(any_change))
        except HistoryError:
            assert len(list(self.history.track.tree)) == MAX_BRANCHES

    @precondition(lambda self: len(list(self.history.track.tree)) < MAX_BRANCHES)
    @rule(data=st.data())
    def fork_here(self, data: st.DataObject) -> None:
        self.history.fork(data.draw(st.lists(any_change, max_size=2)))

    @rule(data=st.data(), is_cut_short=st.booleans())
    def switch_branch(self, data: st.DataObject, is_cut_short: bool) -> None:
        self.history.switch(data.draw(st.sampled_from([branch.id for branch in self.history.track.tree])))
        if is_cut_short:
            self.history.cut_jump_short()
        finish_jump(self.history)

    @precondition(lambda self: len(list(self.history.track.tree)) > 1)
    @rule(data=st.data())
    def drop_branch(self, data: st.DataObject) -> None:
        tree = self.history.track.tree
        others = [branch.id for branch in tree if branch.id != tree.current_id]
        self.history.drop(data.draw(st.sampled_from(others)))

    @invariant()
    def is_where_a_run_from_scratch_would_be(self) -> None:
        assert_true(self.history)

    @invariant()
    def budget_is_kept(self) -> None:
        assert self.history.track.store.n_bytes <= BUDGET_BYTES


any_change = st.one_of(
    st.sampled_from([0.05, 0.3, 1.0]).map(SetLearningRate),
    st.sampled_from(["sgd", "momentum", "adam"]).map(lambda name: SetOptimizer(name, 0.9)),
    st.sampled_from(["squared", "cross-entropy", "log"]).map(SetLoss),
    st.sampled_from([1, 4, 10, 200]).map(SetBatchSize),
    st.sampled_from([0.0, 0.01]).map(lambda l2: SetPenalty(0.0, l2)),
    st.builds(SetWeight, st.just(0), st.integers(0, 63), st.integers(0, 8), st.sampled_from([-1.0, 2.0])),
    st.builds(SetBias, st.just(1), st.integers(0, 9), st.sampled_from([-1.0, 0.5])),
    st.builds(SwitchNeuron, st.just(0), st.integers(0, 8), st.booleans()),
)

TestAnyHistory = AnyHistory.TestCase
TestAnyHistory.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
