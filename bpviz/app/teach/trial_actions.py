"""Cuts a long training into portions with a trial after each, and joins them again where none is wanted."""

from collections.abc import Sequence

from bpviz.app.teach.lesson_settings import whole
from bpviz.viewmodel.lessons.lesson import Action

_FEW_PORTIONS = 5


def in_portions(
    action: Action, n_samples: int, batch_size: int, is_hasty: bool = False
) -> tuple[Action, ...]:
    """Return a "train" action as one or more of so many iterations as ``measured_every`` says.

    Parameters
    ----------
    n_samples, batch_size
        How many iterations an epoch has follows from them.
    is_hasty
        Whether a few portions must do: nobody watches.
    """
    settings = dict(action.settings)
    every = whole(settings, "measured_every", 0)
    settings.pop("measured_every", None)
    total = whole(settings, "iterations", 0) + whole(settings, "epochs", 0) * -(-n_samples // batch_size)
    settings.pop("epochs", None)
    if every < 1 or total < 1:
        return (Action("train", {**settings, "iterations": total}),)
    if is_hasty:
        every = max(every, -(-total // _FEW_PORTIONS))
    sizes = [every] * (total // every)
    if total % every:
        sizes.append(total % every)
    return tuple(Action("train", {**settings, "iterations": size}) for size in sizes)


def merged(actions: Sequence[Action]) -> tuple[Action, ...]:
    """Return actions that lead to the same place, trainings in a row as one."""
    found: list[Action] = []
    for action in actions:
        if action.name == "train" and found and found[-1].name == "train":
            iterations = whole(found[-1].settings, "iterations", 0) + whole(action.settings, "iterations", 0)
            found[-1] = Action("train", {"iterations": iterations})
        else:
            found.append(action)
    return tuple(found)
