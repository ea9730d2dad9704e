"""Where one stopped: the image that was shown last, for the project to go on with."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from studio.settings import RECENT_LIMIT, Settings
from studio.ui.document import Document

PAUSE_MS = 500
"""Leafing through images writes no settings; resting on one does."""


class LastImage(QObject):
    """Keeps the shown image's id by the project's folder, for the newest few projects."""

    def __init__(self, document: Document, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._settings = settings
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        document.image_shown.connect(self._rest)

    @Slot(int)
    def _rest(self, image_id: int) -> None:
        self._pause.start()

    @property
    def image_id(self) -> int:
        """The image that was shown when the project was closed, 0 where none is known."""
        known = self._settings.last_images.get(self._project)
        return known if isinstance(known, int) else 0

    def keep(self) -> None:
        """Write down which image is shown."""
        self._pause.stop()
        shown = self._document.image_id
        if shown and shown != self.image_id:
            others = {p: i for p, i in self._settings.last_images.items() if p != self._project}
            newest = dict([*others.items(), (self._project, shown)][-RECENT_LIMIT:])
            self._settings.change(last_images=newest)

    @property
    def _project(self) -> str:
        return str(self._document.project.resolve())
