"""One sample, large, with all the network says to it: its outputs, the target and the error of each."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsPixmapItem, QSizePolicy, QWidget

from bpviz.nn.arrays import ByteArray
from bpviz.ui.gray_picture import gray_image
from bpviz.ui.plain_view import PlainView
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.run.batch_strip import IMAGE_SIDE
from bpviz.viewmodel.run.mistakes import SampleOutcome

_DIGIT_SHARE, _LARGEST_DIGIT = 0.475, 196
"""Of the width, and at most so many pixels."""
_LEAST_ROW, _MOST_ROW = 12, 22
_FOOT = 62
_SMALLEST_WIDTH = 236
_GAP, _NAME = 14, 16
_BAR, _ERROR = 6, 2
_LINE = 20
_TICK = 2.0
_WIDEST_VALUE = "> 99.9\N{NO-BREAK SPACE}%"
_SMALLEST_BAR_PX = 1.5


class OutcomeView(PlainView):
    """Shows a `SampleOutcome` with its picture; all items are Qt's own."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._outcome: SampleOutcome | None = None
        self._image: ByteArray | None = None
        self._width = 0
        self._picture = QGraphicsPixmapItem()
        self._tracks, self._bars, self._errors, self._tick = (QGraphicsPathItem() for _ in range(4))
        for item in (self._picture, self._tracks, self._bars, self._errors, self._tick):
            self.scene().addItem(item)
        self._texts = TextPool(self.scene(), source)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        source.changed.connect(self._on_theme_changed)
        self.resized.connect(self._draw)
        self._on_theme_changed()

    @property
    def outcome(self) -> SampleOutcome | None:
        """What is shown."""
        return self._outcome

    def sizeHint(self) -> QSize:
        return QSize(self._source.px(_SMALLEST_WIDTH), self._side + self._source.px(_FOOT))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def fit_width(self, width_px: int) -> None:
        """Choose the size of the digit for this width; it stands before the view is ever shown."""
        self._width = width_px
        self._fit()

    def show_outcome(self, outcome: SampleOutcome, image: ByteArray | None) -> None:
        """Show a sample; `image` is 28 × 28 grey levels, None for samples that are no pictures."""
        self._outcome, self._image = outcome, image
        self.setAccessibleName(f"{outcome.title}: {outcome.verdict}, loss {outcome.loss_text}")
        self._draw()

    @property
    def _side(self) -> int:
        """Side of the large digit."""
        px = self._source.px
        width = max(self._width, px(_SMALLEST_WIDTH))
        # Whole screen pixels for each of the picture's own: they are all of one size then.
        return min(int(_DIGIT_SHARE * width), px(_LARGEST_DIGIT)) // IMAGE_SIDE * IMAGE_SIDE

    def _fit(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self.updateGeometry()
        self._draw()

    def _draw(self) -> None:
        if self._outcome is None:
            return
        self._texts.begin()
        self._show_picture(self._outcome)
        self._show_outputs(self._outcome)
        self._texts.end()

    def _show_picture(self, outcome: SampleOutcome) -> None:
        theme, px = self._source.theme, self._source.px
        self._picture.setVisible(self._image is not None)
        if self._image is not None:
            side = round(self._side * self.devicePixelRatioF())
            # Unsmoothed: these are the very pixels the network is given.
            pixmap = QPixmap.fromImage(gray_image(self._image)).scaled(side, side)
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            self._picture.setPixmap(pixmap)
        middle = self._side + px(_GAP)
        color = theme.error_text if outcome.is_wrong else theme.text
        self._texts.write_at(outcome.verdict, FontRole.VALUE, color, 0.0, middle)
        right = self._texts.write_at("Loss ", FontRole.BODY, theme.secondary, 0.0, middle + px(_LINE))
        self._texts.write_at(outcome.loss_text, FontRole.VALUE, theme.text, right, middle + px(_LINE))

    def _show_outputs(self, outcome: SampleOutcome) -> None:
        theme, px, texts = self._source.theme, self._source.px, self._texts
        n = len(outcome.outputs)
        row = min(max(self.room_height / n, px(_LEAST_ROW)), px(_MOST_ROW))
        left = self._side + px(_GAP) + px(_NAME)
        width = self.room_width - left - texts.metrics(FontRole.CAPTION).width(_WIDEST_VALUE) - px(4)
        tracks, bars, errors, tick = (QPainterPath() for _ in range(4))
        for index, (output, text) in enumerate(zip(outcome.outputs, outcome.output_texts, strict=True)):
            middle, name = (index + 0.5) * row, outcome.names[index]
            is_named = name in (outcome.label, outcome.predicted)
            role, color = (FontRole.VALUE, theme.text) if is_named else (FontRole.BODY, theme.secondary)
            texts.write_around(name, role, color, left - px(_NAME) / 2 - px(2), middle)
            texts.write_to(text, FontRole.CAPTION, color, self.room_width, middle)
            self._add_bar(tracks, left, middle, width)
            # A value that is no number has no bar.
            share = min(max(output, 0.0), 1.0) if output == output else 0.0
            self._add_bar(bars, left, middle, max(share * width, _SMALLEST_BAR_PX))
            target = outcome.targets[index]
            y, height = middle + px(_BAR) / 2 + 1.0, px(_ERROR)
            errors.addRect(QRectF(left + min(share, target) * width, y, abs(share - target) * width, height))
            if target:
                tick.addRect(QRectF(left + width - _TICK, middle - px(_BAR), _TICK, px(2 * _BAR)))
        for item, path in zip(
            (self._tracks, self._bars, self._errors, self._tick), (tracks, bars, errors, tick), strict=True
        ):
            item.setPath(path)

    def _add_bar(self, path: QPainterPath, left: float, middle: float, width: float) -> None:
        height = self._source.px(_BAR)
        path.addRect(QRectF(left, middle - height / 2, width, height))

    def _on_theme_changed(self) -> None:
        theme = self._source.theme
        track = theme.control_hover if theme.is_dark else theme.inset
        for item, color in (
            (self._tracks, track),
            (self._bars, theme.activation),
            (self._errors, theme.error),
            (self._tick, theme.ink),
        ):
            item.setBrush(color)
            item.setPen(QPen(Qt.PenStyle.NoPen))
        self._fit()
