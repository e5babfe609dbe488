"""Reads a lesson: its course from ``NAME.toml``, what it says from ``NAME.LANGUAGE.toml`` beside it.

A lesson without a file of texts may hold them itself: `title` and `subtitle` at its top, the texts of a step
inside the step.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from bpviz.viewmodel.lessons.expression import Expression
from bpviz.viewmodel.lessons.lesson import (
    Action,
    Choice,
    Lesson,
    Prediction,
    Settings,
    Step,
    Value,
    Vocabulary,
    Wait,
)
from bpviz.viewmodel.lessons.lesson_table import LessonError, Table, read_table
from bpviz.viewmodel.lessons.lesson_text import LessonText

FALLBACK_LANGUAGE = "en"
_LESSON_KEYS = ("number", "stage", "title", "subtitle", "run", "step")
_TEXT_KEYS = ("say", "ask", "choices", "revealed", "revealed_if", "hint", "worksheet")
_STEP_KEYS = ("id", "do", "show", "spotlight", "predict", "wait", *_TEXT_KEYS)
_FEWEST_STEPS, _MOST_STEPS, _MOST_CHOICES = 2, 40, 5
_OF_CHOICES = {"before": 0, "after": 0, "change": 0}


def read_lesson(
    path: Path, vocabularies: Mapping[str, Vocabulary], language: str = FALLBACK_LANGUAGE
) -> Lesson:
    """Return the lesson of a file, with its texts in this language, or in English where there are none.

    Parameters
    ----------
    vocabularies
        What each kind of stage understands.

    Raises
    ------
    LessonError
        If anything in it cannot be used: which file, step and key, what was found and what is needed.
    """
    table, texts = read_table(path), _read_texts(path, language)
    table.check_keys(_LESSON_KEYS)
    stage = table.string("stage")
    if stage not in vocabularies:
        raise table.wrong("stage", f"it is '{stage}'; choose one of {', '.join(sorted(vocabularies))}")
    vocabulary = vocabularies[stage]
    headed = texts if "title" in texts.values else table
    return Lesson(
        id=path.stem,
        number=table.whole_number("number"),
        stage=stage,
        title=headed.string("title"),
        subtitle=headed.string("subtitle", ""),
        run=_settings(table.table("run"), vocabulary.run),
        steps=_steps(table, texts, vocabulary),
    )


def _read_texts(path: Path, language: str) -> Table:
    for name in (language, FALLBACK_LANGUAGE):
        file = path.with_name(f"{path.stem}.{name}.toml")
        if file.is_file():
            return read_table(file)
    return Table(path.name, {})


def _steps(table: Table, texts: Table, vocabulary: Vocabulary) -> tuple[Step, ...]:
    tables = table.tables("step")
    if not _FEWEST_STEPS <= len(tables) <= _MOST_STEPS:
        raise table.wrong(
            "step", f"there are {len(tables)} steps; {_FEWEST_STEPS} to {_MOST_STEPS} are needed"
        )
    named = [Table(f"{step.place} ('{step.string('id')}')", step.values) for step in tables]
    ids = [step.string("id") for step in named]
    for step, id_ in zip(named, ids, strict=True):
        if ids.count(id_) > 1:
            raise step.wrong("id", f"two steps are called '{id_}'")
    texts.check_keys(("title", "subtitle", *ids))
    return tuple(_StepReader(step, texts, vocabulary).read() for step in named)


class _StepReader:
    """Reads one step from its table and its table of texts."""

    def __init__(self, table: Table, texts: Table, vocabulary: Vocabulary) -> None:
        table.check_keys(_STEP_KEYS)
        self._table = table
        self._vocabulary = vocabulary
        id_ = table.string("id")
        own = texts.table(id_) if id_ in texts.values else None
        if own is not None:
            own.check_keys(_TEXT_KEYS)
        self._texts = table if own is None else Table(f"{texts.place}, step '{id_}'", own.values)

    def read(self) -> Step:
        table = self._table
        spotlight = table.strings("spotlight")
        for part in spotlight:
            if part not in self._vocabulary.parts:
                raise table.wrong("spotlight", _unknown("part", part, self._vocabulary.parts))
        prediction = self._prediction() if "predict" in table.values else None
        return Step(
            id=table.string("id"),
            say=self._text("say", "" if prediction else None),
            do=self._actions(table, "do"),
            show=_settings(table.table("show"), self._vocabulary.show),
            spotlight=spotlight,
            prediction=prediction,
            wait=self._wait() if "wait" in table.values else None,
            worksheet=self._worksheet(),
        )

    def _prediction(self) -> Prediction:
        table = self._table.table("predict")
        table.check_keys(("of", "reveal", "choice"))
        choices = table.tables("choice")
        if not 2 <= len(choices) <= _MOST_CHOICES:
            raise table.wrong("choice", f"there are {len(choices)} choices; 2 to {_MOST_CHOICES} are needed")
        if sum("when" not in choice.values for choice in choices) != 1:
            raise table.wrong("choice", "just one choice must have no 'when': the one right when no other is")
        of = self._expression(table, "of")
        return Prediction(
            question=self._text("ask"),
            of=of,
            reveal=self._actions(table, "reveal"),
            choices=tuple(self._choice(choice, of is not None) for choice in choices),
            revealed=self._text("revealed", "", _OF_CHOICES if of else {}),
        )

    def _choice(self, table: Table, has_measure: bool) -> Choice:
        table.check_keys(("id", "when"))
        id_, own = table.string("id"), _OF_CHOICES if has_measure else {}
        texts, revealed = self._texts.table("choices"), self._texts.table("revealed_if")
        return Choice(
            id=id_,
            when=self._expression(table, "when", own),
            text=self._text(id_, None, own, texts),
            revealed=self._text(id_, "", own, revealed),
        )

    def _wait(self) -> Wait:
        table = self._table.table("wait")
        table.check_keys(("act", "until", "help"))
        if ("act" in table.values) == ("until" in table.values):
            raise self._table.wrong("wait", "either 'act' or 'until' is needed")
        help_ = self._actions(table, "help")
        if not help_:
            raise table.wrong("help", "the actions that do it for the learner are needed")
        act = table.string("act") if "act" in table.values else None
        if act is not None and act not in self._vocabulary.acts:
            raise table.wrong("act", _unknown("act", act, self._vocabulary.acts))
        return Wait(act, self._expression(table, "until"), self._text("hint"), help_)

    def _actions(self, table: Table, key: str) -> tuple[Action, ...]:
        return tuple(self._action(action) for action in table.tables(key))

    def _action(self, table: Table) -> Action:
        name = table.string("do")
        if name not in self._vocabulary.actions:
            raise table.wrong("do", _unknown("action", name, self._vocabulary.actions))
        settings = {key: value for key, value in table.values.items() if key != "do"}
        return Action(name, _settings(Table(table.place, settings), self._vocabulary.actions[name]))

    def _worksheet(self) -> tuple[LessonText, ...]:
        lines = self._texts.strings("worksheet")
        place = self._texts.place
        return tuple(
            self._checked(Table(place, {"worksheet": line}), "worksheet", "", _OF_CHOICES) for line in lines
        )

    def _text(
        self,
        key: str,
        default: str | None = None,
        own: Mapping[str, int] | None = None,
        table: Table | None = None,
    ) -> LessonText:
        return self._checked(table or self._texts, key, default, own or {})

    def _checked(self, table: Table, key: str, default: str | None, own: Mapping[str, int]) -> LessonText:
        text = table.text(key, default)
        for expression in text.expressions:
            self._check_measures(table, key, expression, own)
        return text

    def _expression(self, table: Table, key: str, own: Mapping[str, int] | None = None) -> Expression | None:
        expression = table.expression(key)
        if expression is not None:
            self._check_measures(table, key, expression, own or {})
        return expression

    def _check_measures(self, table: Table, key: str, expression: Expression, own: Mapping[str, int]) -> None:
        known = {**self._vocabulary.measures, **own}
        for call in expression.calls:
            if call.name not in known:
                raise table.wrong(key, _unknown("measure", call.name, known))
            if len(call.arguments) != known[call.name]:
                raise table.wrong(
                    key,
                    f"the measure '{call.name}' is given {len(call.arguments)} values; "
                    f"it needs {known[call.name]}",
                )


def _settings(table: Table, known: Iterable[str]) -> Settings:
    table.check_keys(known)
    return {key: _value(table, key, value) for key, value in table.values.items()}


def _value(table: Table, key: str, value: object) -> Value:
    match value:
        case str() | bool() | int() | float():
            return value
        case list() if all(isinstance(item, int) for item in value):
            return [int(item) for item in value]
        case list() if all(isinstance(item, int | float) for item in value):
            return [float(item) for item in value]
        case list() if all(isinstance(item, str) for item in value):
            return [str(item) for item in value]
        case _:
            raise table.wrong(key, f"it is {value!r}; a text, a number, true, false or a list is needed")


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    return f"there is no {what} '{name}'; choose one of {', '.join(sorted(known)) or 'none'}"


__all__ = ["FALLBACK_LANGUAGE", "LessonError", "read_lesson"]
