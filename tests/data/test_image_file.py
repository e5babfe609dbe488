import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from bpviz.data import image_file
from bpviz.data.image_file import read_image
from bpviz.errors import DataError

LEVELS = np.linspace(0, 255, 12 * 9).astype(np.uint8).reshape(12, 9)


def saved(path: Path, picture: Image.Image, **options: Any) -> Path:
    picture.save(path, **options)
    return path


@pytest.mark.parametrize("mode", ["L", "RGB", "LA", "RGBA"])
def test_grey_levels_survive_every_kind_of_png(tmp_path: Path, mode: str) -> None:
    path = saved(tmp_path / "a.png", Image.fromarray(LEVELS).convert(mode))
    read = read_image(path)
    assert read.dtype == np.uint8
    np.testing.assert_array_equal(read, LEVELS)


def test_a_jpeg_is_read(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.jpg", Image.fromarray(LEVELS), quality=95)
    np.testing.assert_allclose(read_image(path), LEVELS.astype(int), atol=20)


def test_one_bit_and_palette_pictures_are_read(tmp_path: Path) -> None:
    black_and_white = np.where(LEVELS > 100, 255, 0).astype(np.uint8)
    path = saved(tmp_path / "bit.png", Image.fromarray(black_and_white).convert("1"))
    np.testing.assert_array_equal(read_image(path), black_and_white)
    colors = Image.new("P", (2, 1))
    colors.putpalette([255, 255, 255, 10, 10, 10])
    colors.putpixel((1, 0), 1)
    assert read_image(saved(tmp_path / "palette.png", colors)).tolist() == [[255, 10]]
    see_through = saved(tmp_path / "through.png", colors, transparency=0)
    assert read_image(see_through).tolist() == [[255, 10]]


def test_sixteen_bits_are_brought_to_eight(tmp_path: Path) -> None:
    deep = LEVELS.astype(np.uint16) * 256
    path = saved(tmp_path / "deep.png", Image.fromarray(deep))
    np.testing.assert_allclose(read_image(path), LEVELS.astype(int), atol=1)


@pytest.mark.parametrize(("ink", "paper"), [(0, 255), (255, 0)])
def test_a_transparent_ground_becomes_what_the_ink_stands_out_from(
    tmp_path: Path, ink: int, paper: int
) -> None:
    picture = np.zeros((6, 6, 4), np.uint8)
    picture[2:4, 2:4] = (ink, ink, ink, 255)
    read = read_image(saved(tmp_path / "a.png", Image.fromarray(picture)))
    assert read[0, 0] == paper
    assert read[2, 2] == ink


@pytest.mark.parametrize("highest", [90, 256], ids=["dark ink", "light ink"])
def test_half_transparent_levels_are_mixed_with_the_paper(tmp_path: Path, highest: int) -> None:
    picture = np.random.default_rng(4).integers(0, 256, (40, 30, 4)).astype(np.uint8)
    picture[..., :3] = np.random.default_rng(5).integers(highest - 90, highest, (40, 30, 1))
    read = read_image(saved(tmp_path / "a.png", Image.fromarray(picture)))
    share = picture[..., 3] / 255.0
    paper = 255.0 if highest == 90 else 0.0
    np.testing.assert_allclose(read, picture[..., 0] * share + paper * (1.0 - share), atol=0.51)


def test_a_turned_photograph_is_set_upright(tmp_path: Path) -> None:
    picture = Image.fromarray(np.rot90(LEVELS).copy())
    exif = Image.Exif()
    exif[0x0112] = 6
    path = saved(tmp_path / "turned.png", picture, exif=exif)
    np.testing.assert_array_equal(read_image(path), LEVELS)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is not a picture"),
        (b"hello", "is not a picture"),
        (b"GIF89a" + bytes(40), "is not a picture"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "a PNG or JPEG file is needed|is damaged"),
    ],
)
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(content)
    with pytest.raises(DataError, match=sentence):
        read_image(path)


def test_other_kinds_of_picture_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="a PNG or JPEG file is needed"):
        read_image(saved(tmp_path / "a.png", Image.fromarray(LEVELS), format="GIF"))


@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
def test_a_truncated_picture_is_refused(tmp_path: Path, name: str) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (60, 60), np.uint8)
    path = saved(tmp_path / name, Image.fromarray(noise))
    path.write_bytes(path.read_bytes()[:-900])
    with pytest.raises(DataError, match="is damaged"):
        read_image(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be opened"):
        read_image(tmp_path / "none.png")
    with pytest.raises(DataError, match="is not a file"):
        read_image(tmp_path)
    with pytest.raises(DataError, match="cannot be opened"):
        read_image(Path("a\0b.png"))


def png_claiming(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(7_000, 7_000), (2_000_000_000, 2_000_000_000)])
def test_a_picture_with_too_many_pixels_is_refused_undecoded(tmp_path: Path, width: int, height: int) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(png_claiming(width, height))
    with pytest.raises(DataError, match="pixels"):
        read_image(path)


def test_a_file_that_is_too_long_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path / "a.png", Image.fromarray(LEVELS))
    monkeypatch.setattr(image_file, "MAX_FILE_BYTES", 50)
    with pytest.raises(DataError, match="at most 50 are accepted"):
        read_image(path)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_changed_byte_never_gets_past_a_sentence(tmp_path: Path, data: st.DataObject) -> None:
    path = saved(tmp_path / "good.png", Image.fromarray(LEVELS))
    content = bytearray(path.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    changed = tmp_path / "changed.png"
    changed.write_bytes(content)
    try:
        levels = read_image(changed)
    except DataError:
        return
    # Any other exception has failed the test.
    assert levels.ndim == 2
    assert levels.dtype == np.uint8
