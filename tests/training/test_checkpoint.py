import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save

from bpviz.errors import ModelFileError
from bpviz.nn.initializers import initial_parameters
from bpviz.nn.network import Network
from bpviz.training.checkpoint import MAX_FILE_BYTES, METADATA_KEY, ModelAbout, load_model, save_model
from bpviz.training.config import TrainingConfig

CONFIG = TrainingConfig(layers=(6, 4, 3), learning_rate=0.1, loss="log", l2=1e-4, seed=7)
ABOUT = ModelAbout(CONFIG, "strokes", 3, 30, 1, {"test_accuracy": 0.9, "test_loss": 0.25})


def _network(config: TrainingConfig = CONFIG) -> Network:
    architecture = config.architecture()
    return Network(architecture, initial_parameters(architecture, "uniform", np.random.default_rng(1)))


def _saved(path: Path) -> Path:
    save_model(path, _network(), ABOUT)
    return path


def test_a_saved_network_comes_back_bit_for_bit_with_its_story(tmp_path: Path) -> None:
    network, about = load_model(_saved(tmp_path / "m.safetensors"))
    np.testing.assert_array_equal(network.parameters, _network().parameters, strict=True)
    assert network.architecture == CONFIG.architecture()
    assert about == ABOUT


def test_the_network_computes_the_same_after_loading(tmp_path: Path) -> None:
    network, _ = load_model(_saved(tmp_path / "m.safetensors"))
    X = np.random.default_rng(2).random((5, 6), np.float32)
    np.testing.assert_array_equal(network.forward(X).output, _network().forward(X).output)


def test_equal_networks_make_equal_bytes_in_every_process(tmp_path: Path) -> None:
    here = _saved(tmp_path / "here.safetensors")
    script = (
        "import sys; from pathlib import Path; from tests.training.test_checkpoint import _saved;"
        "_saved(Path(sys.argv[1]))"
    )
    contents = {here.read_bytes()}
    for number in range(2):
        there = tmp_path / f"there{number}.safetensors"
        subprocess.run([sys.executable, "-c", script, str(there)], check=True, cwd=Path(__file__).parents[2])
        contents.add(there.read_bytes())
    assert len(contents) == 1


def test_the_file_has_one_metadata_key_of_sorted_json(tmp_path: Path) -> None:
    content = _saved(tmp_path / "m.safetensors").read_bytes()
    header = json.loads(content[8 : 8 + int.from_bytes(content[:8], "little")])
    assert list(header["__metadata__"]) == [METADATA_KEY]
    text = header["__metadata__"][METADATA_KEY]
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"))


def test_saving_replaces_a_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "m.safetensors"
    path.write_bytes(b"old")
    load_model(_saved(path))
    assert [entry.name for entry in tmp_path.iterdir()] == ["m.safetensors"]


def test_saving_where_nothing_can_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="cannot be written"):
        save_model(tmp_path / "no folder" / "m.safetensors", _network(), ABOUT)
    (tmp_path / "folder").mkdir()
    with pytest.raises(ModelFileError, match="cannot be written"):
        save_model(tmp_path / "folder", _network(), ABOUT)
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]


def test_a_network_that_is_not_finite_is_not_saved(tmp_path: Path) -> None:
    network = _network()
    network.W[0][0, 0] = np.nan
    with pytest.raises(ModelFileError, match="not finite"):
        save_model(tmp_path / "m.safetensors", network, ABOUT)
    assert not list(tmp_path.iterdir())


def test_a_network_other_than_its_settings_say_is_not_saved(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="another network"):
        save_model(tmp_path / "m.safetensors", _network(TrainingConfig(layers=(6, 5, 3))), ABOUT)


def test_a_missing_file_and_a_folder_are_told_in_a_sentence(tmp_path: Path) -> None:
    for path in (tmp_path / "none.safetensors", tmp_path):
        with pytest.raises(ModelFileError, match="there is no model file"):
            load_model(path)


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.safetensors"
    with path.open("wb") as stream:
        stream.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(ModelFileError, match="at most"):
        load_model(path)


@pytest.mark.parametrize("keep", [0, 5, 8, 300, -1])
def test_a_cut_off_file_is_refused(tmp_path: Path, keep: int) -> None:
    path = _saved(tmp_path / "m.safetensors")
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ModelFileError, match=r"m\.safetensors is"):
        load_model(path)


