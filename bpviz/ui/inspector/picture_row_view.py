"""Small square pictures side by side, with their names, scales and the signs between them."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.ui.controls.painting import outline_rounded
from bpviz.ui.gray_picture import rgb_image
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme import Theme, rgb
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.network.color_scale import RGB, ramp
from bpviz.viewmodel.network.weight_pictures import PictureRamp, SmallPicture

_SIDE = 84
_CAPTION = 18
_CAPTION_GAP = 8
_RADIUS = 4.0
_N_COLORS = 256
_LIFT = 0.7


class PictureRowView(QWidget):
    """Shows up to three `SmallPicture`s across its whole width."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._pictures: tuple[SmallPicture, ...] = ()
        self._images: tuple[QImage, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    @property
    def pictures(self) -> tuple[SmallPicture, ...]:
        """What is shown."""
        return self._pictures

    def show_pictures(self, pictures: tuple[SmallPicture, ...]) -> None:
        """Show other pictures."""
        self._pictures = pictures
        self.setAccessibleName(", ".join(map(_caption, pictures)))
        self._make_images()

    def sizeHint(self) -> QSize:
        return QSize(self._source.px(3 * _SIDE), self._source.px(_SIDE + _CAPTION))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self._source.px(_SIDE)
        gap = (self.width() - 3 * side) / 2
        for place, (picture, image) in enumerate(zip(self._pictures, self._images, strict=True)):
            left = place * (side + gap)
            self._paint_picture(painter, picture, image, QRectF(left, 0.0, side, side))
            if picture.before:
                self._paint_sign(painter, picture.before, QRectF(left - gap, 0.0, gap, side))
        self._paint_captions(painter)

    def _paint_captions(self, painter: QPainter) -> None:
        painter.setFont(self._source.font(FontRole.CAPTION))
        painter.setPen(self._source.theme.secondary)
        for picture, place in zip(self._pictures, self.caption_places(), strict=True):
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, _caption(picture))

    def caption_places(self) -> list[QRectF]:
        """Return where each caption stands: under its picture, moved where it would leave or meet another."""
        metrics = QFontMetricsF(self._source.font(FontRole.CAPTION))
        side, height = self._source.px(_SIDE), self._source.px(_CAPTION)
        gap = (self.width() - 3 * side) / 2
        places: list[QRectF] = []
        end = float(self.width())
        for place in reversed(range(len(self._pictures))):
            width = metrics.horizontalAdvance(_caption(self._pictures[place])) + 1
            middle = place * (side + gap) + side / 2
            left = max(0.0, min(middle - width / 2, end - width))
            places.insert(0, QRectF(left, side, width, height))
            end = left - self._source.px(_CAPTION_GAP)
        return places

    def _paint_picture(self, painter: QPainter, picture: SmallPicture, image: QImage, place: QRectF) -> None:
        theme = self._source.theme
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(place.adjusted(1, 1, -1, -1), image)
        outline_rounded(painter, place, _RADIUS, theme.strong_line)

    def _paint_sign(self, painter: QPainter, sign: str, place: QRectF) -> None:
        painter.setFont(self._source.font(FontRole.NUMBER))
        painter.setPen(self._source.theme.secondary)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, sign)

    def _on_look_changed(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self.updateGeometry()
        self._make_images()

    def _make_images(self) -> None:
        self._images = tuple(_image(picture, self._source.theme) for picture in self._pictures)
        self.update()


def _caption(picture: SmallPicture) -> str:
    return f"{picture.caption} {picture.scale}"


def _image(picture: SmallPicture, theme: Theme) -> QImage:
    """Return the picture's colours; what is not a number is drawn as nothing."""
    low = 0.0 if picture.ramp == "gray" else -picture.limit
    shares = (picture.values - low) / (picture.limit - low)
    levels = np.nan_to_num(np.clip(shares, 0.0, 1.0), nan=0.5) * (_N_COLORS - 1)
    return rgb_image(_colors(picture.ramp, theme)[np.rint(levels).astype(np.intp)])


def _colors(kind: PictureRamp, theme: Theme) -> npt.NDArray[np.uint8]:
    if kind == "gray":
        return ramp((0, 0, 0), (255, 255, 255)).table(_N_COLORS)
    t = np.linspace(-1.0, 1.0, _N_COLORS)
    # Small values are most of an image: the ramp leaves its middle fast, so that they are seen.
    return ramp(*_stops(kind, theme)).sampled(0.5 + 0.5 * np.sign(t) * np.abs(t) ** _LIFT)


def _stops(kind: PictureRamp, theme: Theme) -> tuple[RGB, ...]:
    zero = rgb(theme.weight_zero)
    if kind == "gradient":
        return rgb(theme.gradient_negative), zero, rgb(theme.gradient_positive)
    negative, positive = rgb(theme.weight_negative), rgb(theme.weight_positive)
    if theme.is_dark:
        return negative, zero, positive
    # On white the plain hues look washed out; the strong end goes on to their text colours.
    return rgb(theme.weight_negative_text), negative, zero, positive, rgb(theme.weight_positive_text)
