"""What the model will really see: training images as the present settings vary them.

A child process makes them with the code that feeds training, since the window imports no torch.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QTemporaryDir, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.domain.runs import Task
from studio.errors import Sentence
from studio.jobs.protocol import PreviewRequest
from studio.jobs.queue import JobQueue
from studio.jobs.thread import JobThread
from studio.learning.config import TrainConfig
from studio.learning.events import Ended, ImagePredicted
from studio.ui import marks, theme
from studio.ui.document import Document
from studio.ui.icons import icon
from studio.ui.style_sheet import set_role
from studio.ui.thumbnails.loader import ThumbnailLoader
from studio.ui.widgets.picture_grid import Picture, PictureGrid
from studio.ui.wording import messages

IMAGES = 12
CELL_PX = 180
TITLE_PX = 40
"""About what a window's title takes."""
PAUSE_MS = 500
"""Settings that change one after the other are shown once, after this pause."""


class PreviewDialog(QDialog):
    """A grid of varied training images with what is asked for drawn on them.

    It stays open over the right side of its parent and follows the settings on the left.
    """

    def __init__(self, document: Document, queue: JobQueue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._queue = document, queue
        self._config: TrainConfig | None = None
        self._folder: QTemporaryDir | None = None
        self._job: JobThread | None = None
        self._draw = self._asked = 0
        self._found: list[Picture] = []
        self._failed: Sentence | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.grid = PictureGrid(ThumbnailLoader.of(document), CELL_PX)
        self.note = QLabel(wordWrap=True)
        set_role(self.note, "quiet")
        self.others = QPushButton()
        self.others.setIcon(icon("refresh"))
        self.others.setAutoDefault(False)
        self.others.clicked.connect(self._show_others)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.note, 1)
        head.addWidget(self.others)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.SPACE)
        column.addLayout(head)
        column.addWidget(self.grid, 1)

    def sizeHint(self) -> QSize:
        """Room for two pictures in a row and three rows."""
        return QSize(2 * CELL_PX + 2 * theme.WIDE + 48, 3 * self.grid.cell.height() + 112)

    def _move_aside(self) -> None:
        """Leave the names and values of the settings in sight."""
        parent, size = self.parentWidget(), self.sizeHint()
        if parent is not None:
            corner = parent.mapToGlobal(parent.rect().topRight())
            self.resize(size.width(), min(size.height(), parent.height() - TITLE_PX))
            self.move(corner.x() - size.width(), corner.y() + TITLE_PX)

    def retranslate(self) -> None:
        """Take texts from the present language."""
        self.setWindowTitle(self.tr("What the model will see"))
        self.others.setText(self.tr("Other images"))
        self._say()

    def show_config(self, config: TrainConfig | None) -> None:
        """Follow other settings; None where nothing can be trained."""
        if config == self._config:
            return
        self._config = config
        if self.isVisible():
            self._pause.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Make pictures for the present settings."""
        if not self.testAttribute(Qt.WidgetAttribute.WA_Moved):
            self._move_aside()
        super().showEvent(event)
        self._pause.start(0)

    def done(self, result: int) -> None:
        """Make no more pictures, and remove those that were made."""
        self._leave()
        self.grid.pictures.show(())
        self._folder = None
        super().done(result)

    # Asking the child process --------------------------------------------------------------

    @Slot()
    def _show_others(self) -> None:
        self._draw += 1
        self._ask()

    @Slot()
    def _ask(self) -> None:
        self._leave()
        self._found, self._failed = [], None
        if self._config is None:
            self.grid.pictures.show(())
            self._say()
            return
        if self._folder is None:
            self._folder = QTemporaryDir()
        self._asked += 1
        folder = Path(self._folder.path()) / str(self._asked)
        request = PreviewRequest(self._document.project, self._config, folder, IMAGES, self._draw)
        self._job = self._queue.submit(request, expendable=True)
        self._job.event_arrived.connect(self._on_event)
        self._job.ended.connect(self._on_ended)
        self._say()

    def _leave(self) -> None:
        """Forget the question that is under way."""
        self._pause.stop()
        if self._job is not None:
            self._job.event_arrived.disconnect(self._on_event)
            self._job.ended.disconnect(self._on_ended)
            self._job.request_stop("discard")
            self._job = None

    @Slot(object)
    def _on_event(self, event: object) -> None:
        if isinstance(event, ImagePredicted):
            colors = {label.name: label.color for label in self._document.reader.labels()}
            self._found.append(_picture(event.prediction, colors))
            self.grid.pictures.show(self._found)

    @Slot(object)
    def _on_ended(self, ended: Ended) -> None:
        self._job = None
        if ended.state == "failed":
            self._failed = ended.sentence
            self.grid.pictures.show(())
        self._say()

    def _say(self) -> None:
        if self._failed is not None:
            self.note.setText(messages.sentence(self._failed))
        elif self._config is None:
            self.note.setText(self.tr("There is too little labelled to train on yet."))
        elif self._job is not None:
            self.note.setText(self.tr("Varying images…"))
        elif self._config.task is Task.CLASSIFY:
            self.note.setText(
                self.tr("Training images as the model gets them, with the class it is asked for.")
            )
        else:
            self.note.setText(
                self.tr("Training images as the model gets them, with what it is asked to find.")
            )


def _picture(prediction: Mapping[str, Any], colors: Mapping[str, str]) -> Picture:
    """One cell; a classifier's caption names the classes and, of a blend, their parts."""
    scores: Mapping[str, float] = prediction.get("scores") or {}
    objects = prediction.get("objects") or ()
    named = {each["label"]: None for each in objects if each["label"]}
    caption = messages.listed(
        name if part == 1 else f"{name} {part:.0%}" for name, part in scores.items()
    ) or messages.listed(named)
    size = (int(prediction["width"]), int(prediction["height"]))
    drawn = tuple(marks.true(prediction, colors))
    return Picture(Path(prediction["file"]), size, drawn, caption or "–", hint=caption)
