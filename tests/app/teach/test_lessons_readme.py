"""What resources/lessons/README.md tells those who write lessons."""

import re
from pathlib import Path

import pytest

from bpviz.app.teach.experiments import VOCABULARIES
from bpviz.resources import resource_path
from bpviz.viewmodel.lessons.lesson_reader import read_lesson

README = resource_path("lessons", "README.md").read_text(encoding="utf-8")


def section(stage: str) -> str:
    return README.split(f"\n### {stage}\n")[1].split("\n### ")[0]


def test_the_example_is_a_lesson(tmp_path: Path) -> None:
    course, texts = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "mine.toml").write_text(course, encoding="utf-8")
    (tmp_path / "mine.en.toml").write_text(texts, encoding="utf-8")
    lesson = read_lesson(tmp_path / "mine.toml", VOCABULARIES)
    assert [step.id for step in lesson.steps] == ["drag", "guess"]


@pytest.mark.parametrize("stage", VOCABULARIES)
def test_every_word_a_stage_understands_is_named(stage: str) -> None:
    words = VOCABULARIES[stage]
    named = set(re.findall(r"`([^`]+)`", section(stage)))
    known = {*words.run, *words.show, *words.actions, *words.measures, *words.parts, *words.acts}
    for settings in words.actions.values():
        known |= settings
    assert {str(getattr(word, "value", word)) for word in known} <= named
