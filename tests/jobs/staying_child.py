"""A child that stays, for tests: it does what each message names."""

from __future__ import annotations

import os
import queue
import time
from typing import Any

from studio.jobs.serving import serve


def main() -> int:
    asked: queue.Queue[Any] = queue.Queue()
    tell = serve(asked.put)
    while True:
        match asked.get():
            case {"say": text}:
                tell(text)
            case {"sleep": seconds}:
                tell(str(os.getpid()))
                time.sleep(seconds)
            case {"print": text}:
                print(text)
                os.system("echo a child process speaks")
                tell("printed")
            case {"exit": code}:
                return code
            case message:
                raise ValueError(f"no such thing: {message}")
