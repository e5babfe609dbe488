"""Which steps of the way from a drawing to the network's 28 x 28 input are taken."""

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class Preparation:
    """The steps a drawing goes through; each can be left out to see what it is worth.

    Attributes
    ----------
    crops
        The ink's box is cut out. Without it the whole canvas is scaled.
    keeps_shape
        The box keeps its proportions. Without it, it is stretched to 20 x 20.
    centers_mass
        The centre of mass is put on index (14, 14). Without it the middle of the box is.
    evens_pen
        Strokes are brought to the width MNIST's have. Without it they stay as thin or thick as they come.
    """

    crops: bool = True
    keeps_shape: bool = True
    centers_mass: bool = True
    evens_pen: bool = True

    def without(self, step: str) -> "Preparation":
        """Return the same without one step, by its name."""
        return replace(self, **{step: False})

    @property
    def left_out(self) -> tuple[str, ...]:
        """The names of the steps not taken, in their order."""
        return tuple(name for name in STEP_NAMES if not getattr(self, name))


STEP_NAMES = tuple(field.name for field in fields(Preparation))
ALL_STEPS = Preparation()
