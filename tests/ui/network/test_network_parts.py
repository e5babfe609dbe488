"""The pieces of the network view that can be judged without it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from bpviz.ui.network.network_palette import N_RING_LEVELS, Look, NetworkPalette
from bpviz.ui.network.stage_zoom import StageZoom, fitted
from bpviz.ui.style.theme import DARK, LIGHT, Theme, contrast, rgb
from bpviz.viewmodel.network.edge_buckets import N_LEVELS
from bpviz.viewmodel.network.edges import EdgeQuantity
from bpviz.viewmodel.run.phases import Phase

THEMES = pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])


def palette(
    theme: Theme, phase: Phase = Phase.FORWARD, quantity: EdgeQuantity | None = None
) -> NetworkPalette:
    return NetworkPalette(theme, Look(phase, quantity or EdgeQuantity.CONTRIBUTION, 1.0))


@THEMES
@pytest.mark.parametrize("quantity", EdgeQuantity)
def test_stronger_edges_are_wider_and_stand_out_more(theme: Theme, quantity: EdgeQuantity) -> None:
    pens = palette(theme, quantity=quantity).edges
    assert len(pens) == 2 * N_LEVELS
    for sign in (0, 1):
        widths = [pen.widthF() for pen in pens[sign::2]]
        contrasts = [contrast(pen.color(), theme.stage) for pen in pens[sign::2]]
        assert widths == sorted(widths)
        assert contrasts == sorted(contrasts)
        assert 0.7 <= widths[0] < widths[-1] <= 4.4


@THEMES
def test_even_a_faint_negative_edge_is_still_orange(theme: Theme) -> None:
    color = palette(theme).edges[1].color()
    assert color.red() > color.blue() + 15


@THEMES
def test_no_pen_or_brush_is_translucent(theme: Theme) -> None:
    made = palette(theme, Phase.BACKWARD, EdgeQuantity.GRADIENT)
    pens = [*made.edges, *made.leads, *made.ring_pens(10.0)]
    assert all(pen.color().alpha() == 255 for pen in pens)
    assert all(brush.color().alpha() == 255 for brush in made.discs)


@THEMES
def test_rings_grow_with_delta_and_tell_its_sign(theme: Theme) -> None:
    rings = palette(theme, Phase.BACKWARD, EdgeQuantity.GRADIENT).ring_pens(14.0)
    positive, negative = rings[N_RING_LEVELS + 1 :], rings[:N_RING_LEVELS][::-1]
    for side in (positive, negative):
        widths = [pen.widthF() for pen in side]
        assert widths == sorted(widths)
    assert rings[-1].color() == theme.gradient_positive
    assert rings[0].color() == theme.gradient_negative


def test_rings_are_mixed_once_for_each_size() -> None:
    made = palette(DARK)
    assert made.ring_pens(10.0) is made.ring_pens(10.0)
    assert made.ring_pens(10.0)[0].widthF() < made.ring_pens(14.0)[0].widthF()


def test_activations_stand_back_while_gradients_are_shown() -> None:
    full, receded = palette(DARK).disc(48), palette(DARK, Phase.BACKWARD).disc(48)
    assert contrast(receded.color(), DARK.stage) < contrast(full.color(), DARK.stage)


@THEMES
def test_weight_colors_run_from_the_negative_hue_over_zero_to_the_positive(theme: Theme) -> None:
    colors = palette(theme).weight_colors()
    middle = (int(colors[127]) >> 16 & 255, int(colors[127]) >> 8 & 255, int(colors[127]) & 255)
    assert max(abs(a - b) for a, b in zip(middle, rgb(theme.weight_zero), strict=True)) < 24
    ends = [(int(c) >> 16 & 255, int(c) & 255) for c in (colors[0], colors[-1])]
    assert ends[0][0] > ends[0][1] + 60
    assert ends[1][1] > ends[1][0] + 60


@given(
    st.floats(0.05, 20.0),
    st.floats(-500, 1500),
    st.floats(-500, 1500),
    st.floats(0.5, 12.0),
)
def test_zooming_leaves_the_point_under_the_pointer_where_it_is(
    factor: float, x: float, y: float, scale: float
) -> None:
    zoom, about = StageZoom(scale, 30.0, -20.0), QPointF(x, y)
    after = zoom.zoomed(factor, about, 1.0)
    assert 0.5 <= after.scale <= 12.0
    moved = after.to_view(zoom.to_stage(about)) - about
    assert moved.manhattanLength() < 1e-6 * (1 + abs(x) + abs(y))


def test_a_fitted_stage_is_centred_and_never_magnified() -> None:
    assert fitted((600.0, 400.0), (600.0, 400.0)) == StageZoom(1.0, 0.0, 0.0)
    assert fitted((600.0, 400.0), (300.0, 400.0)) == StageZoom(0.5, 0.0, 100.0)
