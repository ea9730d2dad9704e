"""How a child process that stays is spoken to: the child's side of ``staying.py``."""

from __future__ import annotations

import faulthandler
import json
import os
import threading
from collections.abc import Callable
from typing import Any

from studio.jobs.commands import lines
from studio.jobs.pipes import take_over_pipes


def serve(take: Callable[[Any], object]) -> Callable[[str], None]:
    """Give ``take`` each message of the parent, on a thread; what is returned tells it a line.

    This process ends with its parent, at once and whatever it is doing. To be called before
    anything heavy is imported, so that nothing a library prints gets between the lines.
    """
    answers, commands = take_over_pipes(controlled=True)
    faulthandler.enable()

    def listen() -> None:
        for line in lines(commands) if commands is not None else ():
            take(json.loads(line))
        os._exit(0)  # work could go on for many seconds, for nobody

    def tell(line: str) -> None:
        data = line.encode("utf-8", "surrogateescape") + b"\n"
        try:
            while data:
                data = data[os.write(answers, data) :]
        except OSError:
            os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    return tell
