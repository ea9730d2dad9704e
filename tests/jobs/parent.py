"""A window's queue in a process that is about to be killed: ``python -m tests.jobs.parent DIR``."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication

from studio.jobs.protocol import CallRequest
from studio.jobs.queue import JobQueue

if __name__ == "__main__":
    app = QCoreApplication(sys.argv)
    queue = JobQueue()
    queue.submit(CallRequest("tests.jobs.tasks:checkpoint", {"folder": sys.argv[1]}))
    sys.exit(app.exec())
