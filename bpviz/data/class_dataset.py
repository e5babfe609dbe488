"""Collected digits as a dataset: to train on, to test with, alone or beside another dataset's digits."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from bpviz.data.class_digits import N_CLASSES, ClassDigit
from bpviz.data.class_file import SUFFIX, merged, read_digits, recover_digits
from bpviz.data.class_store import default_class_file
from bpviz.data.samples import Dataset, Samples
from bpviz.errors import DataError

NAME, TITLE = "class", "Your class"
TEST_EVERY = 5
MIXED_SHARE = 0.25
"""Beside another dataset the class's digits are repeated until they are this share of the training part."""
MAX_MIXED_REPEATS = 200

_TESTED_ON = f"/{NAME}"
_FEW = TEST_EVERY - 1


def class_dataset(digits: Sequence[ClassDigit]) -> Dataset:
    """Return a training and a test part: every fifth digit of each label, in the order drawn, is for testing.

    Of a label with two to four digits the last is for testing. If that leaves nothing to test with, both
    parts are all digits. Digits drawn later move none from one part to the other once a label has five.

    Raises
    ------
    DataError
        If there is no digit.
    """
    if not digits:
        raise DataError("the class has no digits yet; draw some on the canvas first")
    is_test = _test_rows(digits)
    train = [digit for digit, tests in zip(digits, is_test, strict=True) if not tests]
    test = [digit for digit, tests in zip(digits, is_test, strict=True) if tests]
    if not (train and test):
        train = test = list(digits)
    return Dataset(NAME, TITLE, class_samples(train), class_samples(test), N_CLASSES)


def class_samples(digits: Sequence[ClassDigit]) -> Samples:
    """Return the digits as samples, shape (n, 784), in their order."""
    inputs = np.array([digit.image.reshape(-1) for digit in digits], np.uint8)
    return Samples(inputs.reshape(len(digits), -1), np.array([digit.label for digit in digits], np.uint8))


def mixed_dataset(digits: Sequence[ClassDigit], other: Dataset) -> Dataset:
    """Return the class's dataset with `other`'s training digits put before its own.

    The class's training digits are repeated so that a batch holds a fair share of them; the test part is
    the class's alone.
    """
    own = class_dataset(digits)
    wanted = MIXED_SHARE / (1.0 - MIXED_SHARE) * len(other.train)
    repeats = min(max(round(wanted / len(own.train)), 1), MAX_MIXED_REPEATS)
    inputs = np.concatenate([other.train.inputs, np.tile(own.train.inputs, (repeats, 1))])
    labels = np.concatenate([other.train.labels, np.tile(own.train.labels, repeats)])
    name, title = f"{NAME}+{other.name}", f"{TITLE} and {other.title}"
    return replace(own, name=name, title=title, train=Samples(inputs, labels, other.train.input_scale))


def dataset_tested_on_class(digits: Sequence[ClassDigit], other: Dataset) -> Dataset:
    """Return `other` with all the class's digits as its test part.

    Raises
    ------
    DataError
        If there is no digit, or `other` is not about 28 x 28 images of ten digits.
    """
    if not digits:
        raise DataError("the class has no digits yet; draw some on the canvas first")
    test = class_samples(digits)
    if other.train.inputs.shape[1] != test.inputs.shape[1] or other.n_classes != N_CLASSES:
        raise DataError(
            f"{other.title} has no digits; a run on digits is needed, to be tested on the class's"
        )
    if other.name.endswith(_TESTED_ON):
        return replace(other, test=test)
    title = f"{other.title}, tested on {TITLE.lower()}"
    return replace(other, name=f"{other.name}{_TESTED_ON}", title=title, test=test)


def load_class(path: Path | None = None) -> Dataset:
    """Return the dataset of a file of digits, of all such files in a folder, or of the collection at hand.

    Raises
    ------
    DataError
        If there are no digits, or a file cannot be read.
    """
    if path is None:
        # What a crash left of the last line must not keep the others from being used.
        at_hand = default_class_file()
        return class_dataset(recover_digits(at_hand).digits if at_hand.exists() else ())
    files = sorted(path.glob(f"*{SUFFIX}")) if path.is_dir() else [path]
    if not files:
        raise DataError(f"{path} holds no file *{SUFFIX}; one saved by bpviz is needed")
    digits: tuple[ClassDigit, ...] = ()
    for file in files:
        digits += merged(digits, read_digits(file))
    return class_dataset(digits)


def _test_rows(digits: Sequence[ClassDigit]) -> list[bool]:
    totals = np.bincount([digit.label for digit in digits], minlength=N_CLASSES)
    places = [0] * N_CLASSES
    is_test = []
    for digit in digits:
        places[digit.label] += 1
        place = places[digit.label]
        is_last_of_few = 1 < place == totals[digit.label] <= _FEW
        is_test.append(place % TEST_EVERY == 0 or is_last_of_few)
    return is_test
