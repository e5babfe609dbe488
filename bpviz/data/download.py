"""Fetches the MNIST files when asked: verified, bounded, cancellable, in whichever thread calls.

A file appears under its name only once it is whole and its SHA-256 is right.
"""

import contextlib
import hashlib
import http.client
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bpviz.errors import DownloadError

Progress = Callable[[int, int], None]
"""Called with the bytes done and the bytes in all, over all files together."""

TIMEOUT_S = 15.0
"""Longest wait for a connection, and for the next piece of a file."""

_PIECE_BYTES = 1 << 16
_LEFTOVER_AGE_S = 3600.0
_FETCH_FAILURES = (OSError, http.client.HTTPException, ValueError)


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file to fetch: its name on every mirror, its size and the SHA-256 it must have."""

    name: str
    size_bytes: int
    sha256: str


MNIST_MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)
MNIST_FILES = (
    RemoteFile(
        "train-images-idx3-ubyte.gz",
        9_912_422,
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    ),
    RemoteFile(
        "train-labels-idx1-ubyte.gz",
        28_881,
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    ),
    RemoteFile(
        "t10k-images-idx3-ubyte.gz",
        1_648_877,
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    ),
    RemoteFile(
        "t10k-labels-idx1-ubyte.gz",
        4_542,
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
    ),
)


def download_mnist(
    folder: Path,
    progress: Progress | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> None:
    """Fetch the four MNIST files into `folder`; see `download_files`."""
    download_files(folder, MNIST_FILES, MNIST_MIRRORS, progress, is_cancelled)


def download_files(
    folder: Path,
    files: Sequence[RemoteFile],
    mirrors: Sequence[str],
    progress: Progress | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> None:
    """Fetch the files into `folder`, from the first mirror that gives each whole and unaltered.

    Files already there with the right SHA-256 are kept, so a download that was broken off goes on
    with the file it had reached.

    Parameters
    ----------
    mirrors
        Addresses the file names are appended to.
    progress
        Called in the calling thread, often.
    is_cancelled
        Asked for every piece of 64 kB or less; `threading.Event.is_set` fits.

    Raises
    ------
    DownloadError
        If it was cancelled, no mirror gave a file, or `folder` cannot be written.
    """
    meter = _Meter(sum(file.size_bytes for file in files), progress, is_cancelled)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            if _sha256_of(folder / file.name, file.size_bytes) != file.sha256:
                _remove_leftovers(folder, file)
                _fetch(folder, file, mirrors, meter)
            meter.finish_file(file.size_bytes)
    except OSError as error:
        raise DownloadError(f"{folder} cannot be written ({error}); choose a folder that can") from error


class _CancelledError(Exception):
    """The caller no longer wants the download."""


class _BadAnswerError(Exception):
    """A mirror gave something else than the file; the message says what."""


class _Meter:
    """Adds up what is done over all files, reports it, and notices the wish to stop."""

    def __init__(
        self, total: int, progress: Progress | None, is_cancelled: Callable[[], bool] | None
    ) -> None:
        self._total = total
        self._finished = 0
        self._progress = progress
        self._is_cancelled = is_cancelled

    def show(self, bytes_of_file: int) -> None:
        if self._is_cancelled is not None and self._is_cancelled():
            raise _CancelledError
        if self._progress is not None:
            self._progress(self._finished + bytes_of_file, self._total)

    def finish_file(self, size_bytes: int) -> None:
        self._finished += size_bytes
        if self._progress is not None:
            self._progress(self._finished, self._total)


def _fetch(folder: Path, file: RemoteFile, mirrors: Sequence[str], meter: _Meter) -> None:
    # The process id keeps two running programs from writing into one another's part.
    part = folder / f"{file.name}.{os.getpid()}.part"
    failures: list[str] = []
    try:
        for mirror in mirrors:
            try:
                _fetch_from(mirror, file, part, meter)
            except _BadAnswerError as failure:
                failures.append(f"{mirror} {failure}")
            else:
                os.replace(part, folder / file.name)
                return
    except _CancelledError:
        raise DownloadError("the download was cancelled; what was complete is kept") from None
    finally:
        part.unlink(missing_ok=True)
    reasons = "; ".join(failures) or "no mirror is known"
    raise DownloadError(f"{file.name} could not be downloaded: {reasons}; try again later")


def _fetch_from(mirror: str, file: RemoteFile, part: Path, meter: _Meter) -> None:
    """Write the file to `part`, or raise `_BadAnswerError`; failures to write are OSErrors."""
    digest = hashlib.sha256()
    done = 0
    meter.show(0)
    with part.open("wb") as out, contextlib.closing(_pieces(mirror + file.name)) as pieces:
        for piece in pieces:
            done += len(piece)
            if done > file.size_bytes:
                raise _BadAnswerError(f"sent more than the {file.size_bytes:,} bytes the file has")
            digest.update(piece)
            out.write(piece)
            meter.show(done)
    if done < file.size_bytes:
        raise _BadAnswerError(f"sent {done:,} of {file.size_bytes:,} bytes")
    if digest.hexdigest() != file.sha256:
        raise _BadAnswerError("sent another file (its SHA-256 is wrong)")


def _pieces(url: str) -> Generator[bytes]:
    """Yield what the address sends; every failure of the network is a `_BadAnswerError`."""
    if not url.startswith(("https://", "http://")):
        raise _BadAnswerError("is not a web address")
    try:
        request = urllib.request.Request(url, headers={"User-Agent": "bpviz", "Accept-Encoding": "identity"})
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:
            while piece := response.read1(_PIECE_BYTES):
                yield piece
    except urllib.error.HTTPError as error:
        error.close()
        raise _BadAnswerError(f"answered {error.code}") from error
    except _FETCH_FAILURES as error:
        raise _BadAnswerError(f"cannot be reached ({getattr(error, 'reason', error)})") from error


def _sha256_of(path: Path, size_bytes: int) -> str | None:
    """Return the SHA-256 of a file of that size, None if there is none."""
    if not path.is_file() or path.stat().st_size != size_bytes:
        return None
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _remove_leftovers(folder: Path, file: RemoteFile) -> None:
    """Remove parts that a killed program left; recent ones may belong to one that is running."""
    for part in folder.glob(f"{file.name}.*.part"):
        if time.time() - part.stat().st_mtime > _LEFTOVER_AGE_S:
            part.unlink(missing_ok=True)
