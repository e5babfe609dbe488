"""Trains the network bpviz opens with and writes it, with what was measured, to resources/models/."""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from bundled_data import drawn_strokes, joined, read_tablet_digits, varied_images, varied_tablet
from canvas_digits import model_drawings, tablet_drawings, tablet_on_canvas
from measure_recognition import measured
from no_digits import no_digits

from bpviz.data.mnist import load_mnist
from bpviz.data.samples import Dataset, Samples
from bpviz.data.stroke_dataset import load_strokes
from bpviz.nn.calibration import fitted_temperature, with_temperature
from bpviz.nn.network import Network
from bpviz.training.blas_threads import blas_threads_limited
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
N_THREADS = 1
MNIST_COPIES = 3
MNIST_HELD_BACK = 5_000
"""The last digits of MNIST's training set are held back for the temperature."""
DRAWN_STROKES = 20_000
MODEL_DRAWINGS = 30_000
TABLET_COPIES = 2
TABLET_DRAWINGS = 7
CALIBRATING_EVERY = 12
"""One in so many of the tablet writers trained on is held back for the temperature."""
NO_DIGITS = 20_000

_README = """\
# The network bpviz opens with

`digits.safetensors`: {layers}, {activation}, softmax, cross-entropy; {epochs} epochs of {samples:,} digits
with {optimizer} (learning rate {learning_rate:g}, falling to zero along a half cosine), seed {seed}. Made by
`scripts/train_bundled.py`; `scripts/measure_recognition.py` measures more.

| tried on | digits | read rightly | calibration error |
|---|---|---|---|
{rows}

None of these digits, and nothing else by the writers left out, was trained on. The calibration error (ECE,
15 bins) is how far "80 % sure" is from 80 % right: weights and biases of the outputs were divided by a
temperature of {temperature:.3f}, fitted on digits held back from training.

Trained on varied copies of
- MNIST, by Yann LeCun, Corinna Cortes and Christopher J. C. Burges;
{tablet}- digits of bpviz's own pen-stroke model;
- scribbles and rows of digits, labelled by lot, so that it is not sure of what is no digit.
"""
_TABLET_CREDIT = (
    "- [Pen-Based Recognition of Handwritten Digits]"
    "(https://archive.ics.uci.edu/dataset/81/pen+based+recognition+of+handwritten+digits)\n"
    "  by E. Alpaydin and F. Alimoglu, UCI Machine Learning Repository,\n"
    "  [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/); changed: the strokes were drawn as\n"
    "  images, leant, bent and stretched;\n"
)


@dataclass(frozen=True, slots=True)
class Material:
    """What a network is trained on, what its temperature is fitted on, and what it is tried on, by name."""

    trained: Samples
    held_back: Samples
    tests: Mapping[str, Samples]


def main() -> None:
    """Train, calibrate, measure, write."""
    arguments = _arguments()
    material = _material(arguments.mnist, arguments.pendigits, np.random.default_rng([arguments.seed, 2]))
    mnist_test = material.tests["MNIST, test set"]
    dataset = Dataset("bundled", "MNIST, pen strokes and tablet writing", material.trained, mnist_test)
    config = replace(CONFIG, seed=arguments.seed)
    with blas_threads_limited(N_THREADS):
        trainer = _train(config, dataset, arguments.epochs)
        temperature = _temperature(trainer.network, material.held_back)
        network = with_temperature(trainer.network, temperature)
        results = {name: measured(network, samples) for name, samples in material.tests.items()}
    accuracy, error = results["MNIST, test set"]
    figures = {"test_accuracy": accuracy, "calibration_error": error, "temperature": temperature}
    about = ModelAbout(config, dataset.name, arguments.epochs, trainer.iteration, N_THREADS, figures)
    _write(arguments.output, network, about, _readme(about, material, results))


def _material(mnist_folder: Path, tablet_folder: Path | None, rng: np.random.Generator) -> Material:
    mnist = load_mnist(mnist_folder)
    known = mnist.train.first(len(mnist.train) - MNIST_HELD_BACK)
    held_back = [mnist.train.at(slice(len(known), None))]
    tests = {"MNIST, test set": mnist.test, "bpviz's pen strokes, test set": load_strokes().test}
    parts = [known, varied_images(known, MNIST_COPIES, rng)]
    parts += [drawn_strokes(DRAWN_STROKES, rng), model_drawings(MODEL_DRAWINGS, rng)]
    if tablet_folder is not None:
        written, unseen = read_tablet_digits(tablet_folder).parts()
        written, calibrating = written.parts(CALIBRATING_EVERY)
        parts += [varied_tablet(written, TABLET_COPIES, rng), tablet_drawings(written, TABLET_DRAWINGS, rng)]
        held_back.append(tablet_on_canvas(calibrating, rng))
        n_writers = len(np.unique(unseen.writers))
        tests[f"tablet digits of {n_writers} writers left out, drawn"] = tablet_on_canvas(unseen, rng)
    parts.append(no_digits(NO_DIGITS, rng))
    return Material(joined(parts), joined(held_back), tests)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mnist", type=Path, required=True, help="folder of the four MNIST files")
    parser.add_argument("--pendigits", type=Path, help="folder of the tablet digits' .npz file")
    parser.add_argument("--seed", type=int, default=0, help="default: %(default)s")
    parser.add_argument("--epochs", type=int, default=20, help="default: %(default)s")
    parser.add_argument("--output", type=Path, default=MODELS_FOLDER, help="default: resources/models")
    return parser.parse_args()


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


def _temperature(network: Network, held_back: Samples) -> float:
    z = network.forward(held_back.scaled(slice(None))).z[-1]
    return fitted_temperature(z, held_back.labels)


def _readme(about: ModelAbout, material: Material, results: Mapping[str, tuple[float, float]]) -> str:
    rows = (
        f"| {name} | {len(material.tests[name]):,} | {accuracy:.1%} | {error:.1%} |"
        for name, (accuracy, error) in results.items()
    )
    return _README.format(
        layers="-".join(map(str, about.config.layers)),
        activation=about.config.activation,
        epochs=about.epochs,
        samples=len(material.trained),
        optimizer=about.config.optimizer,
        learning_rate=about.config.learning_rate,
        seed=about.config.seed,
        rows="\n".join(rows).replace("%", " %"),
        temperature=about.figures["temperature"],
        tablet=_TABLET_CREDIT if any("tablet" in name for name in results) else "",
    )


def _write(folder: Path, network: Network, about: ModelAbout, readme: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    save_model(folder / "digits.safetensors", network, about)
    (folder / "README.md").write_text(readme, encoding="utf-8")
    print(readme)


if __name__ == "__main__":
    main()
