import pytest

from bpviz.nn.network import Architecture
from bpviz.viewmodel.network.reveal import reveal_of
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.steps import (
    Position,
    StepLevel,
    describe,
    first_position,
    is_boundary,
    last_position,
    next_position,
    positions,
    previous_position,
    share_of_phase,
)

NETS = pytest.mark.parametrize(
    "net",
    [Architecture((6, 5, 4, 3)), Architecture((4, 2)), Architecture((9, 7, 1), output_activation="softmax")],
    ids=lambda net: str(net.layers),
)
NET = Architecture((6, 5, 4, 3))
END = Position(Phase.UPDATE)


def walk(level: StepLevel, net: Architecture) -> list[Position]:
    place: Position | None = first_position(level, net)
    places = []
    while place is not None:
        places.append(place)
        place = next_position(place, level, net)
    return places


def known(place: Position, net: Architecture) -> tuple[int, ...]:
    reveal = reveal_of(place, net)
    return (*reveal.sums, int(reveal.is_loss_known), *reveal.deltas, *map(int, reveal.updated))


@NETS
@pytest.mark.parametrize("level", StepLevel)
def test_steps_go_through_every_place_of_their_level_to_the_end(level: StepLevel, net: Architecture) -> None:
    expected = positions(level, net) if level is not StepLevel.EPOCH else (END,)
    assert tuple(walk(level, net)) == expected
    assert known(expected[-1], net) == known(END, net)
    assert known(last_position(level, net), net) == known(END, net)


@NETS
@pytest.mark.parametrize("level", [StepLevel.NEURON, StepLevel.LAYER, StepLevel.PHASE])
def test_stepping_back_retraces_the_way(level: StepLevel, net: Architecture) -> None:
    places = walk(level, net)
    back = [places[-1]]
    while (place := previous_position(back[-1], level, net)) is not None:
        back.append(place)
    assert back[::-1] == places


@NETS
@pytest.mark.parametrize("level", StepLevel)
def test_every_step_reveals_more_and_every_step_back_less(level: StepLevel, net: Architecture) -> None:
    for start in (*positions(StepLevel.NEURON, net), *positions(StepLevel.PHASE, net)):
        after, before = next_position(start, level, net), previous_position(start, level, net)
        if after is not None:
            assert sum(known(after, net)) > sum(known(start, net))
        if before is not None:
            assert sum(known(before, net)) < sum(known(start, net))


def test_a_forward_pass_goes_left_to_right_and_a_backward_pass_right_to_left() -> None:
    layers = [(p.phase, p.layer) for p in positions(StepLevel.LAYER, NET)]
    forward = [(Phase.FORWARD, 0), (Phase.FORWARD, 1), (Phase.FORWARD, 2)]
    backward = [(Phase.BACKWARD, 2), (Phase.BACKWARD, 1), (Phase.BACKWARD, 0)]
    update = [(Phase.UPDATE, 0), (Phase.UPDATE, 1), (Phase.UPDATE, 2)]
    assert layers == [*forward, (Phase.LOSS, None), *backward, *update]


def test_neurons_go_top_to_bottom_and_update_goes_by_layers() -> None:
    places = positions(StepLevel.NEURON, NET)
    assert places[:6] == (*(Position(Phase.FORWARD, 0, n) for n in range(5)), Position(Phase.FORWARD, 1, 0))
    assert places[-3:] == tuple(Position(Phase.UPDATE, layer) for layer in range(3))
    assert len(places) == 12 + 1 + 12 + 3


@pytest.mark.parametrize(
    ("level", "after", "before"),
    [
        (StepLevel.NEURON, Position(Phase.FORWARD, 1, 2), Position(Phase.FORWARD, 1, 0)),
        (StepLevel.LAYER, Position(Phase.FORWARD, 1), Position(Phase.FORWARD, 0)),
        (StepLevel.PHASE, Position(Phase.FORWARD), None),
        (StepLevel.ITERATION, END, None),
        (StepLevel.EPOCH, None, None),
    ],
)
def test_a_step_goes_to_its_levels_next_boundary(
    level: StepLevel, after: Position | None, before: Position | None
) -> None:
    middle = Position(Phase.FORWARD, 1, 1)
    assert next_position(middle, level, NET) == after
    assert previous_position(middle, level, NET) == before


def test_a_layers_step_from_its_last_neuron_goes_on_to_the_next_layer() -> None:
    done = Position(Phase.FORWARD, 0, 4)
    assert next_position(done, StepLevel.LAYER, NET) == Position(Phase.FORWARD, 1)
    assert next_position(Position(Phase.FORWARD, 2, 2), StepLevel.PHASE, NET) == Position(Phase.LOSS)


def test_a_neurons_step_from_a_whole_phase_begins_the_next() -> None:
    assert next_position(Position(Phase.LOSS), StepLevel.NEURON, NET) == Position(Phase.BACKWARD, 2, 0)
    assert previous_position(Position(Phase.LOSS), StepLevel.NEURON, NET) == Position(Phase.FORWARD, 2, 2)


def test_a_played_phase_ends_where_the_phase_does() -> None:
    ends = [p for p in positions(StepLevel.NEURON, NET) if is_boundary(p, StepLevel.PHASE, NET)]
    assert [p.phase for p in ends] == list(Phase)
    assert [is_boundary(Position(Phase.UPDATE, n), StepLevel.ITERATION, NET) for n in range(3)] == [
        False,
        False,
        True,
    ]


def test_places_are_told_by_layers_from_one_and_neurons_from_zero() -> None:
    assert describe(Position(Phase.FORWARD, 1, 3), NET) == "Forward, hidden 2, neuron 3"
    assert describe(Position(Phase.BACKWARD, 0), NET) == "Backward, layer 1 of 3"
    assert describe(Position(Phase.BACKWARD, 2, 0), NET) == "Backward, output 0"
    assert describe(Position(Phase.LOSS), NET) == "Loss"
    assert describe(Position(Phase.FORWARD, 0, 3), Architecture((6, 5, 3))) == "Forward, hidden neuron 3"


def test_the_share_of_a_phase_grows_to_one() -> None:
    shares = [share_of_phase(p, NET) for p in positions(StepLevel.NEURON, NET) if p.phase is Phase.BACKWARD]
    assert shares == pytest.approx([n / 12 for n in range(1, 13)])
