"""The names of the epochs above the recording strip's wave."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene

from bpviz.ui.lab.recording_wave import HEAD, LABEL_MIDDLE, RecordingWave
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.run.recording import Recording
from bpviz.viewmodel.run.ticks import Tick

LABEL_GAP = 8
"""From the line at an epoch's beginning to its name."""


class EpochNames:
    """Names the epochs that have room. Owns its items; GUI thread only.

    Create it after the wave and before the texts: the ground of a name hides the lines behind it.
    """

    def __init__(self, scene: QGraphicsScene, source: ThemeSource, wave: RecordingWave) -> None:
        self._source = source
        self._wave = wave
        self._ground = QGraphicsPathItem()
        self._ground.setPen(Qt.PenStyle.NoPen)
        scene.addItem(self._ground)

    def write(self, texts: TextPool, shown: Recording, position: int, room_width: float) -> None:
        """Name the current epoch, and of the others those that do not touch a name written before."""
        theme, middle = self._source.theme, self._source.px(LABEL_MIDDLE)
        current, ground = shown.current_epoch(position), QPainterPath()
        taken: list[tuple[float, float]] = []
        height, between = texts.metrics(FontRole.VALUE).height, 1.5 * self._source.px(LABEL_GAP)
        for index in sorted(range(len(shown.epochs)), key=lambda index: (index != current, index)):
            epoch, role = shown.epochs[index], FontRole.VALUE if index == current else FontRole.BODY
            left = self._left(epoch, position, texts.metrics(role).width(epoch.text))
            right = left + texts.metrics(role).width(epoch.text)
            is_free = all(right + between <= start or end + between <= left for start, end in taken)
            if right < room_width and is_free:
                color = theme.text if index == current else theme.secondary
                texts.write_at(epoch.text, role, color, left, middle)
                ground.addRect(left - 2, middle - height / 2, right - left + 4, height)
                taken.append((left, right))
        self._ground.setBrush(theme.panel)
        self._ground.setPath(ground)

    def _left(self, epoch: Tick, position: int, width: float) -> float:
        """Return where a name of this width begins, beside the playhead's head."""
        px, head = self._source.px, self._wave.x(position)
        left, half = self._wave.x(epoch.value) + px(LABEL_GAP), px(HEAD)
        return head + half + px(LABEL_GAP) / 2 if left - half < head < left + width + half else left
