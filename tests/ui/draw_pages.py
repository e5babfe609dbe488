"""A Draw page on the screen with a random network, and that network's answers computed without the page."""

import numpy as np
from pytestqt.qtbot import QtBot

from bpviz.data.digit_image import prepare_ink
from bpviz.data.rasterize import rasterize_strokes
from bpviz.nn.network import Architecture, Network
from bpviz.ui.draw.draw_page import DrawPage
from bpviz.ui.style.theme_source import ThemeSource


def network_of(seed: int = 2, layers: tuple[int, ...] = (784, 12, 10)) -> Network:
    architecture = Architecture(layers, "sigmoid")
    rng = np.random.default_rng(seed)
    return Network(architecture, rng.normal(0, 0.5, architecture.n_parameters).astype(np.float32))


def shown_page(qtbot: QtBot, source: ThemeSource, network: Network) -> DrawPage:
    """Return a page as large as a window of 1280 x 800 leaves it, reading with this network."""
    page = DrawPage(source)
    qtbot.addWidget(page)
    page.resize(1268, 732)
    page.show_network(network, "784–12–10, random")
    with qtbot.waitExposed(page):
        page.show()
    return page


def independent_output(page: DrawPage, network: Network) -> np.ndarray:
    """Return the outputs for what is drawn, computed without the page."""
    ink = rasterize_strokes([stroke.points for stroke in page.strokes], page.strokes[0].pen_width)
    x = prepare_ink(ink).image.reshape(1, 784).astype(np.float64) / 255.0
    exact = Network(network.architecture, network.parameters.astype(np.float64))
    return np.asarray(exact.forward(x).output[0])
