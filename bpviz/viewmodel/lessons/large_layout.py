"""Where the parts of a network drawn for a class stand: few neurons, large type, a table of the outputs."""

from dataclasses import dataclass

import numpy as np

from bpviz.errors import ConfigError
from bpviz.nn.arrays import FloatArray
from bpviz.viewmodel.network.graph_geometry import Rect

MOST_NEURONS = 10
MOST_HIDDEN_LAYERS = 2
COLUMN_WIDTHS = {"output": 84, "target": 70, "error": 142, "square": 84, "slope": 84, "delta": 96}
"""Columns a table can have, in their order, with their widths at scale 1."""

_HEAD, _FOOT = 34, 46
_IMAGE = 180
_IMAGE_TO_BOXES = 68
_DISC_TO_TABLE = 46
_BOX = (42, 27)
_PILL = (62, 31)
_DISC = 13
_MOST_PITCH = 46


@dataclass(frozen=True, slots=True)
class LargeLayout:
    """Places in pixels of the view.

    Attributes
    ----------
    image
        The picture that is the input.
    boxes
        One for each pixel drawn by itself.
    hidden
        For each hidden layer, a pill for each neuron.
    disc_x, disc_radius, row_y
        The outputs: discs, and the heights of the table's rows.
    name_x
        Left end of the digits' names.
    column_right
        Right end of each column of the table, by its name.
    bias
        The constant 1 of each weight layer.
    foot_y
        Middle of the line below everything.
    """

    factor: float
    image: Rect
    boxes: tuple[Rect, ...]
    hidden: tuple[tuple[Rect, ...], ...]
    disc_x: float
    disc_radius: float
    row_y: tuple[float, ...]
    name_x: float
    column_right: dict[str, float]
    bias: tuple[Rect, ...]
    foot_y: float
    right: float

    @property
    def pitch(self) -> float:
        """Distance between two rows of the table."""
        return self.row_y[1] - self.row_y[0] if len(self.row_y) > 1 else _MOST_PITCH * self.factor

    @property
    def head_y(self) -> float:
        """Middle of the headings of pixels and table."""
        return self.row_y[0] - self.pitch / 2 - 9 * self.factor

    def heads(self, layer: int) -> FloatArray:
        """Return where edges into weight layer `layer` end, shape (n, 2)."""
        if layer == len(self.hidden):
            left = np.full(len(self.row_y), self.disc_x - self.disc_radius)
            return np.stack((left, self.row_y), axis=1)
        return np.array([(pill.x, pill.center_y) for pill in self.hidden[layer]])

    def tails(self, layer: int) -> FloatArray:
        """Return where edges of weight layer `layer` begin, shape (n + 1, 2); the last is the constant 1."""
        sources = self.boxes if layer == 0 else self.hidden[layer - 1]
        return np.array([(box.right, box.center_y) for box in (*sources, self.bias[layer])])


def large_layout(
    layers: tuple[int, ...],
    n_boxes: int,
    columns: tuple[str, ...],
    width: float,
    height: float,
    factor: float,
) -> LargeLayout:
    """Return the places of a network's parts on a stage of this size.

    Raises
    ------
    ConfigError
        If the network is too large to be drawn like this.
    """
    check_drawable(layers)
    u = factor
    top, bottom = _HEAD * u, height - _FOOT * u
    table = sum(COLUMN_WIDTHS[name] for name in columns) * u
    name_x = width - table - _DISC_TO_TABLE * u / 2
    disc_x = name_x - _DISC_TO_TABLE * u / 2
    rows = _spread(layers[-1], top, bottom, u)
    boxes_y = _spread(n_boxes, top, bottom, u)
    boxes_x = (_IMAGE + _IMAGE_TO_BOXES) * u
    boxes = tuple(
        _around(boxes_x, y, (_BOX[0] * u, min(_BOX[1] * u, 0.84 * _step(boxes_y)))) for y in boxes_y
    )
    hidden_x = np.linspace(boxes_x, disc_x, len(layers))[1:-1]
    foot_y = height - 0.42 * _FOOT * u
    hidden = tuple(_pills(n, float(x), top, bottom, u) for n, x in zip(layers[1:-1], hidden_x, strict=True))
    return LargeLayout(
        factor=u,
        image=Rect(0.0, (top + bottom - _IMAGE * u) / 2, _IMAGE * u, _IMAGE * u),
        boxes=boxes,
        hidden=hidden,
        disc_x=disc_x,
        disc_radius=min(_DISC * u, 0.4 * _step(rows)),
        row_y=tuple(rows.tolist()),
        name_x=name_x,
        column_right=_column_ends(columns, width, u),
        bias=tuple(_around(float(x), foot_y, (26 * u, 24 * u)) for x in (boxes_x, *hidden_x)),
        foot_y=foot_y,
        right=width,
    )


def check_drawable(layers: tuple[int, ...]) -> None:
    """Raise `ConfigError` unless all neurons of this network can be drawn large."""
    if len(layers) - 2 > MOST_HIDDEN_LAYERS or max(layers[1:]) > MOST_NEURONS:
        raise ConfigError(
            f"a network of layers {list(layers)} is too large for the large drawing: it has at most "
            f"{MOST_HIDDEN_LAYERS} hidden layers and {MOST_NEURONS} neurons in each layer"
        )


def _spread(n: int, top: float, bottom: float, u: float) -> FloatArray:
    pitch = min((bottom - top) / max(n, 1), _MOST_PITCH * u)
    middle = (top + bottom) / 2
    return middle + pitch * (np.arange(n) - (n - 1) / 2)


def _step(places: FloatArray) -> float:
    return float(places[1] - places[0]) if len(places) > 1 else float("inf")


def _pills(n: int, x: float, top: float, bottom: float, u: float) -> tuple[Rect, ...]:
    places = _spread(n, top, bottom, u)
    return tuple(_around(x, y, (_PILL[0] * u, min(_PILL[1] * u, 0.8 * _step(places)))) for y in places)


def _around(x: float, y: float, size: tuple[float, float]) -> Rect:
    return Rect(float(x) - size[0] / 2, float(y) - size[1] / 2, *size)


def _column_ends(columns: tuple[str, ...], width: float, u: float) -> dict[str, float]:
    ends: dict[str, float] = {}
    right = width - 8 * u
    for name in reversed(columns):
        ends[name] = right
        right -= COLUMN_WIDTHS[name] * u
    return ends
