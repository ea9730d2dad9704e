"""A child that is killed while it says a line, for tests."""

from __future__ import annotations

import os
import signal


def main() -> int:
    os.write(1, b'{}\n{"mask":')
    os.kill(os.getpid(), signal.SIGKILL)
    return 0
