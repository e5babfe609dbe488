import hashlib
import os
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bpviz.data.download import MNIST_FILES, MNIST_MIRRORS, RemoteFile, download_files
from bpviz.errors import DownloadError

SMALL, LARGE = b"labels" * 100, bytes(range(256)) * 2000


def remote(name: str, content: bytes) -> RemoteFile:
    return RemoteFile(name, len(content), hashlib.sha256(content).hexdigest())


FILES = (remote("small.gz", SMALL), remote("large.gz", LARGE))


class Mirror(ThreadingHTTPServer):
    """A web server on this machine; `content` maps paths to what they answer."""

    daemon_threads = False

    def __init__(self) -> None:
        self.content: dict[str, bytes] = {}
        self.cut_short: set[str] = set()
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Answers)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def serve(self, folder: str, *contents: tuple[str, bytes]) -> str:
        self.content.update({f"/{folder}/{name}": content for name, content in contents})
        return f"{self.url}/{folder}/"


class _Answers(BaseHTTPRequestHandler):
    server: Mirror

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        content = self.server.content.get(self.path)
        self.send_response(404 if content is None else 200)
        self.send_header("Content-Length", str(len(content or b"")))
        self.end_headers()
        body = content or b""
        try:
            self.wfile.write(body[: len(body) // 2] if self.path in self.server.cut_short else body)
        except ConnectionError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    with Mirror() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join(2)


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_all_files_arrive_whole_and_progress_reaches_the_end(mirror: Mirror, tmp_path: Path) -> None:
    url = mirror.serve("good", ("small.gz", SMALL), ("large.gz", LARGE))
    reports: list[tuple[int, int]] = []

    download_files(tmp_path / "new" / "mnist", FILES, [url], lambda *report: reports.append(report))

    folder = tmp_path / "new" / "mnist"
    assert (folder / "small.gz").read_bytes() == SMALL
    assert (folder / "large.gz").read_bytes() == LARGE
    assert names_in(folder) == {"small.gz", "large.gz"}
    total = len(SMALL) + len(LARGE)
    assert reports[-1] == (total, total)
    assert reports == sorted(reports)
    assert len(reports) > 6


def test_an_altered_file_is_taken_from_the_next_mirror(mirror: Mirror, tmp_path: Path) -> None:
    bad = mirror.serve("bad", ("small.gz", SMALL.swapcase()), ("large.gz", LARGE))
    good = mirror.serve("good", ("small.gz", SMALL), ("large.gz", LARGE))

    download_files(tmp_path, FILES, [bad, good])

    assert (tmp_path / "small.gz").read_bytes() == SMALL
    assert mirror.asked == ["/bad/small.gz", "/good/small.gz", "/bad/large.gz"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (SMALL.swapcase(), "SHA-256 is wrong"),
        (SMALL + b"more", "sent more than the 600 bytes"),
        (bytes(50_000_000), "sent more than the 600 bytes"),
        (SMALL[:-1], "sent 599 of 600 bytes"),
    ],
)
def test_a_file_that_does_not_verify_is_not_kept(
    mirror: Mirror, tmp_path: Path, content: bytes, reason: str
) -> None:
    url = mirror.serve("bad", ("small.gz", content))
    with pytest.raises(DownloadError, match=f"small.gz could not be downloaded.*{reason}"):
        download_files(tmp_path, FILES[:1], [url])
    assert names_in(tmp_path) == set()


def test_every_mirrors_failure_is_told(mirror: Mirror, tmp_path: Path) -> None:
    closed = Mirror()
    unreachable = f"{closed.url}/"
    closed.server_close()
    cut = mirror.serve("cut", ("small.gz", SMALL))
    mirror.cut_short.add("/cut/small.gz")

    with pytest.raises(DownloadError) as failure:
        download_files(tmp_path, FILES[:1], [unreachable, f"{mirror.url}/none/", cut, "file:///etc/"])

    sentence = str(failure.value)
    assert "cannot be reached" in sentence
    assert "/none/ answered 404" in sentence
    assert "/cut/ sent 300 of 600 bytes" in sentence
    assert "file:///etc/ is not a web address" in sentence
    assert "\n" not in sentence
    assert names_in(tmp_path) == set()


def test_a_cancelled_download_leaves_only_complete_files(mirror: Mirror, tmp_path: Path) -> None:
    url = mirror.serve("good", ("small.gz", SMALL), ("large.gz", LARGE))
    cancelled = threading.Event()

    def cancel_in_the_large_file(done: int, total: int) -> None:
        if len(SMALL) < done < total:
            cancelled.set()

    with pytest.raises(DownloadError, match="was cancelled"):
        download_files(tmp_path, FILES, [url], cancel_in_the_large_file, cancelled.is_set)

    assert names_in(tmp_path) == {"small.gz"}
    download_files(tmp_path, FILES, [url])
    assert mirror.asked.count("/good/small.gz") == 1
    assert (tmp_path / "large.gz").read_bytes() == LARGE


def test_a_cancelled_download_asks_no_further_mirror(mirror: Mirror, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="was cancelled"):
        download_files(tmp_path, FILES, [f"{mirror.url}/a/", f"{mirror.url}/b/"], None, lambda: True)
    assert mirror.asked == []


def test_a_damaged_file_that_is_there_is_replaced(mirror: Mirror, tmp_path: Path) -> None:
    url = mirror.serve("good", ("small.gz", SMALL))
    (tmp_path / "small.gz").write_bytes(SMALL.swapcase())
    download_files(tmp_path, FILES[:1], [url])
    assert (tmp_path / "small.gz").read_bytes() == SMALL


def test_what_a_killed_download_left_is_removed_and_another_ones_part_kept(
    mirror: Mirror, tmp_path: Path
) -> None:
    url = mirror.serve("good", ("small.gz", SMALL))
    old, recent = tmp_path / "small.gz.1.part", tmp_path / "small.gz.2.part"
    for part in (old, recent):
        part.write_bytes(SMALL[:50])
    os.utime(old, (time.time() - 7200,) * 2)

    download_files(tmp_path, FILES[:1], [url])

    assert names_in(tmp_path) == {"small.gz", "small.gz.2.part"}
    assert (tmp_path / "small.gz").read_bytes() == SMALL


def test_a_folder_that_cannot_be_written_is_named(mirror: Mirror, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DownloadError, match="file cannot be written"):
        download_files(tmp_path / "file", FILES[:1], [mirror.url + "/"])


def test_mnist_comes_from_two_mirrors_over_tls() -> None:
    assert len(MNIST_MIRRORS) == 2
    assert all(mirror.startswith("https://") and mirror.endswith("/") for mirror in MNIST_MIRRORS)
    assert sum(file.size_bytes for file in MNIST_FILES) == 11_594_722
    assert {len(bytes.fromhex(file.sha256)) for file in MNIST_FILES} == {32}
