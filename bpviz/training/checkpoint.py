"""Model files: a network and how it came about, in one safetensors file.

The file holds nothing but what the run determines (no times, no paths), so equal runs make equal bytes.
Nothing in a file is believed before it is checked, and nothing in it is ever executed.
"""

import json
import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from bpviz.errors import ConfigError, ModelFileError
from bpviz.nn.arrays import FloatArray
from bpviz.nn.network import MAX_PARAMETERS, Architecture, Network
from bpviz.training.config import TrainingConfig

FORMAT_VERSION = 1
METADATA_KEY = "bpviz"
# One key, because safetensors writes several in an order that differs from process to process.

MAX_HEADER_BYTES = 1 << 20
MAX_FILE_BYTES = 4 * MAX_PARAMETERS + MAX_HEADER_BYTES + 8


@dataclass(frozen=True, slots=True)
class ModelAbout:
    """How a network came about.

    Attributes
    ----------
    config
        Settings of its run.
    dataset
        Name of the dataset it was trained on, for example ``"strokes"``.
    epochs, iterations
        Whole epochs and single updates made.
    blas_threads
        Threads its matrix products used: sums in another order round differently.
    figures
        What was measured at the end, by name, for example ``{"test_accuracy": 0.953}``; finite numbers.
    """

    config: TrainingConfig
    dataset: str
    epochs: int
    iterations: int
    blas_threads: int
    figures: Mapping[str, float] = field(default_factory=dict)


def save_model(path: Path, network: Network, about: ModelAbout) -> None:
    """Write a model file, whole or not at all; an existing file is replaced.

    Weights are stored as float32 under ``W1``, ``b1``, ``W2``, ... and read back bit for bit.

    Raises
    ------
    ModelFileError
        If the file cannot be written, a parameter is not finite, or `about` tells of another network.
    """
    if about.config.architecture() != network.architecture:
        raise ModelFileError(
            f"{path} was not saved: its settings describe another network than the one given"
        )
    tensors = {name: array.astype(np.float32) for name, array in _named_arrays(network).items()}
    if not all(np.isfinite(array).all() for array in tensors.values()):
        raise ModelFileError(f"{path} was not saved: the network has weights that are not finite numbers")
    content = save_tensors(tensors, metadata={METADATA_KEY: _metadata_text(about)})
    try:
        _replace_file(path, content)
    except OSError as error:
        raise ModelFileError(f"{path} cannot be written: {error.strerror or error}") from error


def load_model(path: Path) -> tuple[Network, ModelAbout]:
    """Return the network in a model file, float32, and how it came about.

    Raises
    ------
    ModelFileError
        If the file is missing, too large, damaged, of another kind, or its parts do not fit each other.
    """
    content = _read_file(path)
    try:
        header = _json_object(_header_bytes(content), "its header")
        about = _about(_metadata(header))
        _check_arrays(header, about.config.architecture())
        network = _network(about.config.architecture(), load_tensors(content))
    except SafetensorError as error:
        raise ModelFileError(f"{path} is damaged or not a model file ({error})") from error
    except (_UnfitError, ConfigError) as error:
        raise ModelFileError(f"{path} is not a usable model file: {error}") from error
    return network, about


class _UnfitError(Exception):
    """What is wrong with the content of a file; `load_model` adds the file's name."""


def _named_arrays(network: Network) -> dict[str, FloatArray]:
    named: dict[str, FloatArray] = {}
    for number, (W, b) in enumerate(zip(network.W, network.b, strict=True), start=1):
        named[f"W{number}"], named[f"b{number}"] = W, b
    return named


