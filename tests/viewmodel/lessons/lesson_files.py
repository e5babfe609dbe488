"""A small lesson on paper, and the stage it is written for."""

from pathlib import Path

from bpviz.viewmodel.lessons.lesson import Vocabulary

VOCABULARIES = {
    "toy": Vocabulary(
        run=frozenset({"rate", "layers"}),
        show=frozenset({"phase"}),
        actions={"train": frozenset({"iterations"})},
        measures={"weight": 1, "loss": 0},
        parts=frozenset({"input", "output"}),
        acts=frozenset({"dragged"}),
    )
}

COURSE = """\
number = 3
stage = "toy"
[run]
rate = 0.5
layers = [784, 10]

[[step]]
id = "look"
do = [{ do = "train", iterations = 2 }]
show = { phase = "forward" }
spotlight = ["input"]
wait = { until = "loss < 1", help = [{ do = "train", iterations = 9 }] }

[[step]]
id = "guess"
[step.predict]
of = 'weight("w[1][0,0]")'
reveal = [{ do = "train", iterations = 1 }]
[[step.predict.choice]]
id = "up"
when = "change > 0"
[[step.predict.choice]]
id = "other"
"""

TEXTS = """\
title = "A toy"
subtitle = "Two steps"
[look]
say = "The loss is {loss:.2f|error}."
hint = "Drag it below 1."
worksheet = ["L = {?loss:.2f}"]
[guess]
ask = "Which way will it go?"
choices = { up = "Up", other = "Not up" }
revealed = "From {before:.1f} to {after:.1f}."
revealed_if = { up = "It grew by {change:+.1f}." }
"""


def write_lesson(folder: Path, course: str = COURSE, texts: str | None = TEXTS, name: str = "toy") -> Path:
    """Write a lesson's files; return the path of its course."""
    path = folder / f"{name}.toml"
    path.write_text(course, encoding="utf-8")
    if texts is not None:
        path.with_name(f"{name}.en.toml").write_text(texts, encoding="utf-8")
    return path
