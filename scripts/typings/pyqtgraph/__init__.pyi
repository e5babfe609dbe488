from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QPainterPath

def arrayToQPath(
    x: npt.NDArray[np.floating[Any]],
    y: npt.NDArray[np.floating[Any]],
    connect: Literal["all", "pairs", "finite"] | npt.NDArray[np.int32] = "all",
    finiteCheck: bool = True,
) -> QPainterPath: ...
