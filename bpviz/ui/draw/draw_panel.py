"""Everything about the drawing itself: canvas, pen, undo, what counts, what the network is given."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from bpviz.data.digit_image import PreparedDigit
from bpviz.ui.controls.buttons import Button
from bpviz.ui.controls.panel import Panel, Separator
from bpviz.ui.controls.segmented import Segment, SegmentedControl
from bpviz.ui.controls.slider import Slider
from bpviz.ui.controls.switch import Switch
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.draw.digit_canvas import DigitCanvas
from bpviz.ui.draw.ink_items import InkTint
from bpviz.ui.draw.preparation_strip import PreparationStrip
from bpviz.ui.draw.saliency_legend import INK_COLORS, SaliencyLegend
from bpviz.ui.gray_picture import rgb_image
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.drawing.drawing import MAX_PEN_WIDTH, MIN_PEN_WIDTH, Drawing
from bpviz.viewmodel.drawing.ink_saliency import InkSaliency, image_box

_PEN_STEPS = 35
_PADDING = 16
_NARROWEST_PX = 352
_PANEL_AT_1268_PX, _PANEL_AT_1908_PX = 434.0, 644.0
"""Width of the panel in a page as wide as windows of 1280 and 1920 px leave it."""
_AROUND_CANVAS_PX = 250
"""What the rest of the panel takes of its height, less what its padding takes of its width."""
_WORDS_FROM_PX = 400
"""A narrower panel shows its buttons' icons alone."""
_PAGES = (
    Segment("Read", tip="The network reads what you draw"),
    Segment("Class digits", tip="Collect labelled digits, to test or to train with"),
)


