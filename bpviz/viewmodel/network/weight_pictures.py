"""Rows of small pictures for a first-layer neuron: its pixels, weights, products, gradients, changes."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.training.snapshot import SamplePass, Snapshot
from bpviz.viewmodel.network.color_scale import nice_limit, percentile_of_size
from bpviz.viewmodel.network.part_names import image_side
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.words.number_format import short

PictureRamp = Literal["gray", "weight", "gradient"]


@dataclass(frozen=True, slots=True)
class SmallPicture:
    """One picture with its scale.

    Attributes
    ----------
    values
        Shape (side, side).
    limit
        The value in full colour; a stated 99th percentile, what is beyond is drawn as the end.
    before
        The sign that stands before it: ``×``, ``=`` or nothing.
    """

    caption: str
    values: FloatArray
    ramp: PictureRamp
    limit: float
    before: str = ""

    @property
    def scale(self) -> str:
        """The scale in words: ``±0.2``."""
        return f"0 to {short(self.limit)}" if self.ramp == "gray" else f"±{short(self.limit)}"


def pictures_for(
    snapshot: Snapshot, sample: SamplePass, neuron: int, phase: Phase
) -> tuple[SmallPicture, ...]:
    """Return three pictures that show what the phase does to a neuron of the first hidden layer.

    Forward and loss: pixels × weights = products. Backward: weights, the sample's gradient, the batch's.
    Update: weights, their change, and the optimiser's first remembered vector where it is recorded.
    Empty where the input is no picture.
    """
    side = image_side(snapshot.architecture)
    if not side:
        return ()
    weights = _picture("weights", snapshot.network().W[0][:, neuron], "weight", side)
    if phase is Phase.BACKWARD and sample.delta is not None:
        own = sample.x * sample.delta[0][neuron]
        batch = snapshot.batch
        mean = batch.forward.x.T @ batch.delta[0][:, neuron]
        return (
            weights,
            _picture("gradient", own, "gradient", side),
            _picture("batch’s", mean, "gradient", side),
        )
    if phase is Phase.UPDATE:
        return (weights, *_update_pictures(snapshot, neuron, side))
    pixels = SmallPicture("pixels", sample.x.reshape(side, side), "gray", 1.0)
    with np.errstate(invalid="ignore"):
        products = sample.x * snapshot.network().W[0][:, neuron]
    return (
        pixels,
        _with_sign(weights, "×"),
        _with_sign(_picture("products", products, "weight", side), "="),
    )


def _update_pictures(snapshot: Snapshot, neuron: int, side: int) -> tuple[SmallPicture, ...]:
    n_in, n_out = snapshot.architecture.layers[:2]

    def column(flat: FloatArray) -> FloatArray:
        return flat[: n_in * n_out].reshape(n_in, n_out)[:, neuron]

    with np.errstate(invalid="ignore"):
        change = column(snapshot.parameters_after) - column(snapshot.parameters)
    pictures = [_picture("change", change, "weight", side)]
    if snapshot.optimizer is not None and snapshot.optimizer.state_after:
        name, state = next(iter(snapshot.optimizer.state_after.items()))
        pictures.append(_picture(name.replace("_", " "), column(state), "gradient", side))
    return tuple(pictures)


def _picture(caption: str, values: FloatArray, ramp: PictureRamp, side: int) -> SmallPicture:
    reach = percentile_of_size(values[values != 0.0])
    return SmallPicture(caption, values.reshape(side, side), ramp, nice_limit(reach))


def _with_sign(picture: SmallPicture, before: str) -> SmallPicture:
    return SmallPicture(picture.caption, picture.values, picture.ramp, picture.limit, before)
