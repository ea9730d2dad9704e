"""The program: no argument or a project's folder opens the window, else the command line."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run the program on this process's arguments; returns its exit code."""
    # Everything is imported in here, so that Ctrl+C never leaves a traceback.
    try:
        arguments = sys.argv[1:]
        if _asks_for_window(arguments):
            return _open_window(*arguments)
        from studio.cli.app import run

        return run(arguments)
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return 130


def _asks_for_window(arguments: list[str]) -> bool:
    from pathlib import Path

    from studio.cli import COMMANDS

    match arguments:
        case []:
            return True
        case [word]:
            return word not in COMMANDS and Path(word).exists()
        case _:
            return False


def _open_window(project: str | None = None) -> int:
    from pathlib import Path

    displays = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in displays):
        return _no_window("there is no display (DISPLAY and WAYLAND_DISPLAY are not set)")
    try:
        from studio.ui import app
    except ImportError as error:
        return _no_window(str(error))
    return app.run(Path(project) if project else None)


def _no_window(reason: str) -> int:
    print(
        f"The window cannot open: {reason}. The commands work without it: studio --help. "
        "What is missing: studio doctor.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
