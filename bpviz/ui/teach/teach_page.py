"""A lesson on screen: its title and progress, the stage, and what is said below. No other chrome."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from bpviz.ui.controls.panel import Panel, Separator
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.icons import logo_pixmap
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.teach.lesson_foot import LETTERS, FootContent, LessonFoot
from bpviz.ui.teach.lesson_stage import LessonStage
from bpviz.ui.teach.progress_line import ProgressLine
from bpviz.ui.teach.spotlight import Spotlight
from bpviz.ui.teach.teach_source import TeachSource

_EDGE = 22


class TeachPage(Panel):
    """Layout and keys only; the player tells it what to show. Lives in the GUI thread.

    Attributes
    ----------
    source
        The sizes of Teach, for the stages.

    Signals
    -------
    went_on, went_back, left
        Space or →, ←, Esc; or clicks on what stands for them.
    chosen, hands_changed, hands_toggled, worksheet_requested
        A choice; the hands for a choice; counting hands at all; a worksheet of this step.
    """

    went_on = Signal()
    went_back = Signal()
    left = Signal()
    chosen = Signal(int)
    hands_changed = Signal(int, int)
    hands_toggled = Signal()
    worksheet_requested = Signal()

    def __init__(self, window_source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__("stage", parent)
        self.source = TeachSource(window_source, self)
        self.stage: LessonStage | None = None
        self._spotlit: tuple[str, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._create()
        self._lay_out()
        self._connect()
        self.source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def show_lesson(self, title: str, subtitle: str) -> None:
        """Show the lesson's name."""
        self.title.setText(title)
        self._subtitle.setText(subtitle)

    def set_stage(self, stage: LessonStage | None) -> None:
        """Put a stage in its place; the one before is taken out and scheduled to go."""
        if self.stage is not None:
            self._stage_column.removeWidget(self.stage)
            self.stage.hide()
            self.stage.deleteLater()
        self.stage = stage
        if stage is not None:
            self._stage_column.addWidget(stage)
            stage.parts_moved.connect(self.refresh_spotlight)
            stage.show()
        self.show_spotlight(())

    def show_step(self, index: int, count: int) -> None:
        """Show how far the lesson is."""
        self.progress.show_step(index, count)

    def show_foot(self, content: FootContent) -> None:
        """Show what is said, asked and can be done."""
        self.foot.show_content(content)

    def show_spotlight(self, parts: Sequence[str]) -> None:
        """Leave these parts of the stage bright and dim the rest; none: everything is bright."""
        self._spotlit = tuple(parts)
        self.refresh_spotlight()

    def refresh_spotlight(self) -> None:
        """Follow the parts meant, should they have moved."""
        rects: list[QRect] = []
        if self.stage is not None:
            found = (self.stage.part_rect(part) for part in self._spotlit)
            rects = [rect.translated(self.stage.pos()) for rect in found if rect is not None]
        self.spotlight.show_parts(rects)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        plain = {
            Qt.Key.Key_Space: self.went_on,
            Qt.Key.Key_Right: self.went_on,
            Qt.Key.Key_PageDown: self.went_on,
            Qt.Key.Key_Left: self.went_back,
            Qt.Key.Key_PageUp: self.went_back,
            Qt.Key.Key_Escape: self.left,
            Qt.Key.Key_H: self.hands_toggled,
            Qt.Key.Key_P: self.worksheet_requested,
        }
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in plain:
            if not event.isAutoRepeat():
                plain[Qt.Key(key)].emit()
        elif event.text().upper() in tuple(LETTERS):
            self.chosen.emit(LETTERS.index(event.text().upper()))
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.source.fit(event.size().width(), event.size().height())

    def _create(self) -> None:
        source = self.source
        self._mark = QLabel()
        self.title = TextLabel(source, "", FontRole.BIG_NUMBER)
        self._subtitle = TextLabel(source, "", FontRole.BODY, "secondary")
        self.progress = ProgressLine(source)
        self.holder = _StageHolder()
        self.spotlight = Spotlight(source, self.holder)
        self.foot = LessonFoot(source)

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self._mark)
        self._head.addWidget(self.title)
        self._head.addWidget(self._subtitle)
        self._head.addStretch(1)
        self._head.addWidget(self.progress)
        self._stage_column = QVBoxLayout(self.holder)
        self._column = QVBoxLayout(self)
        # The scale follows the size, never the size the scale.
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self._head)
        self._column.addWidget(self.holder, 1)
        self._column.addWidget(Separator())
        self._column.addWidget(self.foot)

    def _connect(self) -> None:
        foot = self.foot
        self.holder.resized.connect(self.refresh_spotlight)
        foot.space_clicked.connect(self.went_on)
        foot.back_clicked.connect(self.went_back)
        foot.leave_clicked.connect(self.left)
        foot.chosen.connect(self.chosen)
        foot.hands_changed.connect(self.hands_changed)
        foot.hands_clicked.connect(self.hands_toggled)
        foot.worksheet_clicked.connect(self.worksheet_requested)

    def _on_look_changed(self) -> None:
        px = self.source.px
        self._mark.setPixmap(logo_pixmap(self.source.theme, px(17), self.devicePixelRatioF()))
        self._head.setContentsMargins(px(_EDGE), px(14), px(_EDGE), px(8))
        self._head.setSpacing(px(10))
        self._stage_column.setContentsMargins(px(_EDGE), 0, px(_EDGE), px(8))


class _StageHolder(QWidget):
    """Tells when its stage may have moved."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()
