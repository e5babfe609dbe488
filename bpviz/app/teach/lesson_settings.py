"""Reads the values a lesson sets, with a sentence for what does not fit."""

from bpviz.errors import ConfigError
from bpviz.viewmodel.lessons.lesson import Settings


def whole(settings: Settings, key: str, default: int) -> int:
    """Return a whole number."""
    value = settings.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ConfigError(f"'{key}' is {value!r}; a whole number is needed")
    return value


def number(settings: Settings, key: str, default: float) -> float:
    """Return a number."""
    value = settings.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ConfigError(f"'{key}' is {value!r}; a number is needed")
    return float(value)


def words(settings: Settings, key: str, default: str) -> str:
    """Return a text."""
    value = settings.get(key, default)
    if not isinstance(value, str):
        raise ConfigError(f"'{key}' is {value!r}; a text is needed")
    return value


def flag(settings: Settings, key: str, default: bool) -> bool:
    """Return true or false."""
    value = settings.get(key, default)
    if not isinstance(value, bool):
        raise ConfigError(f"'{key}' is {value!r}; true or false is needed")
    return value


def whole_numbers(settings: Settings, key: str, default: tuple[int, ...]) -> tuple[int, ...]:
    """Return whole numbers."""
    value = settings.get(key, list(default))
    if not isinstance(value, list) or not all(isinstance(item, int) for item in value):
        raise ConfigError(f"'{key}' is {value!r}; a list of whole numbers is needed")
    return tuple(int(item) for item in value)


def numbers(settings: Settings, key: str, default: tuple[float, ...]) -> tuple[float, ...]:
    """Return numbers."""
    value = settings.get(key, list(default))
    if not isinstance(value, list) or any(isinstance(item, str) for item in value):
        raise ConfigError(f"'{key}' is {value!r}; a list of numbers is needed")
    return tuple(float(item) for item in value)


def strings(settings: Settings, key: str) -> tuple[str, ...]:
    """Return texts, none where the key is not there."""
    value = settings.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"'{key}' is {value!r}; a list of texts is needed")
    return tuple(str(item) for item in value)


def one_of(settings: Settings, key: str, default: str, known: tuple[str, ...]) -> str:
    """Return one of the words there are."""
    value = words(settings, key, default)
    if value not in known:
        raise ConfigError(f"'{key}' is '{value}'; choose one of {', '.join(known)}")
    return value
