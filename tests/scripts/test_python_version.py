"""Pythons too old are refused in one sentence, before anything they cannot read is imported."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from launch.python_version import require_python

SCRIPTS = Path(__file__).parents[2] / "scripts"
READ_BY_OLD_PYTHONS = ("run.py", "test.py", "launch/__init__.py", "launch/python_version.py")


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13)])
def test_an_old_python_is_told_both_versions(version: tuple[int, ...]) -> None:
    with pytest.raises(SystemExit) as stopped:
        require_python(version)
    sentence = str(stopped.value)
    assert "needs Python 3.11 or newer" in sentence
    assert f"this is Python {version[0]}.{version[1]}." in sentence


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 2), (4, 0, 0)])
def test_a_new_python_may_go_on(version: tuple[int, ...]) -> None:
    require_python(version)


@pytest.mark.parametrize("script", ["run.py", "test.py"])
def test_the_version_is_checked_before_newer_code_is_read(script: str) -> None:
    code = (
        "import runpy, sys\n"
        "sys.version_info = (3, 8, 1)\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "try:\n"
        "    runpy.run_path(sys.argv[1] + '/' + sys.argv[2], run_name='__main__')\n"
        "finally:\n"
        "    print(sorted(name for name in sys.modules if name.startswith('launch')))\n"
    )
    command = [sys.executable, "-c", code, str(SCRIPTS), script]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "this is Python 3.8." in done.stderr
    assert done.stdout.strip() == "['launch', 'launch.python_version']"


@pytest.mark.parametrize("name", READ_BY_OLD_PYTHONS)
def test_what_old_pythons_read_has_no_newer_syntax(name: str) -> None:
    source = (SCRIPTS / name).read_text(encoding="utf-8")
    assert source.isascii()
    for node in ast.walk(ast.parse(source)):
        assert not isinstance(node, ast.JoinedStr | ast.AnnAssign | ast.NamedExpr | ast.Match)
        if isinstance(node, ast.FunctionDef):
            assert node.returns is None
            assert all(argument.annotation is None for argument in node.args.args)
