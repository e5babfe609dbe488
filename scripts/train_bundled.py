"""Trains the network bpviz opens with and writes it, with what was measured, to resources/models/."""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from bundled_data import (
    TabletDigits,
    drawn_strokes,
    joined,
    read_tablet_digits,
    tablet_on_canvas,
    varied_images,
    varied_tablet,
)

from bpviz.data.mnist import load_mnist
from bpviz.data.samples import Dataset, Samples
from bpviz.data.stroke_dataset import load_strokes
from bpviz.nn.network import Network
from bpviz.training.blas_threads import blas_threads_limited, chosen_threads
from bpviz.training.checkpoint import ModelAbout, save_model
from bpviz.training.config import TrainingConfig
from bpviz.training.evaluation import evaluate
from bpviz.training.trainer import Trainer

MODELS_FOLDER = Path(__file__).resolve().parent.parent / "resources" / "models"
CONFIG = TrainingConfig(
    layers=(784, 128, 10),
    activation="relu",
    loss="cross-entropy",
    optimizer="adam",
    learning_rate=0.001,
    batch_size=128,
    initializer="he",
)
DRAWN_STROKES = 60_000
MNIST_COPIES = 3
TABLET_COPIES = 12

_README = """\
# The network bpviz opens with

`digits.safetensors`: {layers}, {activation}, softmax, cross-entropy; {epochs} epochs of {samples:,} digits
with {optimizer} (learning rate {learning_rate:g}, falling to zero along a half cosine), seed {seed}. Made by
`scripts/train_bundled.py`.

| tried on | digits | read rightly |
|---|---|---|
{rows}

None of these digits, and nothing else by the writers left out, was trained on.

Trained on varied copies of
- MNIST, by Yann LeCun, Corinna Cortes and Christopher J. C. Burges;
{tablet}- digits of bpviz's own pen-stroke model.
"""
_TABLET_CREDIT = (
    "- [Pen-Based Recognition of Handwritten Digits]"
    "(https://archive.ics.uci.edu/dataset/81/pen+based+recognition+of+handwritten+digits)\n"
    "  by E. Alpaydin and F. Alimoglu, UCI Machine Learning Repository,\n"
    "  [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/); changed: the strokes were drawn as\n"
    "  images, leant, bent and stretched;\n"
)


def main() -> None:
    """Train, measure, write."""
    arguments = _arguments()
    rng = np.random.default_rng([arguments.seed, 2])
    mnist = load_mnist(arguments.mnist)
    tests = {"MNIST, test set": mnist.test, "bpviz's pen strokes, test set": load_strokes().test}
    parts = [mnist.train, varied_images(mnist.train, MNIST_COPIES, rng), drawn_strokes(DRAWN_STROKES, rng)]
    if arguments.pendigits is not None:
        known, unseen = read_tablet_digits(arguments.pendigits).parts()
        parts.append(varied_tablet(known, TABLET_COPIES, rng))
        tests[f"tablet digits of {_n_writers(unseen)} writers left out"] = tablet_on_canvas(unseen)
    dataset = Dataset("bundled", "MNIST, pen strokes and tablet writing", joined(parts), mnist.test)
    config = replace(CONFIG, seed=arguments.seed)
    with blas_threads_limited(chosen_threads()) as n_threads:
        trainer = _train(config, dataset, arguments.epochs)
        accuracies = {name: evaluate(trainer.network, samples).accuracy for name, samples in tests.items()}
    figures = {"test_accuracy": accuracies["MNIST, test set"]}
    about = ModelAbout(config, dataset.name, arguments.epochs, trainer.iteration, n_threads, figures)
    _write(arguments.output, trainer.network, about, _readme(about, len(dataset.train), tests, accuracies))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mnist", type=Path, required=True, help="folder of the four MNIST files")
    parser.add_argument("--pendigits", type=Path, help="folder of the tablet digits' .npz file")
    parser.add_argument("--seed", type=int, default=0, help="default: %(default)s")
    parser.add_argument("--epochs", type=int, default=24, help="default: %(default)s")
    parser.add_argument("--output", type=Path, default=MODELS_FOLDER, help="default: resources/models")
    return parser.parse_args()


def _n_writers(digits: TabletDigits) -> int:
    return len(np.unique(digits.writers))


def _train(config: TrainingConfig, dataset: Dataset, epochs: int) -> Trainer:
    trainer = Trainer(config, dataset)
    for epoch in range(epochs):
        # A half cosine from the full rate to zero lets the last epochs settle.
        trainer.set_learning_rate(config.learning_rate * 0.5 * (1.0 + np.cos(np.pi * epoch / epochs)))
        trainer.train_epoch()
        test = evaluate(trainer.network, dataset.test)
        print(
            f"epoch {epoch + 1}: training loss {trainer.epoch_totals.mean_loss:.4f}, "
            f"MNIST test {test.accuracy:.2%}",
            flush=True,
        )
    return trainer


def _readme(
    about: ModelAbout, n_samples: int, tests: Mapping[str, Samples], accuracies: Mapping[str, float]
) -> str:
    rows = (f"| {name} | {len(tests[name]):,} | {accuracies[name] * 100:.1f} % |" for name in tests)
    return _README.format(
        layers="-".join(map(str, about.config.layers)),
        activation=about.config.activation,
        epochs=about.epochs,
        samples=n_samples,
        optimizer=about.config.optimizer,
        learning_rate=about.config.learning_rate,
        seed=about.config.seed,
        rows="\n".join(rows),
        tablet=_TABLET_CREDIT if any("tablet" in name for name in tests) else "",
    )


def _write(folder: Path, network: Network, about: ModelAbout, readme: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    save_model(folder / "digits.safetensors", network, about)
    (folder / "README.md").write_text(readme, encoding="utf-8")
    print(readme)


if __name__ == "__main__":
    main()
