"""The geometry of a drawn network as plain values: rectangles, columns of neurons, blocks.

All lengths are pixels of the stage; x runs right, y runs down.
"""

from dataclasses import dataclass
from enum import Enum

from bpviz.nn.arrays import FloatArray


class Arrangement(Enum):
    """Which parts stand on the stage."""

    LAB = "lab"
    """Targets, error bars and the loss node beside the outputs."""
    DRAW = "draw"
    """Larger outputs in per cent, without targets: nobody knows the label of a drawing."""
    ERROR = "error"
    """A drawing that was given a label: the parts of LAB, its outputs nearly as large as in DRAW."""

    @property
    def has_loss(self) -> bool:
        """Whether targets and the loss are shown."""
        return self is not Arrangement.DRAW


class InputStyle(Enum):
    """How an input that is a picture is drawn."""

    IMAGE = "image"
    BOXES = "boxes"
    """Ten boxes: the first and last pixels, and the brightest in between."""
    STRONGEST = "strongest"
    """A box for each of the pixels that add most to the first layer, or to its selected neuron."""


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of its right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of its lower side."""
        return self.y + self.height

    @property
    def center_y(self) -> float:
        """The y of its middle."""
        return self.y + self.height / 2

    def contains(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside or on the border."""
        return self.x <= x <= self.right and self.y <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class LayoutRequest:
    """Everything a layout depends on.

    Attributes
    ----------
    layers
        Neurons of each layer, input first.
    width, height
        Size of the stage.
    factor
        Scale of type; every fixed length grows with it.
    has_plane
        What the neurons answer over all inputs is shown; for networks of one or two inputs.
    most_active_first
        Hidden neurons stand in the order of their activations: what is not drawn comes last.
    """

    layers: tuple[int, ...]
    width: float
    height: float
    arrangement: Arrangement = Arrangement.LAB
    factor: float = 1.0
    with_tiles: bool = True
    with_bias: bool = True
    input_style: InputStyle = InputStyle.IMAGE
    has_plane: bool = False
    most_active_first: bool = False

    @property
    def image_side(self) -> int:
        """Pixels on a side if the input is a square picture, else 0."""
        side = round(self.layers[0] ** 0.5)
        return side if side >= 7 and side * side == self.layers[0] else 0


@dataclass(frozen=True, slots=True)
class Gap:
    """A row that stands for neurons not drawn; the one that says how many has `is_counted`."""

    y: float
    is_counted: bool


@dataclass(frozen=True, slots=True)
class Column:
    """The neurons of one layer.

    Attributes
    ----------
    x
        Centre of all discs.
    y
        Centre of each slot, top to bottom, shape (slots,).
    gaps
        Rows standing for what is not drawn, top to bottom; none if all neurons are.
    n_total
        Neurons the layer has.
    n_ends
        Slots at each end that always show the first and last neurons; 0 where they stand by activation.
    pitch
        Distance between rows.
    """

    x: float
    y: FloatArray
    radius: float
    gaps: tuple[Gap, ...]
    n_total: int
    n_ends: int
    pitch: float

    @property
    def n_hidden(self) -> int:
        """How many neurons are not drawn."""
        return self.n_total - len(self.y)


@dataclass(frozen=True, slots=True)
class Tiles:
    """Small pictures of the neurons of one layer: weight images, or what they answer.

    Attributes
    ----------
    x, y
        Upper left corner of each slot's tile, shape (slots,).
    size
        Side of a tile.
    """

    x: FloatArray
    y: FloatArray
    size: float


@dataclass(frozen=True, slots=True)
class InputBlock:
    """The input at the left: picture or discs, with caption and legend below.

    Attributes
    ----------
    picture
        Where the image is drawn, or the area of the discs.
    column
        The discs or boxes; None for an image.
    thumbnail
        A small picture above boxes that are its pixels; else None.
    right
        Where edges leave an image.
    heat
        A picture of each input over the plane; None where there is no plane.
    """

    picture: Rect
    column: Column | None
    right: float
    caption_y: float
    legend: Rect
    legend_row: float
    thumbnail: Rect | None = None
    heat: Tiles | None = None


@dataclass(frozen=True, slots=True)
class OutputBlock:
    """Distances of an output's row: disc, name, bar, value, target box, and the bus to the loss.

    `row_y` holds the rows' own heights where they do not stand beside the discs, `box_width` the width of
    target boxes that are no squares.
    """

    disc_x: float
    radius: float
    pitch: float
    label_x: float
    bar_left: float
    bar_right: float
    bar_height: float
    value_right: float
    box_x: float
    box_size: float
    bus_x: float
    has_targets: bool
    row_y: tuple[float, ...] | None = None
    box_width: float | None = None

    @property
    def box_right(self) -> float:
        """Where target boxes end."""
        return self.box_x + (self.box_size if self.box_width is None else self.box_width) / 2


@dataclass(frozen=True, slots=True)
class BiasNode:
    """The square "1" that feeds the biases of a weight layer, by its centre."""

    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class LossNode:
    """The loss, at the end of the bus from all outputs."""

    rect: Rect


@dataclass(frozen=True, slots=True)
class GraphLayout:
    """Places of all parts.

    Attributes
    ----------
    net
        The band the neurons stand in.
    columns
        One column per weight layer; the last are the outputs.
    tiles
        Weight images of weight layer 0; None where there is no room or no picture.
    biases
        One node per weight layer, or none at all.
    loss
        None in an arrangement without it.
    heat
        What the neurons of each hidden layer answer over all inputs; empty where that is not shown.
    surface
        The same of the outputs, large, with the samples on it; None where that is not shown.
    """

    request: LayoutRequest
    net: Rect
    input: InputBlock
    columns: tuple[Column, ...]
    tiles: Tiles | None
    outputs: OutputBlock
    biases: tuple[BiasNode, ...]
    loss: LossNode | None
    heat: tuple[Tiles, ...] = ()
    surface: Rect | None = None

    @property
    def row_y(self) -> list[float]:
        """The y of each output's row."""
        own = self.outputs.row_y
        return self.columns[-1].y.tolist() if own is None else list(own)

    @property
    def all_heat(self) -> tuple[Tiles, ...]:
        """What inputs and hidden layers answer over all inputs."""
        return self.heat if self.input.heat is None else (self.input.heat, *self.heat)

    def tiles_of(self, layer: int) -> Tiles | None:
        """Return the small pictures of the neurons of weight layer `layer`, where edges to them end."""
        if self.heat:
            return self.heat[layer] if layer < len(self.heat) else None
        return self.tiles if layer == 0 else None
