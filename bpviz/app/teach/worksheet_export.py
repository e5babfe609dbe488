"""Prints the step on screen as a worksheet: takes its picture in the light theme and writes the PDF."""

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QFileDialog, QWidget

from bpviz.app.teach.player import LessonPlayer
from bpviz.ui.style.theme import LIGHT
from bpviz.ui.teach.lesson_stage import LessonStage
from bpviz.ui.teach.teach_source import TeachSource
from bpviz.ui.teach.worksheet import write_worksheet
from bpviz.viewmodel.lessons.worksheet import worksheet_of

WORKSHEET_FILTER = "Worksheets (*.pdf)"
_SCALE = 3
"""Pixels of the picture for each on screen: some 500 to the inch on paper."""


def ask_worksheet_path(parent: QWidget, player: LessonPlayer) -> Path | None:
    """Ask where to save the worksheet of the step on screen; None if the user thinks better of it."""
    sheet = worksheet_of(player.playing, player.experiment.measure)
    name, _ = QFileDialog.getSaveFileName(
        parent, "Save worksheet", f"{sheet.file_name}.pdf", WORKSHEET_FILTER
    )
    return Path(name).with_suffix(".pdf") if name else None


def save_worksheet(path: Path, player: LessonPlayer, source: TeachSource) -> None:
    """Write the worksheet of the step on screen.

    Raises
    ------
    BpvizError
        If a text asks for a number there is not, or the file cannot be written.
    """
    sheet = worksheet_of(player.playing, player.experiment.measure)
    stage = player.experiment.stage
    with source.light_for_a_moment(stage):
        picture = _picture(stage)
    write_worksheet(path, sheet, picture)


def _picture(stage: LessonStage) -> QImage:
    picture = QImage(stage.size() * _SCALE, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(_SCALE)
    picture.fill(LIGHT.stage)
    stage.render(picture, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return picture
