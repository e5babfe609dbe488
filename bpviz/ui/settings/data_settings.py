"""Settings of the data: which digits or points are trained on and tested with."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bpviz.data.samples import Dataset
from bpviz.ui.controls.choice_field import Choice, ChoiceField
from bpviz.ui.settings.point_settings import PointSettings
from bpviz.ui.settings.settings_section import SettingsSection
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.words.number_format import grouped

_BUNDLED = Choice("strokes", "Strokes", "Digits drawn by bpviz's own pen model; always there")
_MNIST = Choice("mnist", "MNIST", "70,000 digits written by people; downloaded when asked")
_FOLDER = Choice("folder", "A folder…", "Pictures of digits you bring, named by their label")
_NO_CLASS = Choice(
    "class", "Your class", refusal="Your class has no digits yet: draw some under Draw, Class digits"
)
_POINTS = (
    Choice("gaussians", "Gaussians", "Two clouds of points; a straight line parts them"),
    Choice("xor", "XOR", "Two classes in opposite quarters; no straight line parts them"),
    Choice("circle", "Circle", "A class around the other"),
    Choice("moons", "Moons", "Two arcs that reach into each other"),
    Choice("spiral", "Spiral", "Two arms wound around each other: the hardest"),
    Choice("curve", "Curve", "Numbers along a noisy curve, to be fitted: regression"),
)


class DataSettings(SettingsSection):
    """`dataset_requested` carries the name of the dataset wanted; it is shown only once it is there."""

    dataset_requested = Signal(str)

    def __init__(self, source: ThemeSource, dataset: Dataset, parent: QWidget | None = None) -> None:
        super().__init__(source, "Data", parent)
        self._choices = (_BUNDLED, _MNIST, _FOLDER, _NO_CLASS)
        self.dataset = ChoiceField(source, "Dataset", self._choices, dataset.name)
        self.add_row("Dataset", self.dataset)
        self.points = PointSettings(self)
        self.dataset.choice_changed.connect(self.dataset_requested)
        self.show_dataset(dataset)

    def show_dataset(self, dataset: Dataset) -> None:
        """Show which dataset is in use."""
        self._dataset = dataset
        self._name(dataset)
        self.points.show_dataset(dataset)
        self.set_note(f"{grouped(len(dataset.train))} train, {grouped(len(dataset.test))} test")

    def offer_class(self, n_digits: int) -> None:
        """Offer the class's digits, or say why they cannot be had while there are none."""
        tip = f"{grouped(n_digits)} digits collected on the canvas"
        self._choices = (*self._choices[:-1], Choice("class", "Your class", tip) if n_digits else _NO_CLASS)
        self._name(self._dataset)

    def _name(self, dataset: Dataset) -> None:
        # A dataset made elsewhere (a test, points put down by hand) is shown by its title, not refused.
        choices = (*self._choices, *_POINTS)
        known = {choice.key for choice in choices}
        others = () if dataset.name in known else (Choice(dataset.name, dataset.title),)
        self.dataset.set_choices((*choices, *others), dataset.name)
