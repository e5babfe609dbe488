"""The rules of the house that no other tool holds."""

import ast
import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOP_LEVEL = {"README.md", "pyproject.toml", "bpviz", "resources", "tests", "scripts"}
TOP_LEVEL_DOT_FILES = {".ci", ".gitignore"}
CODE = ("bpviz", "scripts", "tests")

MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 40
# Reading a file with these can run what is in it, or fill the memory from a few bytes.
UNSAFE_MODULES = {"pickle", "cPickle", "dill", "joblib", "marshal", "shelve"}
UNSAFE_CALLS = {"eval", "exec", "compile", "__import__"}
THREAD_MAKERS = {
    "Thread",
    "Timer",
    "ThreadPoolExecutor",
    "ProcessPoolExecutor",
    "Process",
    "QThread",
    "QThreadPool",
}
THREADS_ARE_MADE_IN = "bpviz/training/worker.py"

MODULES = sorted(path for folder in CODE for path in (ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@functools.cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions_of(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def called_names(path: Path) -> set[str]:
    """Return the last word of everything the module calls: `f` for f(), x.f() and a.b.f()."""
    calls = (node.func for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call))
    return {
        function.id if isinstance(function, ast.Name) else function.attr
        for function in calls
        if isinstance(function, ast.Name | ast.Attribute)
    }


def plainly_called_names(path: Path) -> set[str]:
    calls = (node.func for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call))
    return {function.id for function in calls if isinstance(function, ast.Name)}


def imported_modules(path: Path) -> set[str]:
    """Return the first word of every imported module."""
    names: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(str(node.module).partition(".")[0])
    return names


def kept_files() -> list[Path]:
    """Return the files that belong to the project: what git keeps, or everything where there is no git."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is not a git checkout")
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_the_top_level_holds_what_it_should_and_nothing_else() -> None:
    found = {path.relative_to(ROOT).parts[0] for path in kept_files()}
    assert found - TOP_LEVEL - TOP_LEVEL_DOT_FILES == set()


def test_nothing_outside_the_project_is_named_but_by_ci() -> None:
    outside = b"../" + b"shared"
    naming = {name_of(path) for path in kept_files() if outside in path.read_bytes()}
    assert naming <= {".ci/run"}


def test_files_that_can_run_code_are_never_read() -> None:
    unsafe = {name_of(path): imported_modules(path) & UNSAFE_MODULES for path in MODULES}
    assert {name: modules for name, modules in unsafe.items() if modules} == {}


def test_text_is_never_run_as_code() -> None:
    unsafe = {name_of(path): plainly_called_names(path) & UNSAFE_CALLS for path in MODULES}
    assert {name: calls for name, calls in unsafe.items() if calls} == {}


def test_arrays_are_loaded_without_pickle() -> None:
    for path in MODULES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.keyword) and node.arg == "allow_pickle":
                assert isinstance(node.value, ast.Constant), name_of(path)
                assert node.value.value is False, name_of(path)


def test_threads_are_made_in_one_file() -> None:
    makers = {name_of(path) for path in MODULES if called_names(path) & THREAD_MAKERS}
    assert {name for name in makers if name.startswith("bpviz/")} <= {THREADS_ARE_MADE_IN}


def test_every_module_says_what_it_is() -> None:
    silent = [name_of(path) for path in MODULES if not ast.get_docstring(tree_of(path))]
    assert [name for name in silent if not name.startswith("tests/")] == []


def test_files_stay_short_enough_to_read_in_one_sitting() -> None:
    lengths = {name_of(path): lines_without_tables(path) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > MAX_FILE_LINES} == {}


def test_functions_stay_short_enough_to_see_at_once() -> None:
    lengths = {
        f"{name_of(path)}:{function.name}": code_lines(function)
        for path in MODULES
        for function in functions_of(path)
    }
    assert {name: length for name, length in lengths.items() if length > MAX_FUNCTION_LINES} == {}


def lines_without_tables(path: Path) -> int:
    """Return the file's length, long tables of constants aside: those are looked up, not read."""
    tables = (
        node
        for node in tree_of(path).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.Dict | ast.List | ast.Set | ast.Tuple)
    )
    skipped = sum((table.end_lineno or 0) - table.lineno for table in tables)
    return len(path.read_text(encoding="utf-8").splitlines()) - skipped


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the function's length without its docstring."""
    return (function.end_lineno or 0) - function.lineno + 1 - docstring_lines(function)


def docstring_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = function.body[0]
    if ast.get_docstring(function) is None:
        return 0
    return (first.end_lineno or 0) - first.lineno + 1