def _metadata_text(about: ModelAbout) -> str:
    content = {"format": FORMAT_VERSION, "architecture": asdict(about.config.architecture()), **asdict(about)}
    return json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _replace_file(path: Path, content: bytes) -> None:
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        part.write_bytes(content)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _read_file(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise ModelFileError(f"there is no model file {path}")
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise ModelFileError(f"{path} has {size:,} bytes; a model file has at most {MAX_FILE_BYTES:,}")
        with path.open("rb") as stream:
            return stream.read(MAX_FILE_BYTES)
    except OSError as error:
        raise ModelFileError(f"{path} cannot be read: {error.strerror or error}") from error


def _metadata(header: dict[str, Any]) -> dict[str, Any]:
    text = _get(_get(header, "__metadata__", dict, "its header"), METADATA_KEY, str, "its header")
    return _json_object(text, "its description")


def _header_bytes(content: bytes) -> bytes:
    length = int.from_bytes(content[:8], "little")
    if len(content) < 8 or length > min(MAX_HEADER_BYTES, len(content) - 8):
        raise _UnfitError("it does not begin with a safetensors header")
    return content[8 : 8 + length]


def _json_object(text: str | bytes, what: str) -> dict[str, Any]:
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise _UnfitError(f"{what} is not valid JSON") from error
    if not isinstance(value, dict):
        raise _UnfitError(f"{what} is not a JSON object")
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _about(metadata: dict[str, Any]) -> ModelAbout:
    where = "its description"
    version = _get(metadata, "format", int, where)
    if version != FORMAT_VERSION:
        raise _UnfitError(f"its format is version {version}; this bpviz reads version {FORMAT_VERSION}")
    config = _config(_get(metadata, "config", dict, where))
    if _get(metadata, "architecture", dict, where) != json.loads(json.dumps(asdict(config.architecture()))):
        raise _UnfitError("its architecture and its settings describe different networks")
    figures = _get(metadata, "figures", dict, where)
    return ModelAbout(
        config=config,
        dataset=_get(metadata, "dataset", str, where),
        epochs=_count(metadata, "epochs"),
        iterations=_count(metadata, "iterations"),
        blas_threads=_count(metadata, "blas_threads"),
        figures={name: _get(figures, name, float, "its figures") for name in figures},
    )


def _config(table: dict[str, Any]) -> TrainingConfig:
    """Return checked settings; one that older files lack keeps its default."""
    defaults = {known.name: known.default for known in fields(TrainingConfig)}
    if unknown := sorted(table.keys() - defaults.keys()):
        raise _UnfitError(f"its settings hold '{unknown[0]}', which this bpviz does not know")
    values: dict[str, Any] = {"layers": _layers(_get(table, "layers", list, "its settings"))}
    for name in table.keys() - values.keys():
        if name != "output_activation" or table[name] is not None:
            kind = str if name == "output_activation" else type(defaults[name])
            values[name] = _get(table, name, kind, "its settings")
    return TrainingConfig(**values)


def _layers(sizes: list[Any]) -> tuple[int, ...]:
    # Bounded before they are multiplied: JSON allows numbers of thousands of digits.
    if not all(type(size) is int and 0 < size <= MAX_PARAMETERS for size in sizes):
        raise _UnfitError(f"its layers are not all whole numbers from 1 to {MAX_PARAMETERS:,}")
    return tuple(sizes)


def _count(table: dict[str, Any], name: str) -> int:
    count: int = _get(table, name, int, "its description")
    if count < 0:
        raise _UnfitError(f"its {name} is {count}; it cannot be negative")
    return count


def _get(table: dict[str, Any], name: str, kind: type, where: str) -> Any:
    """Return `table[name]` if it is exactly of `kind`; a whole number may stand for a float."""
    if name not in table:
        raise _UnfitError(f"{where} lacks '{name}'")
    value = table[name]
    if kind is float and type(value) in (int, float):
        value = _finite(value)
    if type(value) is not kind:
        raise _UnfitError(f"'{name}' in {where} is not a {_KIND_NAMES[kind]}")
    return value


def _finite(value: float) -> float | None:
    # A whole number in JSON may be too long for a float.
    return float(value) if abs(value) <= sys.float_info.max else None


_KIND_NAMES = {str: "text", int: "whole number", float: "finite number", dict: "table", list: "list"}


def _check_arrays(header: dict[str, Any], architecture: Architecture) -> None:
    """Raise `_UnfitError` unless the header announces just the arrays of this architecture."""
    wanted: dict[str, list[int]] = {}
    for number, (n_in, n_out) in enumerate(pairwise(architecture.layers), start=1):
        wanted[f"W{number}"], wanted[f"b{number}"] = [n_in, n_out], [n_out]
    if header.keys() - {"__metadata__"} != wanted.keys():
        raise _UnfitError(f"it does not hold just the arrays {', '.join(wanted)} that its layers need")
    for name, shape in wanted.items():
        if not isinstance(entry := header[name], dict):
            raise _UnfitError(f"its header does not describe {name}")
        if entry.get("dtype") != "F32" or entry.get("shape") != shape:
            raise _UnfitError(f"{name} is not a float32 array of shape {shape}, which its layers need")


def _network(architecture: Architecture, tensors: dict[str, np.ndarray]) -> Network:
    network = Network(architecture, np.empty(architecture.n_parameters, np.float32))
    for name, array in _named_arrays(network).items():
        if not np.isfinite(tensors[name]).all():
            raise _UnfitError(f"{name} holds values that are not finite numbers")
        np.copyto(array, tensors[name])
    return network
