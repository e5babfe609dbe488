"""Brings pictures onto the canvas: chosen, pasted or dropped, read by the helper, refused in one sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from bpviz.app.session import Session
from bpviz.data.picture_ink import LEAST_SIDE, picture_ink
from bpviz.data.rasterize import Ink
from bpviz.errors import DataError
from bpviz.ui.controls.notice_bar import Notice
from bpviz.ui.draw.digit_canvas import DigitCanvas
from bpviz.ui.draw.picture_offer import PictureOffer

_QUESTION = "picture"


@dataclass(frozen=True, slots=True, eq=False)
class _Lifted:
    ink: Ink | None
    refusal: str = ""


class CanvasPictures(QObject):
    """Belongs to the GUI thread; a photograph takes the helper a tenth of a second or two.

    Parameters
    ----------
    ask_path
        Asks the user for a file; None if he thinks better of it.
    """

    def __init__(
        self,
        session: Session,
        canvas: DigitCanvas,
        ask_path: Callable[[], Path | None],
        tell: Callable[[Notice], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._canvas = canvas
        self._ask_path = ask_path
        self._tell = tell
        canvas.picture_wanted.connect(self.ask_and_open)
        canvas.picture_offered.connect(self.read)
        canvas.picture_refused.connect(self._refuse)
        canvas.drawing_changed.connect(self._on_drawing_changed)

    def ask_and_open(self) -> None:
        """Ask for a file and put its digit on the canvas."""
        path = self._ask_path()
        if path is not None:
            self.read(PictureOffer(path, path.name))

    def read(self, offer: PictureOffer) -> None:
        """Put the digit of a picture on the canvas, as soon as it is lifted off its paper."""
        self._session.ask(_QUESTION, lambda: _lift(offer), self._on_lifted)

    def _on_lifted(self, lifted: _Lifted) -> None:
        if lifted.ink is None:
            self._refuse(lifted.refusal)
        else:
            self._canvas.show_picture(lifted.ink)

    def _on_drawing_changed(self) -> None:
        # Who draws on meanwhile does not want his stroke replaced.
        self._session.forget(_QUESTION)

    def _refuse(self, sentence: str) -> None:
        self._tell(Notice("warning", sentence))


def _lift(offer: PictureOffer) -> _Lifted:
    try:
        return _Lifted(picture_ink(offer.gray(LEAST_SIDE)))
    except DataError as error:
        sentence = str(error)
        told = sentence if offer.name in sentence else f"{offer.name}: {sentence}"
        return _Lifted(None, told)
