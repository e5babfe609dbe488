"""What pip's failures mean, in one sentence."""

import pytest
from launch.pip import explain, pip_install
from launch.project import Project, SetupError

from .pretend import pretend_python

REFUSED = "Retrying after connection broken by 'NewConnectionError(...): [Errno 111] Connection refused'"
UNRESOLVED = "Failed to establish a new connection: [Errno -3] Temporary failure in name resolution"


@pytest.mark.parametrize(
    "output", [REFUSED, UNRESOLVED, "[Errno 11001] getaddrinfo failed", "[Errno 111] Connection refused"]
)
def test_a_missing_network_is_named(output: str) -> None:
    assert "offline" in explain(output)


def test_other_failures_are_not_blamed_on_the_network() -> None:
    assert "offline" not in explain("ERROR: No space left on device")


def test_pip_is_silent_when_all_goes_well(project: Project, capfd: pytest.CaptureFixture[str]) -> None:
    pretend_python(project, "print('Collecting numpy')")
    pip_install(project, ["numpy"])
    assert capfd.readouterr() == ("", "")


def test_pip_is_quoted_when_it_fails(project: Project) -> None:
    pretend_python(project, "print('ERROR: No space left on device'); sys.exit(1)")
    with pytest.raises(SetupError, match="No space left on device"):
        pip_install(project, ["numpy"])


def test_every_version_comes_from_the_pins(project: Project) -> None:
    pretend_python(project, "print(sys.argv); sys.exit(1)")
    with pytest.raises(SetupError) as failed:
        pip_install(project, ["numpy"])
    assert f"'--constraint', '{project.constraints}', 'numpy'" in str(failed.value)
