"""Headings above the columns, and the squares that feed the biases."""

from PySide6.QtGui import QFontMetricsF, QPen
from PySide6.QtWidgets import QGraphicsItem

from bpviz.nn.network import Architecture
from bpviz.ui.network.network_items import Align, Text, box_item
from bpviz.ui.network.network_theme import StageStyle
from bpviz.viewmodel.network.graph_geometry import BiasNode, GraphLayout, Rect
from bpviz.viewmodel.network.headings import Heading, Wording, headings

_HEADING_Y_PX = 14.0
_BETWEEN_PX = 8.0
_CLEAR_PX = 10.0
_BIAS_LABEL_PX = 64.0


def add_headings(
    parent: QGraphicsItem, architecture: Architecture, layout: GraphLayout, style: StageStyle
) -> None:
    """Put the headings on the stage, each in the fullest wording that fits."""
    y = _HEADING_Y_PX * style.factor
    for heading in headings(architecture, layout):
        wording = fitting(heading, style)
        title = Text(parent, style.title_font, style.theme.text).at(heading.left, y).show(wording.title)
        detail = Text(parent, style.label_font, style.theme.secondary)
        detail.at(heading.left + title.width + _BETWEEN_PX * style.factor, y).show(wording.detail)
    if layout.outputs.has_targets and layout.surface is None:
        target = Text(parent, style.label_font, style.theme.secondary, Align.RIGHT)
        target.at(layout.outputs.box_x + layout.outputs.box_size / 2, y).show("target")


def fitting(heading: Heading, style: StageStyle) -> Wording:
    """Return the first wording that fits between the heading's ends, or the last."""
    room = heading.right - heading.left - _CLEAR_PX * style.factor
    titles, details = QFontMetricsF(style.title_font), QFontMetricsF(style.label_font)
    for wording in heading.wordings:
        width = titles.horizontalAdvance(wording.title)
        if wording.detail:
            width += _BETWEEN_PX * style.factor + details.horizontalAdvance(wording.detail)
        if width <= room:
            return wording
    return heading.wordings[-1]


def add_bias_nodes(parent: QGraphicsItem, layout: GraphLayout, style: StageStyle) -> None:
    """Put the constant 1 under each layer that feeds biases."""
    previous = -style.factor * _BIAS_LABEL_PX
    for node in layout.biases:
        area = Rect(node.x - node.size / 2, node.y - node.size / 2, node.size, node.size)
        theme = style.theme
        box_item(parent, area, 4.0 * style.factor, QPen(theme.tertiary, 1.0), theme.control)
        Text(parent, style.value_font, theme.text, Align.CENTER).at(node.x, node.y).show("1")
        if node.x - previous >= style.factor * _BIAS_LABEL_PX:
            _add_bias_label(parent, node, style)
        previous = node.x


def _add_bias_label(parent: QGraphicsItem, node: BiasNode, style: StageStyle) -> None:
    label = Text(parent, style.label_font, style.theme.secondary, Align.RIGHT)
    label.at(node.x - node.size / 2 - 6.0 * style.factor, node.y).show("bias")
