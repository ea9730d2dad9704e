"""Bringing in labels made with other programs."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QSpinBox, QWidget

from studio.domain.project import Split
from studio.editing.importing import Imported, import_batch
from studio.errors import say
from studio.formats.base import FORMATS, reader_of
from studio.formats.contract import ImportOptions
from studio.formats.recognition import recognise
from studio.settings import Settings
from studio.storage.folder import root_path
from studio.ui.dialogs.path_field import PathField
from studio.ui.dialogs.transfer import TransferDialog, watched
from studio.ui.document import Document
from studio.ui.style_sheet import set_role
from studio.ui.threads.latest import Latest
from studio.ui.threads.work import Task
from studio.ui.wording import messages, names

NO_IGNORE = -1
PAUSE_MS = 50
"""What is typed is looked at once."""
WITH_NAMES = ("masks",)
WITH_IMAGES = ("coco", "yolo", "labelme", "cvat", "voc", "masks", "csv")


class ImportDialog(TransferDialog):
    """Asks for format and place, reads on a thread, and tells what could not be read."""

    def __init__(
        self, document: Document, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import labels"))
        self.begin_button.setText(self.tr("Import"))
        self._document = document
        self._settings = settings
        self.format, self.split = QComboBox(), QComboBox()
        self.source = PathField("source", self.tr("A file or folder"))
        self.images = PathField("images", self.tr("Beside the labels"))
        self.names = PathField("names", self.tr("Found by itself"))
        self.ignore = QSpinBox(minimum=NO_IGNORE, maximum=255)
        self.ignore.setSpecialValueText(self.tr("None"))
        self.ignore.setValue(NO_IGNORE)
        self._is_format_chosen, self._recognised = False, ""
        self._is_over = self._begins_soon = False
        self._recognising = Latest(self._recognise, self, pause_ms=PAUSE_MS)
        self._recognising.answered.connect(self._take_format)
        self._recognising.failed.connect(lambda _: self._go_on())
        self._fill()
        self.format.activated.connect(self._choose_format)
        self.format.currentIndexChanged.connect(lambda _: self._follow_form())
        self.source.changed.connect(self._follow_source)
        self.begin_button.clicked.connect(self.begin)
        self._follow_form()
        self.source.setFocus()

    def begin(self) -> None:
        """Read what the form says, once its format is known."""
        if self._recognising.busy and not self._is_format_chosen:
            self._begins_soon = True
            return
        source = self.source.path()
        if source is not None:
            self._settings.change(last_folder=str(source.parent))
            self.work_on(self._task())

    def options(self) -> ImportOptions:
        """What the form says beside format and source."""
        roots = self._document.reader.roots()
        name = self.format.currentData()
        return ImportOptions(
            images=self.images.path() if name in WITH_IMAGES else None,
            also_in=tuple(root_path(self._document.project, root) for root in roots),
            names=self.names.path() if name in WITH_NAMES else None,
            ignore=self.ignore.value()
            if name in WITH_NAMES and self.ignore.value() != NO_IGNORE
            else None,
            split=self.split.currentData(),
        )

    def take_result(self, result: object) -> None:
        """Tell the window what came in, and the user what did not."""
        assert isinstance(result, Imported)
        self._document.announce(result.changes)
        counts = [self.tr("%n image(s)", "", result.images)]
        if result.tags:
            counts.append(self.tr("%n tag(s)", "", result.tags))
        if result.shapes:
            counts.append(self.tr("%n shape(s)", "", result.shapes))
        summary = self.tr("Imported: {counts}.").format(counts=self.tr(", ").join(counts))
        if result.problems:
            left_out = self.tr("%n problem(s):", "", len(result.problems))
            summary = messages.together(summary, left_out)
        self.show_outcome(summary, result.problems)

    def _task(self) -> Task:
        read = reader_of(self.format.currentData())
        source, options, session = self.source.path(), self.options(), self._document.session

        def task(should_stop: Callable[[], bool]) -> Generator[object, None, Imported | None]:
            yield say("Reading the labels…")
            assert source is not None
            batch = yield from watched(read(source, options), should_stop)
            if batch is None or should_stop():
                return None
            yield say("Adding images and labels to the project…")
            return import_batch(session, batch)

        return task

    def _fill(self) -> None:
        for each in FORMATS.values():
            if each.read is not None:
                self.format.addItem(messages.sentence(each.title), each.name)
        self.split.addItem(self.tr("As the data says"), None)
        for split in Split:
            self.split.addItem(names.split_name(split), split)
        self.source.add_button(self.tr("File…"), lambda: self._choose_file(self.source))
        self.source.add_button(self.tr("Folder…"), lambda: self._choose_folder(self.source))
        self.images.add_button(self.tr("Folder…"), lambda: self._choose_folder(self.images))
        self.names.add_button(self.tr("File…"), lambda: self._choose_file(self.names))
        self._rows = {
            "format": (self.tr("Format"), self.format),
            "source": (self.tr("Labels"), self.source),
            "images": (self.tr("Images"), self.images),
            "names": (self.tr("Class names"), self.names),
            "ignore": (self.tr("Pixel value to ignore"), self.ignore),
            "split": (self.tr("Split"), self.split),
        }
        for text, widget in self._rows.values():
            self.form.addRow(QLabel(text), widget)

    def _follow_form(self) -> None:
        """Show what the format knows, and no more what was said of another format or place."""
        name = self.format.currentData()
        self.form.setRowVisible(self.images, name in WITH_IMAGES)
        self.form.setRowVisible(self.names, name in WITH_NAMES)
        self.form.setRowVisible(self.ignore, name in WITH_NAMES)
        stays = self.tr("Image files stay where they are. An import can be undone in one step.")
        seen = ""
        if name == self._recognised:
            seen = self.tr("Recognised as {format}.").format(format=self.format.currentText())
        self.note.setText("\n".join(filter(None, (seen, stays))))
        set_role(self.note, "quiet")
        source = self.source.path()
        self.begin_button.setEnabled(source is not None and source.exists())

    def _follow_source(self) -> None:
        self._recognised, self._begins_soon = "", False
        source = self.source.path()
        if source is not None and source.exists() and not self._is_format_chosen:
            self._recognising.ask_soon(source)
        self._follow_form()

    def _recognise(self, source: Path) -> tuple[Path, str | None]:
        """On a thread."""
        return source, recognise(source, lambda: self._is_over)

    def _choose_format(self, _: int) -> None:
        """By hand: from now on no other one is proposed."""
        self._is_format_chosen = True
        self._recognised = ""
        self._recognising.drop()
        self._go_on()

    def _take_format(self, found: tuple[Path, str | None]) -> None:
        path, name = found
        index = self.format.findData(name)
        if path == self.source.path() and index >= 0:
            self._recognised = self.format.itemData(index)
            self.format.setCurrentIndex(index)
        self._go_on()

    def _go_on(self) -> None:
        """The format is as known as it can be."""
        self._follow_form()
        if self._begins_soon:
            self._begins_soon = False
            self.begin()

    def done(self, result: int) -> None:
        """Look at no source any more."""
        self._is_over = True
        self._recognising.close()
        super().done(result)

    def _choose_file(self, field: PathField) -> str:
        start = str(field.path() or self._settings.last_folder)
        return QFileDialog.getOpenFileName(self, self.tr("Choose a file"), start)[0]

    def _choose_folder(self, field: PathField) -> str:
        start = str(field.path() or self._settings.last_folder)
        return QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"), start)
