"""Icons exist, take the colour asked for and stay sharp."""

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from bpviz.resources import resource_path
from bpviz.ui.style.icons import ICON_NAMES, IconName, app_icon, icon, icon_pixmap, logo_pixmap
from bpviz.ui.style.theme import DARK, LIGHT, Theme, rgb


def opaque_colors(image: QImage) -> set[tuple[int, int, int]]:
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {rgb(color) for color in pixels if color.alpha() == 255}


@pytest.mark.parametrize("name", ICON_NAMES)
def test_icon_is_drawn_in_the_color_asked_for(qapp: QApplication, name: IconName) -> None:
    image = icon_pixmap(name, QColor("#12AB34"), 48).toImage()
    colors = opaque_colors(image)
    assert colors
    # Overlapping antialiased edges round by one level.
    assert all(
        max(abs(c - w) for c, w in zip(color, (0x12, 0xAB, 0x34), strict=True)) <= 1 for color in colors
    )


@pytest.mark.parametrize("name", ICON_NAMES)
def test_icon_keeps_clear_of_its_edge(qapp: QApplication, name: IconName) -> None:
    image = icon_pixmap(name, QColor("black"), 48).toImage()
    edge = [image.pixelColor(x, y).alpha() for x in range(48) for y in (0, 47)]
    edge += [image.pixelColor(x, y).alpha() for y in range(48) for x in (0, 47)]
    assert max(edge) == 0


def test_every_drawing_is_used_and_every_name_drawn() -> None:
    drawn = {path.stem for path in resource_path("icons").glob("*.svg")}
    assert drawn == {*ICON_NAMES, "logo", "app"}


def test_icon_has_device_pixels_for_dense_screens(qapp: QApplication) -> None:
    pixmap = icon_pixmap("play", QColor("black"), 18, 2.0)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (36, 2.0)
    assert not icon("play", QColor("black"), 18).isNull()


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_logo_wears_the_data_colors_of_the_theme(qapp: QApplication, theme: Theme) -> None:
    colors = opaque_colors(logo_pixmap(theme, 48).toImage())
    wanted = (theme.activation, theme.weight_positive, theme.gradient_positive, theme.text)
    assert {rgb(color) for color in wanted} <= colors


def test_app_icon_comes_in_small_and_large(qapp: QApplication) -> None:
    sizes = {size.width() for size in app_icon().availableSizes()}
    assert {16, 256} <= sizes
