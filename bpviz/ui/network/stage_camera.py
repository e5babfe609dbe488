"""How a stage is seen through a view: fitted, or zoomed and panned by the user until it is fitted again."""

from PySide6.QtCore import QPointF

from bpviz.ui.network.network_renderer import NetworkRenderer
from bpviz.ui.network.stage_zoom import StageZoom, fitted

_SMALLEST_STAGE = (600.0, 420.0)


class StageCamera:
    """Owns zoom and pan of a renderer's stage; all sizes are pixels of the view."""

    def __init__(self, renderer: NetworkRenderer) -> None:
        self._renderer = renderer
        self._stage_size = _SMALLEST_STAGE
        self._view_size = _SMALLEST_STAGE
        self._device_ratio = 1.0
        self.zoom = StageZoom()
        self.is_fitted = True

    def set_view(self, width: float, height: float, device_ratio: float) -> None:
        """Look from a view of this size."""
        self._view_size, self._device_ratio = (width, height), device_ratio

    def fit(self, factor: float) -> None:
        """Show the whole stage, laid out for the view; `factor` is the scale of type."""
        self.is_fitted = True
        width, height = self._view_size
        self._stage_size = (max(width, _SMALLEST_STAGE[0] * factor), max(height, _SMALLEST_STAGE[1] * factor))
        self._see(fitted(self._stage_size, self._view_size))
        self._renderer.set_size(*self._stage_size)

    def zoom_by(self, factor: float, about: QPointF) -> None:
        """Magnify by `factor` with what is under `about`, a point of the view, staying there."""
        self.is_fitted = False
        whole = fitted(self._stage_size, self._view_size).scale
        self._see(self.zoom.zoomed(factor, about, whole))

    def pan(self, dx: float, dy: float) -> None:
        """Move the stage."""
        self.is_fitted = False
        self._see(self.zoom.panned(dx, dy))

    def _see(self, zoom: StageZoom) -> None:
        self.zoom = zoom
        self._renderer.set_zoom(zoom, self._device_ratio)
