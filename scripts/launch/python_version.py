"""Refuses Pythons too old for bpviz, in words they can still read: this file must parse on Python 2.7."""

import sys

NEEDED = (3, 11)


def require_python(version):
    # type: (tuple[object, ...]) -> None
    """Stop with one sentence unless `version`, in the form of `sys.version_info`, is new enough."""
    if tuple(version[:2]) < NEEDED:
        sys.exit(
            "bpviz needs Python %s or newer; this is Python %s. Start it with a newer one: python%s %s"
            % (_dotted(NEEDED), _dotted(version[:2]), _dotted(NEEDED), sys.argv[0])
        )


def _dotted(version):
    # type: (tuple[object, ...]) -> str
    return ".".join(str(part) for part in version)
