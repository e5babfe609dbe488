import gzip
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.data.idx import read_idx
from bpviz.errors import DataError

IMAGES = np.arange(2 * 3 * 4, dtype=np.uint8).reshape(2, 3, 4)


def idx_bytes(array: np.ndarray, type_code: int = 8) -> bytes:
    sizes = struct.pack(f">{array.ndim}I", *array.shape)
    return bytes([0, 0, type_code, array.ndim]) + sizes + array.tobytes()


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_gives_its_array_compressed_or_not(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "images"
    path.write_bytes(gzip.compress(idx_bytes(IMAGES)) if packed else idx_bytes(IMAGES))

    array = read_idx(path, (None, 3, 4))

    assert array.dtype == np.uint8
    np.testing.assert_array_equal(array, IMAGES)


def test_an_empty_array_is_an_array() -> None:
    assert read_idx(idx_bytes(np.zeros((0, 28, 28), np.uint8)), (None, 28, 28)).shape == (0, 28, 28)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="labels is missing"):
        read_idx(tmp_path / "labels", (None,))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "begins with nothing"),
        (b"\x89PNG", "begins with 89 50 4e 47"),
        (idx_bytes(IMAGES, type_code=13), "begins with 00 00 0d 03"),
        (idx_bytes(IMAGES[0]), "begins with 00 00 08 02"),
        (idx_bytes(IMAGES)[:9], "ends inside its header"),
        (idx_bytes(IMAGES)[:-1], "ends after 23 of the 24 bytes"),
        (idx_bytes(IMAGES) + b"\0", "goes on after the 24 bytes"),
        (idx_bytes(IMAGES.reshape(2, 4, 3)), "2 x 4 x 3 values; any x 3 x 4 are needed"),
        (gzip.compress(idx_bytes(IMAGES))[:-9], "cannot be read to its end"),
        (gzip.compress(idx_bytes(IMAGES)) + b"more", "cannot be read to its end"),
        (gzip.compress(idx_bytes(IMAGES)) + gzip.compress(b"more"), "goes on after the 24 bytes"),
    ],
)
def test_damage_is_refused_in_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(DataError, match=sentence):
        read_idx(content, (None, 3, 4))


def test_a_wrong_checksum_is_refused() -> None:
    packed = bytearray(gzip.compress(idx_bytes(IMAGES)))
    packed[-8] ^= 1
    with pytest.raises(DataError, match="cannot be read to its end"):
        read_idx(bytes(packed), (None, 3, 4))


def test_a_header_that_claims_too_much_is_refused_before_anything_is_read() -> None:
    header = bytes([0, 0, 8, 3]) + struct.pack(">3I", 2**32 - 1, 28, 28)
    with pytest.raises(DataError, match=r"claims 3,367,254,359,280 bytes of data; at most"):
        read_idx(header, (None, 28, 28))


def test_a_compressed_file_is_not_expanded_past_its_header(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(idx_bytes(np.zeros(10, np.uint8)) + bytes(50_000_000)))
    with pytest.raises(DataError, match="goes on after the 10 bytes"):
        read_idx(path, (None,))


def test_a_file_larger_than_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(bytes(5_000))
    with pytest.raises(DataError, match=r"has 5,000 bytes; at most 1,000"):
        read_idx(path, (None,), max_bytes=1_000)


@given(st.binary(max_size=60), st.booleans())
def test_any_bytes_give_an_array_of_the_shape_or_a_sentence(content: bytes, packed: bool) -> None:
    try:
        array = read_idx(gzip.compress(content) if packed else content, (None, 2))
    except DataError:
        return
    assert idx_bytes(array) == content


@given(st.data())
def test_a_changed_byte_is_noticed_or_is_data(data: st.DataObject) -> None:
    content = bytearray(idx_bytes(IMAGES))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    if place < 16:
        with pytest.raises(DataError):
            read_idx(bytes(content), (None, 3, 4))
    else:
        assert np.count_nonzero(read_idx(bytes(content), (None, 3, 4)) != IMAGES) == 1


@given(st.data())
def test_a_changed_byte_of_a_compressed_file_never_gives_other_data(data: st.DataObject) -> None:
    packed = bytearray(gzip.compress(idx_bytes(IMAGES), mtime=0))
    place = data.draw(st.integers(0, len(packed) - 1))
    packed[place] ^= data.draw(st.integers(1, 255))
    try:
        array = read_idx(bytes(packed), (None, 3, 4))
    except DataError:
        return
    # Gzip's own notes (time, operating system) and the bits that fill its last byte change no data.
    np.testing.assert_array_equal(array, IMAGES)