def test_a_header_claiming_to_be_huge_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.safetensors"
    path.write_bytes((2**63).to_bytes(8, "little") + b"{}")
    with pytest.raises(ModelFileError, match="safetensors header"):
        load_model(path)


def test_deeply_nested_json_is_refused(tmp_path: Path) -> None:
    header = b"[" * 200_000 + b"]" * 200_000
    path = tmp_path / "m.safetensors"
    path.write_bytes(len(header).to_bytes(8, "little") + header)
    with pytest.raises(ModelFileError, match="JSON"):
        load_model(path)


def _tensors() -> dict[str, np.ndarray]:
    network = _network()
    arrays = {f"W{i}": np.array(W) for i, W in enumerate(network.W, 1)}
    return arrays | {f"b{i}": np.array(b) for i, b in enumerate(network.b, 1)}


def _description(tmp_path: Path) -> dict[str, Any]:
    content = _saved(tmp_path / "good.safetensors").read_bytes()
    header = json.loads(content[8 : 8 + int.from_bytes(content[:8], "little")])
    description: dict[str, Any] = json.loads(header["__metadata__"][METADATA_KEY])
    return description


def _load_made_of(tmp_path: Path, tensors: dict[str, np.ndarray], description: object) -> Network:
    path = tmp_path / "made.safetensors"
    path.write_bytes(save(tensors, metadata={METADATA_KEY: json.dumps(description)}))
    return load_model(path)[0]


TENSOR_FAULTS: dict[str, Callable[[dict[str, np.ndarray]], object]] = {
    "one missing": lambda t: t.pop("b2"),
    "one too many": lambda t: t.update(W3=np.zeros(2, np.float32)),
    "wrong shape": lambda t: t.update(W1=np.zeros((4, 6), np.float32)),
    "wrong type": lambda t: t.update(W1=np.zeros((6, 4), np.float64)),
    "not finite": lambda t: t.update(b1=np.full(4, np.inf, np.float32)),
}


@pytest.mark.parametrize("fault", TENSOR_FAULTS)
def test_arrays_that_do_not_fit_the_layers_are_refused(tmp_path: Path, fault: str) -> None:
    description, tensors = _description(tmp_path), _tensors()
    assert _load_made_of(tmp_path, tensors, description).architecture == CONFIG.architecture()
    TENSOR_FAULTS[fault](tensors)
    with pytest.raises(ModelFileError, match="not a usable model file"):
        _load_made_of(tmp_path, tensors, description)


DESCRIPTION_FAULTS: dict[str, Callable[[dict[str, Any]], object]] = {
    "newer format": lambda d: d.update(format=2),
    "no format": lambda d: d.pop("format"),
    "no settings": lambda d: d.pop("config"),
    "unknown setting": lambda d: d["config"].update(magic=1),
    "no layers": lambda d: d["config"].pop("layers"),
    "layers of text": lambda d: d["config"].update(layers=["6", "4", "3"]),
    "layers beyond all bounds": lambda d: d["config"].update(layers=[10**4000, 10**4000, 3]),
    "impossible loss": lambda d: d["config"].update(loss="hinge"),
    "rate of text": lambda d: d["config"].update(learning_rate="0.1"),
    "rate not finite": lambda d: d["config"].update(learning_rate=float("nan")),
    "rate beyond float": lambda d: d["config"].update(learning_rate=10**400),
    "seed true": lambda d: d["config"].update(seed=True),
    "architecture other than settings": lambda d: d["architecture"].update(activation="tanh"),
    "negative count": lambda d: d.update(epochs=-1),
    "figure not a number": lambda d: d["figures"].update(test_loss=None),
}


@pytest.mark.parametrize("fault", DESCRIPTION_FAULTS)
def test_a_description_that_makes_no_sense_is_refused(tmp_path: Path, fault: str) -> None:
    description = _description(tmp_path)
    DESCRIPTION_FAULTS[fault](description)
    with pytest.raises(ModelFileError, match="not a usable model file"):
        _load_made_of(tmp_path, _tensors(), description)


def test_a_setting_added_since_the_file_was_written_takes_its_default(tmp_path: Path) -> None:
    description = _description(tmp_path)
    del description["config"]["l1"]
    assert _load_made_of(tmp_path, _tensors(), description).architecture == CONFIG.architecture()


def test_a_safetensors_file_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.safetensors"
    path.write_bytes(save(_tensors()))
    with pytest.raises(ModelFileError, match="lacks '__metadata__'"):
        load_model(path)
