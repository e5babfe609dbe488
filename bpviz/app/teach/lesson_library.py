"""Finds lessons: those that come with bpviz, and those a teacher has put into a folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from bpviz.resources import resource_path
from bpviz.viewmodel.lessons.lesson import Lesson, Vocabulary
from bpviz.viewmodel.lessons.lesson_reader import LessonError, read_lesson

MOST_LESSONS = 100


@dataclass(frozen=True, slots=True)
class Library:
    """The lessons found.

    Attributes
    ----------
    lessons
        By number, then by name.
    problems
        A sentence for each file that cannot be used: which file, step and key, what is wrong.
    """

    lessons: tuple[Lesson, ...]
    problems: tuple[str, ...]

    def lesson(self, lesson_id: str) -> Lesson:
        """Return the lesson of this id.

        Raises
        ------
        LessonError
            If there is none.
        """
        for lesson in self.lessons:
            if lesson.id == lesson_id:
                return lesson
        known = ", ".join(lesson.id for lesson in self.lessons)
        raise LessonError(f"there is no lesson '{lesson_id}'; choose one of {known}")


def bundled_folder() -> Path:
    """Return the folder of the lessons that come with bpviz."""
    return resource_path("lessons")


def own_folder() -> Path:
    """Return the folder a teacher's own lessons are looked for in; it may not exist yet."""
    return Path(platformdirs.user_data_dir("bpviz", appauthor=False)) / "lessons"


def load_library(
    vocabularies: Mapping[str, Vocabulary], folders: tuple[Path, ...], language: str = "en"
) -> Library:
    """Return all lessons of these folders; a later one of the same name takes an earlier one's place.

    Parameters
    ----------
    vocabularies
        What each kind of stage understands.
    """
    found: dict[str, Lesson] = {}
    problems: list[str] = []
    for path in _lesson_files(folders):
        try:
            found[path.stem] = read_lesson(path, vocabularies, language)
        except LessonError as error:
            problems.append(str(error))
    lessons = sorted(found.values(), key=lambda lesson: (lesson.number, lesson.id))
    return Library(tuple(lessons), tuple(problems))


def _lesson_files(folders: tuple[Path, ...]) -> list[Path]:
    """Return the courses, not the texts, whose names have a language between two dots."""
    files: list[Path] = []
    for folder in folders:
        files += sorted(path for path in folder.glob("*.toml") if "." not in path.stem)
    return files[:MOST_LESSONS]
