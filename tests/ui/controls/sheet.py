"""All controls in one window, to be looked at and measured."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from bpviz.ui.controls.buttons import Button, ButtonKind
from bpviz.ui.controls.choice_field import Choice, ChoiceField
from bpviz.ui.controls.logo import Logo
from bpviz.ui.controls.notice_bar import Notice, NoticeBar
from bpviz.ui.controls.number_field import NumberField
from bpviz.ui.controls.number_range import NumberRange
from bpviz.ui.controls.panel import Panel, ScrollColumn, Separator
from bpviz.ui.controls.segmented import Segment, SegmentedControl
from bpviz.ui.controls.slider import LabelledSlider
from bpviz.ui.controls.switch import Switch
from bpviz.ui.controls.text_label import TextLabel, Tone
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource

LOSSES = (
    Choice("log", "Log loss", "Binary cross-entropy on sigmoid outputs"),
    Choice("cross-entropy", "Cross-entropy", "Cross-entropy on softmax outputs"),
    Choice("squared", "Squared error", refusal="Squared error needs sigmoid outputs"),
)
LEARNING_RATE = NumberRange(1e-4, 10.0, is_log=True)
TONES: tuple[Tone, ...] = (
    "text",
    "secondary",
    "tertiary",
    "activation_text",
    "weight_positive_text",
    "weight_negative_text",
    "gradient_positive_text",
    "gradient_negative_text",
    "error_text",
)


def control_sheet(source: ThemeSource) -> QWidget:
    """Return a window with every control in its states."""
    sheet = Panel("window")
    column = QVBoxLayout(sheet)
    column.setContentsMargins(0, 0, 0, 6)
    column.setSpacing(6)
    column.addWidget(_top_bar(source, sheet))
    row = QHBoxLayout()
    row.setContentsMargins(6, 0, 6, 0)
    row.setSpacing(6)
    row.addWidget(_settings(source))
    row.addWidget(_stage(source), 1)
    column.addLayout(row, 1)
    return sheet


def _top_bar(source: ThemeSource, parent: QWidget) -> Panel:
    bar = Panel("bar", parent)
    bar.setFixedHeight(source.px(56))
    row = QHBoxLayout(bar)
    row.setSpacing(6)
    row.addWidget(Logo(source))
    row.addSpacing(8)
    modes = (Segment("Lab", "lab"), Segment("Draw", "draw"), Segment("Teach", "teach"))
    row.addWidget(SegmentedControl(source, modes))
    row.addWidget(Separator(Qt.Orientation.Vertical))
    row.addWidget(Button(source, icon="reset", tip="Reset"))
    row.addWidget(Button(source, icon="step-back", tip="Step back"))
    row.addWidget(Button(source, "Pause", icon="pause", kind=ButtonKind.PRIMARY))
    row.addWidget(Button(source, icon="step", tip="Step"))
    steps = SegmentedControl(
        source, [Segment(name) for name in ("Neuron", "Layer", "Phase", "Iteration", "Epoch")]
    )
    steps.set_index(3)
    steps.set_segment_enabled(0, False, "Too fast for single neurons")
    row.addWidget(steps)
    speed = LabelledSlider(source, "Speed")
    speed.slider.setValue(70)
    speed.set_value_text("400 ms a layer")
    row.addWidget(speed, 1)
    row.addWidget(Button(source, icon="sun", kind=ButtonKind.QUIET, tip="Theme"))
    row.addWidget(Button(source, icon="target", kind=ButtonKind.QUIET, tip="Settings"))
    return bar


def _settings(source: ThemeSource) -> Panel:
    panel = Panel("panel")
    panel.setFixedWidth(source.px(250))
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(16, 10, 16, 16)
    column.setSpacing(6)
    column.addWidget(TextLabel(source, "Network", FontRole.HEADING))
    column.addWidget(Button(source, "Add hidden layer", icon="plus", kind=ButtonKind.DASHED))
    column.addWidget(Separator())
    column.addWidget(TextLabel(source, "Training", FontRole.HEADING))
    column.addLayout(_fields(source))
    column.addWidget(Separator())
    switch = Switch(source, "Weight images")
    switch.setChecked(True)
    column.addWidget(switch)
    column.addWidget(Switch(source, "Sign as dashes"))
    off = Switch(source, "Bias nodes (not now)")
    off.setEnabled(False)
    column.addWidget(off)
    column.addStretch(1)
    outer = QVBoxLayout(panel)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(ScrollColumn(content))
    return panel


def _fields(source: ThemeSource) -> QLayout:
    refused = NumberField(source, "Test", NumberRange(100, 10000, is_integer=True), 10000)
    refused.setEnabled(False)
    rows: list[tuple[str, QWidget]] = [
        ("Loss", ChoiceField(source, "Loss", LOSSES, "cross-entropy")),
        ("Learning rate", NumberField(source, "Learning rate", LEARNING_RATE, 0.5)),
        ("Batch", NumberField(source, "Batch", NumberRange(1, 4096, is_integer=True, is_log=True), 128)),
        (
            "Weight decay",
            NumberField(source, "Weight decay", NumberRange(1e-5, 0.1, False, True, True), 0.001),
        ),
        ("Seed", NumberField(source, "Seed", NumberRange(0, 9999, is_integer=True), 7)),
        ("Test", refused),
    ]
    grid = QGridLayout()
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for index, (name, field) in enumerate(rows):
        grid.addWidget(TextLabel(source, name, FontRole.BODY, "secondary"), index, 0)
        grid.addWidget(field, index, 1)
    return grid


def _stage(source: ThemeSource) -> Panel:
    panel = Panel("stage")
    column = QVBoxLayout(panel)
    column.setContentsMargins(24, 16, 24, 24)
    sentence = "Hidden neuron 17 adds up 147 weighted pixels to 3.48 and answers 0.97."
    column.addWidget(TextLabel(source, sentence, FontRole.SENTENCE))
    column.addLayout(_notices(source, panel))
    column.addLayout(_buttons(source))
    tones = QGridLayout()
    for index, tone in enumerate(TONES):
        text = f"{tone}  +0.58064606  ∂L/∂w"
        tones.addWidget(TextLabel(source, text, FontRole.NUMBER, tone), index // 2, index % 2)
    column.addLayout(tones)
    row = QHBoxLayout()
    row.addWidget(TextLabel(source, "7", FontRole.ANSWER))
    row.addWidget(TextLabel(source, "99.5 %", FontRole.ANSWER_SHARE))
    row.addWidget(TextLabel(source, "δ₇ = p₇ − y₇,  𝑎 = 𝜎(𝑧)", FontRole.FORMULA))
    row.addWidget(TextLabel(source, "grad_W2 = a1.T @ delta2", FontRole.CODE))
    column.addLayout(row)
    column.addStretch(1)
    return panel


def _notices(source: ThemeSource, parent: QWidget) -> QLayout:
    column = QVBoxLayout()
    notices = (
        Notice("info", "MNIST is not on this computer yet.", "Download"),
        Notice("warning", "The loss stopped falling 400 iterations ago."),
        Notice(
            "error", "The loss became infinite at iteration 212; the learning rate is too large.", "Reset"
        ),
    )
    for notice in notices:
        bar = NoticeBar(source, parent)
        bar.show_notice(notice)
        column.addWidget(bar)
    return column


def _buttons(source: ThemeSource) -> QLayout:
    grid = QGridLayout()
    kinds = (ButtonKind.PRIMARY, ButtonKind.PLAIN, ButtonKind.QUIET, ButtonKind.DANGER, ButtonKind.DASHED)
    for index, kind in enumerate(kinds):
        grid.addWidget(Button(source, kind.value.title(), icon="undo", kind=kind), 0, index)
        refused = Button(source, kind.value.title(), icon="undo", kind=kind)
        refused.setEnabled(False)
        grid.addWidget(refused, 1, index)
    return grid
