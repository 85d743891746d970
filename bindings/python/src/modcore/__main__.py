"""``python -m modcore``: the command, inside this process."""

from __future__ import annotations

import signal
import sys

from . import _core


def main() -> int:
    # Ctrl-C ends the command as it ends any program.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _core.run_command(["modcore", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
