"""What becomes of a drawing on its way into the network, step by step; each step can be switched off."""

from PySide6.QtCore import QEasingCurve, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bpviz.data.digit_image import IMAGE_SIDE, PreparedDigit
from bpviz.data.preparation import ALL_STEPS, STEP_NAMES, Preparation
from bpviz.ui.controls.switch import Switch
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.draw.preparation_picture import PreparationPicture
from bpviz.ui.small_toggle import SmallToggle
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.icons import icon_pixmap
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.drawing.preparation_stages import (
    STEP_TEXTS,
    Stage,
    left_out_text,
    stage_before,
    stages_of,
)
from bpviz.viewmodel.drawing.preparation_worth import PreparationWorth
from bpviz.viewmodel.words.number_format import NO_VALUE, fixed

_GAP_PX = 12
_ARROW_PX = 12
_FOOT_GAP_PX = 4
_STEP_MS = 150
_WORTHS_FROM_PX = 390
"""A narrower strip shows the switches alone; their tips say what the steps are worth."""


class PreparationStrip(QWidget):
    """Shows a drawing as drawn, cropped, scaled to 20 px, with an even pen and centred by its mass.

    Under each step stand a switch that leaves it out and what it is worth to the network, as far as there
    is room for both.

    Signals
    -------
    steps_changed
        The user switched: with the `Preparation` that is to be done now.
    """

    steps_changed = Signal(object)

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._prepared: PreparedDigit | None = None
        self._stages: tuple[Stage, ...] = ()
        self._create()
        self._lay_out()
        self._connect()
        self.show_worth(None)
        self._update_remark()
        self._on_theme_changed()

    @property
    def steps(self) -> Preparation:
        """The steps that are switched on."""
        return Preparation(**{name: switch.isChecked() for name, switch in self._switches.items()})

    @property
    def remark(self) -> str:
        """What is said beside the heading: which steps are left out, or where the mass lies."""
        return self._remark.text()

    @property
    def is_playing(self) -> bool:
        """Whether the steps are being shown one after the other."""
        return self._motion.state() == QVariantAnimation.State.Running

    def set_steps(self, steps: Preparation) -> None:
        """Switch the steps on and off; `steps_changed` tells of it if that changes any."""
        if steps != self.steps:
            for name, switch in self._switches.items():
                switch.setChecked(getattr(steps, name))
            self._on_switched()

    def show_prepared(self, prepared: PreparedDigit) -> None:
        """Show the steps of this drawing; an empty one shows black squares."""
        self._prepared = prepared
        self._stages = stages_of(prepared)
        self._update_remark()
        self._show_stages()

    def play(self) -> None:
        """Show how each picture comes from the one before it, one after the other; not with less motion."""
        if self._stages and self.isVisible() and not self._source.is_motion_reduced:
            self._motion.stop()
            self._motion.start()

    def show_worth(self, worth: PreparationWorth | None) -> None:
        """Show what each step is worth to the network the canvas reads with; None if that is not known."""
        for name, label in self._worths.items():
            label.setText(NO_VALUE if worth is None else worth.points_text(name))
            tip = "Not measured yet." if worth is None else worth.sentence(name)
            label.setToolTip(tip)
            self._switches[name].setAccessibleDescription(tip)

    def minimumSizeHint(self) -> QSize:
        # Not the pictures' present width: they follow the strip's.
        narrowest = len(STEP_TEXTS) * IMAGE_SIDE + (len(STEP_TEXTS) - 1) * self._source.px(_GAP_PX)
        return QSize(narrowest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._update_remark()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._motion.stop()
        self._show_stages()

    def _create(self) -> None:
        source = self._source
        self._heading = TextLabel(source, "What the network is given", FontRole.VALUE)
        self._remark = TextLabel(source, "", FontRole.BODY, "secondary")
        self._pictures = [PreparationPicture(source) for _ in STEP_TEXTS]
        self._arrows = [QLabel() for _ in STEP_TEXTS[1:]]
        self._captions = [TextLabel(source, text.caption, FontRole.BODY, "secondary") for text in STEP_TEXTS]
        self._switches = {name: Switch(source) for name in STEP_NAMES}
        self._worths = {name: TextLabel(source, "", FontRole.CAPTION, "text") for name in STEP_NAMES}
        self._worth_title = TextLabel(source, "worth, %", FontRole.CAPTION, "secondary")
        self._worth_title.setToolTip(
            "The accuracy with all steps less that without this one, of the network the canvas reads with."
        )
        self._all_on = SmallToggle(source, "All on", "Do all steps again.")
        self._all_on.setCheckable(False)
        self._motion = QVariantAnimation(self)
        self._motion.setStartValue(0.0)
        self._motion.setEndValue(float(len(STEP_NAMES)))
        self._motion.setDuration(_STEP_MS * len(STEP_NAMES))
        self._motion.setEasingCurve(QEasingCurve.Type.Linear)
        for picture, text in zip(self._pictures, STEP_TEXTS, strict=True):
            picture.setToolTip(text.tip)
            picture.setAccessibleName(f"The drawing, {text.caption}")
            if text.name:
                self._switches[text.name].setChecked(True)
                self._switches[text.name].setAccessibleName(f"Do this step: {text.caption}")
                self._switches[text.name].setToolTip(f"{text.tip} Off: {text.without}.")

    def _lay_out(self) -> None:
        heading = QHBoxLayout()
        heading.addWidget(self._heading)
        heading.addStretch(1)
        heading.addWidget(self._remark)
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        center = Qt.AlignmentFlag.AlignCenter
        for index, text in enumerate(STEP_TEXTS):
            column = 2 * index
            self._grid.addWidget(self._pictures[index], 0, column, center)
            self._grid.addWidget(self._captions[index], 1, column, center)
            self._grid.addLayout(self._foot(text.name), 2, column, center)
        for index, arrow in enumerate(self._arrows):
            self._grid.addWidget(arrow, 0, 2 * index + 1, center)
            self._grid.setColumnStretch(2 * index + 1, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self._column.addLayout(heading)
        self._column.addLayout(self._grid)

    def _foot(self, name: str) -> QHBoxLayout:
        """Return what stands under a step; under the drawing itself, what the numbers beside it are."""
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(self._source.px(_FOOT_GAP_PX))
        parts = (self._switches[name], self._worths[name]) if name else (self._all_on, self._worth_title)
        for part in parts:
            foot.addWidget(part)
        return foot

    def _connect(self) -> None:
        for switch in self._switches.values():
            switch.clicked.connect(self._on_switched)
        self._all_on.clicked.connect(self._on_all_on)
        self._motion.valueChanged.connect(self._on_motion)
        self._motion.finished.connect(self._show_stages)
        self._source.changed.connect(self._on_theme_changed)

    def _on_all_on(self) -> None:
        self.set_steps(ALL_STEPS)

    def _on_switched(self) -> None:
        self._motion.stop()
        self._update_remark()
        self.steps_changed.emit(self.steps)

    def _on_motion(self, value: float) -> None:
        if not self._stages:
            return
        index = min(int(value), len(STEP_NAMES) - 1) + 1
        self._pictures[index - 1].show_stage(self._stages[index - 1])
        before, after = stage_before(self._stages, index), self._stages[index]
        share = QEasingCurve(QEasingCurve.Type.InOutQuad).valueForProgress(value - (index - 1))
        self._pictures[index].show_between(before, after, share)

    def _show_stages(self) -> None:
        for index, picture in enumerate(self._pictures):
            picture.show_stage(self._stages[index] if self._stages else None)

    def _update_remark(self) -> None:
        steps = self.steps
        for caption, text in zip(self._captions, STEP_TEXTS, strict=True):
            is_taken = text.name not in steps.left_out
            caption.setText(text.caption if is_taken else text.off_caption)
            caption.set_tone("secondary" if is_taken else "text")
        self._show_foot()
        self._remark.set_tone("secondary" if steps == ALL_STEPS else "text")
        self._remark.setText(left_out_text(steps) or self._mass_text())

    def _show_foot(self) -> None:
        """Show what there is room for: the numbers go before the switches do."""
        is_roomy = self.width() >= self._source.px(_WORTHS_FROM_PX)
        is_whole = self.steps == ALL_STEPS
        for label in self._worths.values():
            label.setVisible(is_roomy)
        self._all_on.setVisible(not is_whole)
        self._worth_title.setVisible(is_roomy and is_whole)

    def _mass_text(self) -> str:
        """Return the whole words where there is room for them beside the heading."""
        center = None if self._prepared is None else self._prepared.center_of_mass
        if center is None:
            return ""
        place = f"({fixed(center[0], 1)}, {fixed(center[1], 1)})"
        text = f"centre of mass {place}"
        needed = self._heading.sizeHint().width() + self._remark.fontMetrics().horizontalAdvance(text)
        return text if needed + self._source.px(12) <= self.width() else f"mass {place}"

    def _on_theme_changed(self) -> None:
        px = self._source.px
        if self._source.is_motion_reduced:
            self._motion.stop()
        self._column.setSpacing(px(8))
        self._grid.setVerticalSpacing(px(3))
        arrow = icon_pixmap(
            "chevron-right", self._source.theme.tertiary, px(_ARROW_PX), self.devicePixelRatioF()
        )
        for label in self._arrows:
            label.setPixmap(arrow)
        self._fit()

    def _fit(self) -> None:
        room = (self.width() - (len(STEP_TEXTS) - 1) * self._source.px(_GAP_PX)) / len(STEP_TEXTS)
        # Half a screen pixel more for each of the 28 at a time: their sizes then differ by one at most.
        step = IMAGE_SIDE / 2
        side = step * max(int(room * self.devicePixelRatioF() / step), 2) / self.devicePixelRatioF()
        for picture in self._pictures:
            picture.setFixedSize(round(side), round(side))
        self._show_foot()
        self._show_stages()
