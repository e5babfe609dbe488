"""Check the whole project: format, lint, types, floors, tests. Arguments are passed on to pytest."""

import sys

from launch.python_version import require_python

require_python(sys.version_info)

from launch.checks import run_checks  # noqa: E402  only a Python new enough may read it

if __name__ == "__main__":
    sys.exit(run_checks(sys.argv[1:]))
