"""Writing the labels in a format that other programs read."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QFileDialog, QLabel, QWidget

from studio.errors import say
from studio.formats.base import FORMATS, writer_of
from studio.formats.contract import ExportReport
from studio.settings import Settings
from studio.storage.reader import Reader
from studio.ui.dialogs.path_field import PathField
from studio.ui.dialogs.transfer import TransferDialog, watched
from studio.ui.document import Document
from studio.ui.threads.work import Task
from studio.ui.wording import messages


class ExportDialog(TransferDialog):
    """Asks for format and folder, writes on a thread, and tells what was left out."""

    def __init__(
        self, document: Document, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export labels"))
        self.begin_button.setText(self.tr("Export"))
        self._document = document
        self._settings = settings
        self.format = QComboBox(maxVisibleItems=len(FORMATS))
        for each in FORMATS.values():
            if each.write is not None:
                self.format.addItem(messages.sentence(each.title), each.name)
        self.dest = PathField("dest", self.tr("A folder"))
        self.dest.add_button(self.tr("Folder…"), self._choose_folder)
        self.form.addRow(QLabel(self.tr("Format")), self.format)
        self.form.addRow(QLabel(self.tr("Folder")), self.dest)
        self.format.currentIndexChanged.connect(lambda _: self._propose())
        self.dest.changed.connect(self._check)
        self.begin_button.clicked.connect(self.begin)
        self._proposed = ""
        self._propose()

    def begin(self) -> None:
        """Write what the form says."""
        if self.dest.path() is not None:
            self.work_on(self._task())

    def take_result(self, result: object) -> None:
        """Tell what was written, and offer to look at it."""
        assert isinstance(result, ExportReport)
        self.show_outcome(
            self.tr("%n image(s) exported to {folder}.", "", result.images).format(
                folder=self.dest.path()
            ),
            result.problems,
        )
        show = self.buttons.addButton(
            self.tr("Open the folder"), QDialogButtonBox.ButtonRole.ActionRole
        )
        folder = QUrl.fromLocalFile(str(self.dest.path()))
        show.clicked.connect(lambda: QDesktopServices.openUrl(folder))

    def _task(self) -> Task:
        write, dest, project = (
            writer_of(self.format.currentData()),
            self.dest.path(),
            self._document.project,
        )

        def task(should_stop: Callable[[], bool]) -> Generator[object, None, ExportReport | None]:
            yield say("Writing the labels…")
            assert dest is not None
            with Reader.open(project) as reader:
                return (yield from watched(write(reader, dest), should_stop))

        return task

    def _propose(self) -> None:
        """A folder beside the project, named after both; not if the user has named another."""
        if self.dest.line.text() == self._proposed:
            project = self._document.project
            name = f"{project.name} {self.format.currentData()}"
            self._proposed = str(_free(project.parent / name))
            self.dest.set_path(self._proposed)
        made = self.tr("The folder is made if it is not there.")
        copied = self.tr("The pictures are copied into it; your own stay as they are.")
        has_copies = FORMATS[self.format.currentData()].copies
        self.note.setText(f"{made}\n{copied}" if has_copies else made)
        self._check()

    def _check(self) -> None:
        self.begin_button.setEnabled(self.dest.path() is not None)

    def _choose_folder(self) -> str:
        start = self._settings.last_folder
        return QFileDialog.getExistingDirectory(self, self.tr("Export to"), start)


def _free(folder: Path) -> Path:
    candidates = (folder.with_name(f"{folder.name} {n}") for n in range(2, 1000))
    if not folder.exists():
        return folder
    return next((each for each in candidates if not each.exists()), folder)
