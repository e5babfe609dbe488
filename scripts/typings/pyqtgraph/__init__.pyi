from typing import Literal

from numpy import bool_, floating, signedinteger
from numpy.typing import NDArray
from PySide6.QtGui import QPainterPath

def arrayToQPath(
    x: NDArray[floating],
    y: NDArray[floating],
    connect: Literal["all", "pairs", "finite"] | NDArray[signedinteger | bool_] = "all",
    finiteCheck: bool = True,
) -> QPainterPath: ...
