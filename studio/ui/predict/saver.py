"""Asks where predictions are to go, and saves them while the window goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.errors import StudioError
from studio.settings import Settings
from studio.ui.document import Document
from studio.ui.predict import saving
from studio.ui.predict.saving import Kind, Saved
from studio.ui.threads.work import Work
from studio.ui.wording import messages
from studio.vision.images import mapping_of


class Saver(QObject):
    """One save at a time.

    Signals:
        said(str): how far it has got, where it went, or why it failed.
    """

    said = Signal(str)

    def __init__(self, document: Document, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._document, self._settings, self._window = document, settings, parent
        self._work: Work | None = None
        self._destination = Path()

    def ask(self, kind: Kind) -> Path | None:
        """Ask where to save; None where the user thought better of it."""
        folder = self._settings.last_folder
        if kind is Kind.OVERLAYS:
            chosen = QFileDialog.getExistingDirectory(
                self._window, self.tr("Folder for the pictures"), folder
            )
        else:
            name, pattern = {
                Kind.CSV: ("predictions.csv", self.tr("Table (*.csv)")),
                Kind.COCO: ("predictions.json", self.tr("COCO (*.json)")),
            }[kind]
            chosen, _ = QFileDialog.getSaveFileName(
                self._window, self.tr("Save predictions"), str(Path(folder) / name), pattern
            )
        return Path(chosen) if chosen else None

    def save(self, kind: Kind, destination: Path, predictions: Sequence[Mapping[str, Any]]) -> None:
        """Save predictions; ``said`` tells how it went."""
        if self._work is not None:
            self.said.emit(self.tr("Predictions are being saved already."))
            return
        reader = self._document.reader
        colors = {label.name: label.color for label in reader.labels()}
        mapping = mapping_of(reader.settings())
        self._destination = destination
        self._work = Work(
            lambda stop: saving.save(kind, destination, predictions, colors, mapping, stop), self
        )
        self._work.progressed.connect(self._on_progress)
        self._work.succeeded.connect(self._on_saved)
        self._work.failed.connect(self._on_failed)
        self._work.start()

    def close(self) -> None:
        """Give up a save under way."""
        if self._work is not None:
            self._work.close()
            self._work = None

    @Slot(object)
    def _on_progress(self, saved: Saved) -> None:
        self.said.emit(
            self.tr("Saving: {done} of {total}").format(done=saved.done, total=saved.total)
        )

    @Slot(object)
    def _on_saved(self, saved: Saved) -> None:
        self._work = None
        text = self.tr("Saved to {place}").format(place=self._destination)
        if saved.problems:
            text += " · " + self.tr("%n file(s) could not be read", "", len(saved.problems))
        self.said.emit(text)

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        self._work = None
        self.said.emit(messages.sentence(error))