class DrawPanel(Panel):
    """Lets the user draw and shows what becomes of the drawing; lives in the GUI thread.

    Signals
    -------
    drawing_changed
        The ink is another now.
    saliency_wanted_changed
        The ink is to be tinted by what counts, or no more, or what counts is to be found in another way.
    steps_changed
        With the `Preparation` that is to be done now.
    page_chosen
        What the drawing is for now: 0 to be read, 1 for the class's digits.
    """

    drawing_changed = Signal()
    saliency_wanted_changed = Signal()
    steps_changed = Signal(object)
    page_chosen = Signal(int)

    def __init__(self, source: ThemeSource, drawing: Drawing, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent)
        self._source = source
        self._drawing = drawing
        self._create()
        self._lay_out()
        self._connect()
        self._on_theme_changed()
        self._update_buttons()
        self.show_prepared(drawing.prepared())

    @property
    def is_saliency_wanted(self) -> bool:
        """Whether the user wants to see what counts."""
        return self._counts.isChecked()

    def fit_page(self, width: int, height: int) -> None:
        """Take the width at which the canvas is as large as a page of this size and the network allow."""
        slope = (_PANEL_AT_1908_PX - _PANEL_AT_1268_PX) / (1908 - 1268)
        wanted = _PANEL_AT_1268_PX + slope * (width - 1268)
        highest = height - self._source.px(_AROUND_CANVAS_PX)
        self.setFixedWidth(round(max(min(wanted, highest), self._source.px(_NARROWEST_PX))))
        is_narrow = self.width() < self._source.px(_WORDS_FROM_PX)
        for button, word in ((self._undo, "Undo"), (self._clear, "Clear")):
            button.setText("" if is_narrow else word)
            button.setAccessibleName(word)
            button.updateGeometry()

    def offer_pages(self) -> None:
        """Let the user choose between reading and the class's digits, in place of the title."""
        self._title.hide()
        self._pages.show()

    def set_page(self, index: int) -> None:
        """Show this page as the chosen one; emits nothing."""
        self._pages.set_index(index)

    def show_prepared(self, prepared: PreparedDigit) -> None:
        """Show the steps the drawing goes through and the box around its ink."""
        self.strip.show_prepared(prepared)
        self.show_box(prepared)

    def show_box(self, prepared: PreparedDigit) -> None:
        """Show the box around the drawing's ink."""
        left, top, right, bottom = prepared.crop_box or (0, 0, 0, 0)
        box = None if prepared.is_empty else QRectF(left, top, right - left, bottom - top)
        self.canvas.show_crop(box)

    def show_saliency(self, saliency: InkSaliency | None, prepared: PreparedDigit) -> None:
        """Tint the ink by what counts, with its legend; None leaves it white."""
        self.legend.show_saliency(saliency)
        if saliency is None:
            self.canvas.show_tint(None)
            return
        picture = QPixmap.fromImage(rgb_image(saliency.picture(INK_COLORS)))
        self.canvas.show_tint(InkTint(picture, QRectF(*image_box(prepared))))

    def _create(self) -> None:
        source = self._source
        self._title = TextLabel(source, "Draw a digit", FontRole.TITLE)
        self._pages = SegmentedControl(source, _PAGES)
        self._pages.hide()
        self._pen_label = TextLabel(source, "Pen", FontRole.BODY, "secondary")
        self._pen = Slider(source, "Pen width", _PEN_STEPS)
        share = (self._drawing.pen_width - MIN_PEN_WIDTH) / (MAX_PEN_WIDTH - MIN_PEN_WIDTH)
        self._pen.setValue(round(share * _PEN_STEPS))
        self.canvas = DigitCanvas(source, self._drawing)
        self._holder = _SquareHolder(self.canvas)
        self._undo = Button(source, "Undo", icon="undo", tip="Take back the last stroke (Ctrl+Z)")
        self._clear = Button(
            source, "Clear", icon="trash", tip="Clear the canvas (Delete); undo brings it back"
        )
        self._open = Button(
            source, icon="open", tip="Open a picture of a digit; or drop one, or paste it (Ctrl+V)"
        )
        self._counts = Switch(source, "What counts", role=FontRole.LABEL)
        self._counts.setToolTip("Tint the ink: which parts speak for the answer, which against it.")
        self._counts.setChecked(True)
        self.legend = SaliencyLegend(source)
        self.strip = PreparationStrip(source)

    def _lay_out(self) -> None:
        title = QHBoxLayout()
        title.addWidget(self._title)
        title.addWidget(self._pages)
        title.addStretch(1)
        title.addWidget(self._pen_label)
        title.addWidget(self._pen)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self._undo)
        self._buttons.addWidget(self._clear)
        self._buttons.addWidget(self._open)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self._counts)
        self._column = QVBoxLayout(self)
        self._column.addLayout(title)
        self._column.addWidget(self._holder, 1)
        self._column.addLayout(self._buttons)
        self._column.addWidget(self.legend)
        self._column.addWidget(Separator())
        self._column.addWidget(self.strip)

    def _connect(self) -> None:
        self.canvas.drawing_changed.connect(self._on_drawing_changed)
        self.strip.steps_changed.connect(self.steps_changed)
        self._undo.clicked.connect(self.canvas.undo)
        self._clear.clicked.connect(self.canvas.clear)
        self._open.clicked.connect(self.canvas.picture_wanted)
        self._counts.toggled.connect(lambda _: self.saliency_wanted_changed.emit())
        self.legend.method_changed.connect(self.saliency_wanted_changed)
        self._pages.index_changed.connect(self.page_chosen)
        self._pen.valueChanged.connect(self._on_pen_moved)
        self._source.changed.connect(self._on_theme_changed)

    def _on_drawing_changed(self) -> None:
        self._update_buttons()
        self.drawing_changed.emit()

    def _update_buttons(self) -> None:
        self._undo.setEnabled(self._drawing.can_undo)
        self._clear.setEnabled(not self._drawing.is_empty)

    def _on_pen_moved(self, step: int) -> None:
        self.canvas.set_pen_width(MIN_PEN_WIDTH + step * (MAX_PEN_WIDTH - MIN_PEN_WIDTH) / _PEN_STEPS)

    def _on_theme_changed(self) -> None:
        px = self._source.px
        self._column.setContentsMargins(px(_PADDING), px(14), px(_PADDING), px(_PADDING))
        self._column.setSpacing(px(11))
        self._buttons.setSpacing(px(6))
        self._pen.setFixedWidth(px(110))


class _SquareHolder(QWidget):
    """Keeps one widget as large a square as fits, at the top and in the middle."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        content.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(content.minimumSizeHint())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = min(self.width(), self.height())
        self._content.setGeometry((self.width() - side) // 2, 0, side, side)
