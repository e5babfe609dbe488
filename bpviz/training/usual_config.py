"""Settings with which a network learns a dataset within seconds, to begin from."""

from dataclasses import replace

from bpviz.data.own_points import OWN_CURVE, OWN_PLANE
from bpviz.data.samples import Dataset, Task
from bpviz.errors import ConfigError
from bpviz.training.config import TrainingConfig
from bpviz.training.targets import check_fit

_PLANE = TrainingConfig((2, 6, 1), "tanh", loss="log", learning_rate=0.5, initializer="xavier")
_CURVE = TrainingConfig((1, 8, 1), "tanh", "identity", "squared", learning_rate=0.1, initializer="xavier")
_USUAL = {
    "gaussians": replace(_PLANE, layers=(2, 2, 1), learning_rate=0.3),
    "xor": _PLANE,
    "circle": replace(_PLANE, learning_rate=0.3),
    "moons": replace(_PLANE, layers=(2, 8, 1), optimizer="momentum", learning_rate=0.1),
    "spiral": replace(
        _PLANE, layers=(2, 8, 8, 1), optimizer="adam", learning_rate=0.03, batch_size=32, initializer="he"
    ),
    "curve": _CURVE,
    OWN_PLANE: replace(_PLANE, layers=(2, 8, 1), optimizer="momentum", learning_rate=0.1),
    OWN_CURVE: _CURVE,
}
_DIGITS = TrainingConfig()
USUAL_EPOCHS, USUAL_POINT_EPOCHS = 3, 300


def usual_config(name: str) -> TrainingConfig:
    """Return the settings to begin with on a dataset: those for digits if it is none of points."""
    return _USUAL.get(name, _DIGITS)


def usual_epochs(name: str) -> int:
    """Return how many epochs teach a network the dataset called `name`."""
    return USUAL_POINT_EPOCHS if name in _USUAL else USUAL_EPOCHS


def config_for(dataset: Dataset, config: TrainingConfig, before: Dataset | None) -> TrainingConfig:
    """Return the settings for a new run on this dataset.

    Those in use stay where they can: on a new sample of the same points, and from digits to digits. Else the
    dataset's usual ones take their place.

    Parameters
    ----------
    config, before
        The settings in use, and what they are used on.
    """
    is_like = before is not None and _kind(dataset) == _kind(before)
    counts = dataset.output_counts
    n_out = config.layers[-1] if config.layers[-1] in counts else counts[0]
    layers = (dataset.train.inputs.shape[1], *config.layers[1:-1], n_out)
    if is_like:
        kept = replace(config, layers=layers)
        try:
            check_fit(kept.architecture(), dataset)
        except ConfigError:
            return usual_config(dataset.name)
        return kept
    usual = usual_config(dataset.name)
    return replace(usual, layers=(layers[0], *usual.layers[1:-1], counts[0]), seed=config.seed)


def _kind(dataset: Dataset) -> object:
    """Return what datasets have in common that are learned with the same settings."""
    return dataset.task if dataset.task is Task.MANY_CLASSES else dataset.name
