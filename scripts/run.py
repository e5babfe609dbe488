"""Start bpviz with the arguments given, after setting it up on the first start or when something is amiss."""

import sys

from launch.python_version import require_python

require_python(sys.version_info)

from launch.program import start_bpviz  # noqa: E402  only a Python new enough may read it

if __name__ == "__main__":
    sys.exit(start_bpviz(sys.argv[1:]))
