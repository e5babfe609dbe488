"""The batch can be taken apart below the network: pictures, shares, a counter, one scale, and a choice."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsSimpleTextItem
from pytestqt.qtbot import QtBot

from bpviz.data.samples import Dataset
from bpviz.training.observation import observe_iteration
from bpviz.training.snapshot import Snapshot
from bpviz.training.trainer import Trainer
from bpviz.ui.lab.batch_panel import BatchPanel
from bpviz.ui.plain_view import PlainView
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from tests.training.small_runs import config_for, sparse_digits

N_TRAIN = 105
LEFT = Qt.MouseButton.LeftButton
DATASET = Dataset("small", "Small", sparse_digits(N_TRAIN), sparse_digits(10, seed=1))
FLAT = Dataset("flat", "Flat", sparse_digits(20, n_in=30), sparse_digits(5, n_in=30))


class Clock:
    """Seconds that pass when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def snapshot_of(dataset: Dataset, batch_size: int, iteration: int = 1) -> Snapshot:
    layers = (dataset.train.inputs.shape[1], 12, 10)
    trainer = Trainer(config_for(layers=layers, batch_size=batch_size), dataset)
    for _ in range(iteration - 1):
        trainer.train_iteration()
    return observe_iteration(trainer, run_id=1, watch=None)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def panel(qtbot: QtBot, source: ThemeSource, clock: Clock) -> BatchPanel:
    panel = BatchPanel(source, clock)
    qtbot.addWidget(panel)
    panel.set_batch_size(10)
    panel.show_snapshot(snapshot_of(DATASET, 10), DATASET.train)
    panel.resize(698, panel.sizeHint().height())
    panel.show()
    return panel


def take_apart(panel: BatchPanel) -> None:
    QTest.mouseClick(panel.toggle, LEFT)
    panel.resize(panel.width(), panel.sizeHint().height())


def texts(view: PlainView) -> list[str]:
    items = (item for item in view.items() if isinstance(item, QGraphicsSimpleTextItem))
    return [item.text() for item in items if item.isVisible()]


def mean_color(image: QImage, rect: QRectF) -> QColor:
    inside = rect.toRect().adjusted(3, 3, -3, -3)
    pixels = [
        image.pixelColor(x, y)
        for x in range(inside.left(), inside.right())
        for y in range(inside.top(), inside.bottom())
    ]
    return QColor(*(round(sum(part) / len(pixels)) for part in zip(*map(_rgb, pixels), strict=True)))


