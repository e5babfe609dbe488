"""Small datasets and settings with which a run takes milliseconds."""

from dataclasses import replace
from typing import Any

import numpy as np

from bpviz.data.samples import Samples
from bpviz.training.config import TrainingConfig

BASE = TrainingConfig(layers=(784, 70, 10), batch_size=10, learning_rate=0.3)


def sparse_digits(n_samples: int, seed: int = 0, n_in: int = 784) -> Samples:
    """Images with most pixels black, as digits have, of which each class lights its own region."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 10, n_samples).astype(np.uint8)
    images = np.zeros((n_samples, n_in), np.uint8)
    for image, label in zip(images, labels, strict=True):
        pixels = int(label) * (n_in // 12) + rng.integers(0, n_in // 10, 60)
        image[pixels] = rng.integers(80, 256, 60)
    return Samples(images, labels)


def config_for(**changes: Any) -> TrainingConfig:
    """Return `BASE` with these fields changed; a wrong name is a TypeError."""
    return replace(BASE, **changes)
