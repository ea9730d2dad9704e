"""Which projects are still there, found out without waiting: the network drive that one lies on
may take minutes to say that it has gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QObject, Signal

from studio.storage.folder import is_project
from studio.ui.threads.hand_over import to_window


class Presence(QObject):
    """Looks for each project on a thread of its own, so that one that hangs holds up nothing.

    Signals:
        found(Path, bool): whether this project is there.
    """

    found = Signal(object, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._missing: set[Path] = set()
        self._awaited: set[Path] = set()
        self._tell = to_window(self, self._receive)

    def is_missing(self, project: Path) -> bool:
        """Whether the project was not there when it was last looked for."""
        return project in self._missing

    def look_for(self, project: Path) -> None:
        """Look for a project; ``found`` follows, unless its drive never answers."""
        if project not in self._awaited:
            self._awaited.add(project)
            # Nobody waits for its end, not even the program's.
            Thread(target=_look, args=(project, self._tell), daemon=True).start()

    def _receive(self, project: Path, is_there: bool) -> None:
        self._awaited.discard(project)
        if is_there:
            self._missing.discard(project)
        else:
            self._missing.add(project)
        self.found.emit(project, is_there)


def _look(project: Path, tell: Callable[[Path, bool], None]) -> None:
    tell(project, is_project(project))
