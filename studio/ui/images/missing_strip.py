"""A strip that says how many image files are missing, and looks for them.

Beside the canvas it is shown with the images that are concerned, elsewhere as long as there are
any.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from functools import reduce
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from studio.domain.project import Changes
from studio.editing.relinking import Relinked, RelinkProgress, look_for_missing, note_missing
from studio.editing.session import Session
from studio.errors import StudioError
from studio.settings import Settings
from studio.storage import search
from studio.ui import theme
from studio.ui.document import Document
from studio.ui.icons import icon
from studio.ui.style_sheet import set_role
from studio.ui.threads.work import Task, Work
from studio.ui.widgets.elided_label import ElidedLabel
from studio.ui.wording import messages

COUNT_EVERY_MS = 300
ICON_PX = 16


class MissingStrip(QFrame):
    """Hidden as long as no file is known to be missing.

    Signals:
        show_wanted(): the images whose files are missing shall be shown.
        said(str): what came of looking for them.
    """

    show_wanted = Signal()
    said = Signal(str)

    def __init__(
        self,
        document: Document,
        settings: Settings,
        parent: QWidget,
        *,
        concerns: Callable[[], bool] = lambda: True,
    ) -> None:
        """``concerns`` says whether missing files matter to what is shown beside it now."""
        super().__init__(parent)
        set_role(self, "bar")
        self._document = document
        self._settings = settings
        self._concerns = concerns
        self._work: Work | None = None
        self._sign = QLabel()
        self._text = ElidedLabel(at_end=True)
        self._show = QPushButton()
        set_role(self._show, "link")
        self._look = QPushButton(icon("relink"), "")
        self._cancel = QPushButton()
        self._cancel.hide()
        self._counter = QTimer(self, singleShot=True, interval=COUNT_EVERY_MS)
        self._counter.timeout.connect(self.refresh)
        self._show.clicked.connect(self.show_wanted)
        self._look.clicked.connect(self.ask_where)
        self._cancel.clicked.connect(lambda: self._work.cancel() if self._work else None)
        document.changed.connect(self._follow)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE, theme.HAIR, theme.SPACE, theme.HAIR)
        row.setSpacing(theme.TIGHT)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        for button in (self._show, self._look, self._cancel):
            row.addWidget(button)
        self.retranslate()

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self._show.setText(self.tr("Show them"))
        self._look.setText(self.tr("Look for them in…"))
        self._cancel.setText(self.tr("Cancel"))
        self.refresh()

    def refresh(self) -> None:
        """Say how many files are missing."""
        self._sign.setPixmap(icon("warning", theme.current().warning).pixmap(ICON_PX, ICON_PX))
        if self._work is not None:
            return
        count = search.count_missing(self._document.reader) if self._concerns() else 0
        self.setVisible(bool(count))
        self._text.setText(self.tr("%n image file(s) are no longer where they were.", "", count))

    def check(self, *doubtful: int) -> None:
        """Find out, on a thread, which folders are gone, and ``doubtful`` images' files, by id;
        and which files are back."""
        if self._work is None:
            self._begin(_checking(self._document.session, doubtful), self._finish_checking)

    def ask_where(self) -> None:
        """Ask for a folder, and look for the missing files there."""
        folder = QFileDialog.getExistingDirectory(
            self, self.tr("Where are the images now?"), self._settings.last_folder
        )
        if folder:
            self._settings.change(last_folder=folder)
            self.look_in(Path(folder))

    def look_in(self, folder: Path) -> None:
        """Look for the missing files in a folder and below it."""
        if self._work is not None:
            return
        self._text.setText(self.tr("Looking for the files…"))
        self._set_looking(True)
        self._begin(_looking(self._document.session, folder), self._finish_looking)

    def close_work(self) -> None:
        """Stop what is under way and wait for it."""
        self._counter.stop()
        if self._work is not None:
            self._work.close()
            self._work = None

    def _begin(self, task: Task, finish: Callable[[Any], None]) -> None:
        self._work = Work(task, self)
        self._work.progressed.connect(self._tell_progress)
        self._work.succeeded.connect(finish)
        self._work.failed.connect(self._fail)
        self._work.start()

    def _tell_progress(self, progress: RelinkProgress) -> None:
        if not progress.looked_at:
            return
        text = self.tr("Looking for the files… {files} looked at, {found} found")
        files = QLocale().toString(progress.looked_at)
        self._text.setText(text.format(files=files, found=QLocale().toString(progress.found)))

    def _finish_checking(self, changes: Changes) -> None:
        self._end()
        self._document.announce(changes)

    def _finish_looking(self, done: Relinked) -> None:
        self._end()
        self._document.announce(done.changes)
        text = self.tr("{found} of %n missing image file(s) found and linked.", "", done.missing)
        parts = [text.format(found=QLocale().toString(done.found))]
        if done.changed:
            parts.append(
                self.tr("%n file(s) of the same name have another content.", "", done.changed)
            )
        if done.replaced:
            parts.append(
                self.tr("%n unlabelled duplicate(s) removed from the project.", "", done.replaced)
            )
        self.said.emit(reduce(messages.together, parts))

    def _fail(self, error: StudioError) -> None:
        self._end()
        self.said.emit(messages.sentence(error))

    def _end(self) -> None:
        self._work = None
        self._set_looking(False)
        self.refresh()

    def _set_looking(self, looking: bool) -> None:
        self._show.setVisible(not looking)
        self._look.setVisible(not looking)
        self._cancel.setVisible(looking)

    def _follow(self, changes: Changes) -> None:
        if changes.image_list:
            self._counter.start()


def _checking(session: Session, doubtful: Sequence[int]) -> Task:
    def task(_: Callable[[], bool]) -> Generator[RelinkProgress, None, Changes]:
        yield RelinkProgress(0, 0)
        return note_missing(session, doubtful)

    return task


def _looking(session: Session, folder: Path) -> Task:
    def task(should_stop: Callable[[], bool]) -> Generator[RelinkProgress, None, Relinked]:
        return (yield from look_for_missing(session, folder, should_stop))

    return task
