"""Reads IDX files (the format of MNIST); nothing a file claims is believed before it is checked."""

import gzip
import io
import math
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from bpviz.errors import DataError

MAX_IDX_BYTES = 256 * 1024 * 1024
"""Default limit on the expanded data; MNIST's training images take 47 MB."""

_GZIP_MAGIC = b"\x1f\x8b"
_UINT8_TYPE = 0x08
_READ_FAILURES = (OSError, EOFError, zlib.error)


def read_idx(
    source: Path | bytes, shape: Sequence[int | None], *, max_bytes: int = MAX_IDX_BYTES
) -> npt.NDArray[np.uint8]:
    """Return the array of unsigned bytes an IDX file holds.

    Parameters
    ----------
    source
        A file, or the file's content; gzip-compressed or not (told by the content, not the name).
    shape
        What the array must look like; None stands for any size, as in ``(None, 28, 28)``.
    max_bytes
        Most bytes the array may take. A compressed file is never expanded past what its own
        header promises, plus one byte to notice that there is more.

    Raises
    ------
    DataError
        If the file is missing, damaged, not IDX, of another shape, too large, or too long.

    References
    ----------
    The IDX file format, as published with MNIST by LeCun, Cortes and Burges: two zero bytes, a type
    code, the number of dimensions, each size as a big-endian uint32, then the data, last axis fastest.
    """
    name = source.name if isinstance(source, Path) else "IDX data"
    try:
        with _open_stream(source, name, max_bytes) as stream:
            return _read_array(stream, name, shape, max_bytes)
    except FileNotFoundError as error:
        raise DataError(f"{name} is missing; looked for it at {source!s}") from error
    except _READ_FAILURES as error:
        raise DataError(f"{name} cannot be read to its end ({error}); an undamaged copy is needed") from error


def _open_stream(source: Path | bytes, name: str, max_bytes: int) -> BinaryIO | gzip.GzipFile:
    raw: BinaryIO = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    length = raw.seek(0, io.SEEK_END)
    raw.seek(0)
    # gzip can lengthen incompressible data a little, so the file itself may exceed the array.
    if length > max_bytes + max_bytes // 64 + 1024:
        raw.close()
        raise DataError(f"{name} has {length:,} bytes; at most {max_bytes:,} are accepted")
    is_gzip = raw.read(2) == _GZIP_MAGIC
    raw.seek(0)
    return _OwningGzipFile(raw) if is_gzip else raw


class _OwningGzipFile(gzip.GzipFile):
    """A gzip stream for reading that also closes the file it was given."""

    def __init__(self, raw: BinaryIO) -> None:
        super().__init__(fileobj=raw, mode="rb")
        self._raw = raw

    def close(self) -> None:
        super().close()
        self._raw.close()


def _read_array(
    stream: BinaryIO | gzip.GzipFile, name: str, shape: Sequence[int | None], max_bytes: int
) -> npt.NDArray[np.uint8]:
    found = _read_shape(stream, name, len(shape))
    if any(need is not None and need != size for need, size in zip(shape, found, strict=True)):
        raise DataError(f"{name} holds {_shape_text(found)} values; {_shape_text(shape)} are needed")
    count = math.prod(found)
    if count > max_bytes:
        raise DataError(f"{name} claims {count:,} bytes of data; at most {max_bytes:,} are accepted")
    # Read before the array is made: a short file that claims much never makes us reserve it.
    data = _read_exactly(stream, count, name)
    if stream.read(1):
        raise DataError(f"{name} goes on after the {count:,} bytes its header announces")
    return np.frombuffer(data, np.uint8).reshape(found)


def _read_shape(stream: BinaryIO | gzip.GzipFile, name: str, ndim: int) -> tuple[int, ...]:
    wanted = bytes([0, 0, _UINT8_TYPE, ndim])
    magic = stream.read(4)
    if magic != wanted:
        found = magic.hex(" ") or "nothing"
        raise DataError(
            f"{name} begins with {found}; "
            f"an IDX file of bytes in {ndim} dimensions begins with {wanted.hex(' ')}"
        )
    sizes = stream.read(4 * ndim)
    if len(sizes) < 4 * ndim:
        raise DataError(f"{name} ends inside its header; {4 + 4 * ndim} bytes are needed")
    return tuple(int(size) for size in np.frombuffer(sizes, ">u4"))


def _read_exactly(stream: BinaryIO | gzip.GzipFile, count: int, name: str) -> bytearray:
    data = bytearray()
    while len(data) < count:
        piece = stream.read(min(count - len(data), 1 << 20))
        if not piece:
            raise DataError(f"{name} ends after {len(data):,} of the {count:,} bytes its header announces")
        data += piece
    return data


def _shape_text(shape: Sequence[int | None]) -> str:
    return " x ".join("any" if size is None else str(size) for size in shape)