def _rgb(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()


def test_the_toggle_takes_the_batch_apart_and_puts_it_together(qtbot: QtBot, panel: BatchPanel) -> None:
    assert panel.strip.isVisible()
    with qtbot.waitSignal(panel.anatomy_toggled) as toggled:
        take_apart(panel)
    assert toggled.args == [True]
    assert (panel.strip.isVisible(), panel.anatomy.isVisible()) == (False, True)
    take_apart(panel)
    assert (panel.strip.isVisible(), panel.anatomy.isVisible()) == (True, False)


def test_counter_shares_and_scale_are_written(panel: BatchPanel) -> None:
    take_apart(panel)
    shown, anatomy = texts(panel.anatomy), panel.anatomy.anatomy
    assert anatomy is not None
    assert "105 samples ÷ 10 = 11 iterations (the last of 5 samples) = 1 epoch" in shown
    assert "÷ 10 =" in shown
    assert "average" in shown
    assert {sample.share_text for sample in anatomy.samples} <= set(shown)
    assert any(anatomy.scale in text for text in shown)
    assert f"Gradient of hidden neuron {anatomy.neuron}" in shown


def test_the_rest_of_a_large_batch_is_counted(panel: BatchPanel) -> None:
    panel.set_batch_size(32)
    panel.show_snapshot(snapshot_of(DATASET, 32), DATASET.train)
    take_apart(panel)
    assert "+ 22 more ÷ 32 =" in texts(panel.anatomy)


@pytest.mark.parametrize("choice", [ThemeChoice.DARK, ThemeChoice.LIGHT])
def test_pictures_are_purple_where_the_gradient_is_positive_and_green_where_negative(
    panel: BatchPanel, source: ThemeSource, choice: ThemeChoice
) -> None:
    source.set_choice(choice)
    take_apart(panel)
    sums: list[float] = []
    for neuron in range(12):
        panel.set_neuron(neuron)
        assert panel.anatomy.anatomy is not None
        sums = [float(sample.values.sum()) for sample in panel.anatomy.anatomy.samples]
        if min(sums) < -0.3 * max(sums) and max(sums) > -0.3 * min(sums):
            break
    image = panel.anatomy.grab().toImage()
    greenest = mean_color(image, panel.anatomy.tile_rect(sums.index(min(sums))))
    purplest = mean_color(image, panel.anatomy.tile_rect(sums.index(max(sums))))
    assert greenest.green() - greenest.red() > purplest.green() - purplest.red() + 3


def test_a_sample_that_teaches_the_neuron_nothing_is_drawn_without_tint(
    panel: BatchPanel, source: ThemeSource
) -> None:
    take_apart(panel)
    anatomy = panel.anatomy.anatomy
    assert anatomy is not None
    sample = anatomy.samples[0]
    empty = [i for i in range(8, 20) if not sample.values[i - 2 : i + 3, 4:24].any()]
    assert empty
    rect = panel.anatomy.tile_rect(0)
    y = rect.top() + (empty[0] + 0.5) / 28 * rect.height()
    color = panel.anatomy.grab().toImage().pixelColor(int(rect.center().x()), int(y))
    assert _rgb(color) == _rgb(source.theme.weight_zero)


def test_a_click_and_the_arrow_keys_choose_a_sample(qtbot: QtBot, panel: BatchPanel) -> None:
    take_apart(panel)
    anatomy = panel.anatomy.anatomy
    assert anatomy is not None
    rows = [sample.row for sample in anatomy.samples]
    place = panel.anatomy.tile_rect(3).center().toPoint()
    with qtbot.waitSignal(panel.sample_selected) as chosen:
        QTest.mouseClick(panel.anatomy.viewport(), LEFT, pos=place)
    assert chosen.args == [rows[3]]
    for key, expected in ((Qt.Key.Key_Down, rows[4]), (Qt.Key.Key_Up, rows[3])):
        with qtbot.waitSignal(panel.sample_selected) as chosen:
            QTest.keyClick(panel.anatomy, key)
        assert chosen.args == [expected]


def test_up_and_down_choose_in_the_strip_too(qtbot: QtBot, panel: BatchPanel) -> None:
    strip = panel.strip.strip
    assert strip is not None
    for key, expected in ((Qt.Key.Key_Down, 0), (Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, 0)):
        with qtbot.waitSignal(panel.sample_selected) as chosen:
            QTest.keyClick(panel.strip, key)
        assert chosen.args == [strip.tiles[expected].row]


def test_the_choice_is_kept_when_the_batch_is_taken_apart(panel: BatchPanel) -> None:
    panel.set_batch_size(32)
    snapshot = snapshot_of(DATASET, 32)
    panel.show_snapshot(snapshot, DATASET.train)
    easiest = int(snapshot.batch.indices[snapshot.batch.losses.argmin()])
    panel.set_selected(easiest)
    take_apart(panel)
    anatomy = panel.anatomy.anatomy
    assert anatomy is not None
    assert anatomy.samples[-1].row == easiest


def test_the_neuron_that_is_selected_is_the_one_looked_at(panel: BatchPanel) -> None:
    take_apart(panel)
    panel.set_neuron(7)
    assert "Gradient of hidden neuron 7" in texts(panel.anatomy)


def test_while_running_it_follows_four_times_a_second_and_at_once_when_stopped(
    panel: BatchPanel, clock: Clock
) -> None:
    take_apart(panel)
    before = panel.anatomy.anatomy
    panel.set_running(True)
    first = panel.anatomy.anatomy
    clock.now += 0.1
    panel.show_snapshot(snapshot_of(DATASET, 10, iteration=2), DATASET.train)
    assert panel.anatomy.anatomy is first
    clock.now += 0.2
    panel.show_snapshot(snapshot_of(DATASET, 10, iteration=3), DATASET.train)
    assert panel.anatomy.anatomy is not before
    last = snapshot_of(DATASET, 10, iteration=4)
    panel.show_snapshot(last, DATASET.train)
    panel.set_running(False)
    anatomy = panel.anatomy.anatomy
    assert anatomy is not None
    assert {sample.row for sample in anatomy.samples} == set(last.batch.indices.tolist())


def test_samples_that_are_no_pictures_have_no_anatomy(panel: BatchPanel) -> None:
    take_apart(panel)
    panel.show_snapshot(snapshot_of(FLAT, 5), FLAT.train)
    assert not panel.toggle.isVisible()
    assert not panel.anatomy.isVisible()
    assert not panel.strip.isVisible()
    panel.show_snapshot(snapshot_of(DATASET, 10), DATASET.train)
    assert panel.strip.isVisible()
    assert panel.toggle.isVisible()


def test_a_narrow_view_shows_fewer_samples_and_counts_the_others(panel: BatchPanel) -> None:
    take_apart(panel)
    panel.resize(440, panel.sizeHint().height())
    QTest.qWait(0)
    anatomy = panel.anatomy.anatomy
    assert anatomy is not None
    assert 3 < len(anatomy.samples) < 10
    assert anatomy.n_in_batch == 10


@pytest.mark.parametrize("width", [440, 600, 698, 1184])
@pytest.mark.parametrize("batch_size", [1, 3, 10, 96])
def test_nothing_is_cut_and_no_text_lies_on_another(panel: BatchPanel, width: int, batch_size: int) -> None:
    panel.set_batch_size(batch_size)
    panel.show_snapshot(snapshot_of(DATASET, batch_size), DATASET.train)
    take_apart(panel)
    panel.resize(width, panel.sizeHint().height())
    QTest.qWait(0)
    view = panel.anatomy
    room = QRectF(view.viewport().rect())
    items = [item for item in view.items() if isinstance(item, QGraphicsSimpleTextItem) and item.isVisible()]
    places = [(item.text(), item.sceneBoundingRect().adjusted(1, 3, -1, -3)) for item in items]
    assert [text for text, place in places if not room.contains(place)] == []
    assert room.contains(view.mean_rect)
    toggle = QRectF(panel.toggle.geometry())
    assert [text for text, place in places if toggle.intersects(place)] == []
    over = [(a, b) for i, (a, p) in enumerate(places) for b, q in places[i + 1 :] if p.intersects(q)]
    assert over == []
