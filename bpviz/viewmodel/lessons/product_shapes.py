"""The step that tells reverse mode from forward mode: a vector times a matrix, a matrix times a matrix."""

from collections.abc import Mapping
from dataclasses import dataclass

from bpviz.nn.autodiff import Product
from bpviz.viewmodel.lessons.gradient_ways import WAY_NAMES, Way, WayCount
from bpviz.viewmodel.words.number_format import grouped


@dataclass(frozen=True, slots=True)
class ProductShape:
    """One product of matrices with its real sizes.

    Attributes
    ----------
    carried
        What is carried through the network: rows × inner.
    through
        The weights it goes through: inner × columns.
    told
        What the rows are.
    """

    way: Way
    name: str
    rows: int
    inner: int
    columns: int
    told: str
    multiplications: int


def product_shapes(counts: Mapping[Way, WayCount]) -> tuple[ProductShape, ...]:
    """Return what each way carries through the second layer's weights, as far as it was counted."""
    wanted = {
        Way.FORWARD: ("carry 1 over 2", "one row for each weight and bias of layer 1"),
        Way.REVERSE: ("back 2", "one row, for the loss"),
    }
    shapes = []
    for way, (name, told) in wanted.items():
        count = counts.get(way)
        product = None if count is None else count.product(name)
        if product is not None:
            shapes.append(_shape(way, product, told))
    return tuple(shapes)


def size_text(rows: int, columns: int) -> str:
    """Return a matrix's size: ``23 550 × 30``."""
    return f"{grouped(rows)} × {grouped(columns)}"


def _shape(way: Way, product: Product, told: str) -> ProductShape:
    return ProductShape(
        way, WAY_NAMES[way], product.rows, product.inner, product.columns, told, product.multiplications
    )
