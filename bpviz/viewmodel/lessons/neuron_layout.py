"""Where everything of one large neuron is drawn: inputs left, the sum over its activation, the output right.

The bars of the sum and the curve share one axis of z, so that the end of the sum stands over its point.
"""

from dataclasses import dataclass

from bpviz.viewmodel.lessons.neuron import Handle, HandleKind
from bpviz.viewmodel.network.graph_geometry import Rect

_NAME, _PIXEL, _PIXEL_GAP, _ONE_GAP, _ONE_SHARE = 34.0, 88.0, 6.0, 24.0, 0.7
_EDGE_SHARE = 0.205
_PORT = 32.0
_CHIP_WIDTH, _CHIP_HEIGHT, _CHIP_SHARE = 104.0, 34.0, 0.42
_BESIDE_WIDTH = 118.0
_DISC, _DISC_GAP = 54.0, 42.0
_FOOT = 46.0
_PAD, _LABELS, _VALUES, _GAP = 16.0, 124.0, 64.0, 10.0
_ROW, _TOTAL, _AXIS = 29.0, 40.0, 30.0
_PLOT_GAP = 18.0


@dataclass(frozen=True, slots=True)
class Disc:
    """A disc by its centre."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class NeuronLayout:
    """Places in pixels.

    Attributes
    ----------
    pixels, one
        The inputs, and the input that is always 1.
    port
        Where the edges end: the beginning of the sum.
    weight_chips, bias_beside, bias_on_edge
        Where the numbers stand that can be dragged; the bias's in each of its two drawings.
    body
        The neuron.
    rows, total_y
        Middles of the rows of the sum: a weight each, the bias; then z.
    label_right, value_right
        Where the words and the numbers of a row end.
    plot
        The activation curve; its x is that of the sum's bars.
    foot_y
        Middle of the row under the inputs.
    """

    factor: float
    pixels: tuple[Rect, ...]
    one: Rect
    port: Disc
    weight_chips: tuple[Rect, ...]
    bias_beside: Rect
    bias_on_edge: Rect
    body: Rect
    rows: tuple[float, ...]
    row_height: float
    total_y: float
    label_left: float
    label_right: float
    value_right: float
    plot: Rect
    disc: Disc
    foot_y: float

    def bias_chip(self, is_input: bool) -> Rect:
        """Return where the bias stands in one of its drawings."""
        return self.bias_on_edge if is_input else self.bias_beside

    def handle_rect(self, handle: Handle, is_input: bool) -> Rect:
        """Return where a handle can be taken hold of."""
        match handle.kind:
            case HandleKind.INPUT:
                return self.pixels[handle.index]
            case HandleKind.WEIGHT:
                return self.weight_chips[handle.index]
            case HandleKind.BIAS:
                return self.bias_chip(is_input)

    def z_x(self, z: float, reach: float) -> float:
        """Return the x of a value on the axis of z."""
        return self.plot.x + (z + reach) / (2 * reach) * self.plot.width

    def output_y(self, a: float, span: tuple[float, float]) -> float:
        """Return the y of a value on the axis of the output."""
        return self.plot.bottom - (a - span[0]) / (span[1] - span[0]) * self.plot.height


def neuron_layout(n_inputs: int, width: float, height: float, factor: float) -> NeuronLayout:
    """Return the places for a room of this size, in pixels; `factor` scales fixed lengths."""
    u = factor
    pixels, one, middle = _inputs(n_inputs, height - _FOOT * u, u)
    left = pixels[0].right
    body_x = left + max(_EDGE_SHARE * width, 180.0 * u)
    body = Rect(body_x, 1.0, width - 2.0 - (2 * _DISC + _DISC_GAP) * u - body_x, height - 2.0)
    port = Disc(body.x, middle, _PORT * u)
    chips = tuple(_chip(pixel, port, u) for pixel in pixels)
    rows, total_y, plot = _sum_and_plot(body, n_inputs, u)
    beside = _chip_at(port.x - 74.0 * u, port.y + (_PORT + 54.0) * u, u, _BESIDE_WIDTH)
    return NeuronLayout(
        factor=factor,
        pixels=pixels,
        one=one,
        port=port,
        weight_chips=chips,
        bias_beside=beside,
        bias_on_edge=_chip(one, port, u),
        body=body,
        rows=rows,
        row_height=_ROW * u,
        total_y=total_y,
        label_left=body.x + (_PORT + _PAD) * u,
        label_right=plot.x - _GAP * u,
        value_right=body.right - _PAD * u,
        plot=plot,
        disc=Disc(width - 2.0 - _DISC * u, plot.center_y, _DISC * u),
        foot_y=height - 18.0 * u,
    )


def _inputs(n: int, height: float, u: float) -> tuple[tuple[Rect, ...], Rect, float]:
    """Return the pixels, the constant input under them, and the middle of all."""
    gaps = ((n - 1) * _PIXEL_GAP + _ONE_GAP) * u
    side = min(_PIXEL * u, (height - gaps - 2.0) / (n + _ONE_SHARE))
    whole = side * (n + _ONE_SHARE) + gaps
    x, top = _NAME * u, (height - whole) / 2
    pixels = tuple(Rect(x, top + i * (side + _PIXEL_GAP * u), side, side) for i in range(n))
    small = side * _ONE_SHARE
    one = Rect(x + side - small, top + whole - small, small, small)
    return pixels, one, top + whole / 2


def _sum_and_plot(body: Rect, n: int, u: float) -> tuple[tuple[float, ...], float, Rect]:
    first = body.y + (_PAD + _ROW / 2) * u
    rows = tuple(first + i * _ROW * u for i in range(n + 1))
    total_y = rows[-1] + (_ROW + _TOTAL) / 2 * u
    top = total_y + (_TOTAL / 2 + _PLOT_GAP) * u
    left = body.x + (_PORT + _PAD + _LABELS + _GAP) * u
    right = body.right - (_PAD + _VALUES + _GAP) * u
    return rows, total_y, Rect(left, top, right - left, body.bottom - (_AXIS + _GAP) * u - top)


def _chip(pixel: Rect, port: Disc, u: float) -> Rect:
    share = _CHIP_SHARE
    x = pixel.right + share * (port.x - pixel.right)
    return _chip_at(x, pixel.center_y + share * (port.y - pixel.center_y), u)


def _chip_at(x: float, y: float, u: float, width: float = _CHIP_WIDTH) -> Rect:
    return Rect(x - width / 2 * u, y - _CHIP_HEIGHT / 2 * u, width * u, _CHIP_HEIGHT * u)
