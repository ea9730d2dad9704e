"""What the user wrote about a run: a few lines, kept as they are typed."""

from __future__ import annotations

from math import ceil
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from studio.errors import StudioError
from studio.storage import runs

KEEP_AFTER_MS = 800
"""So long after the last key the note is written."""
MOST_LINES = 4


class RunNote(QPlainTextEdit):
    """Edits the note in a run's folder; Tab leaves it.

    Signals:
        kept(str, str): in the run folder of this name there is another note now.
        failed(StudioError): it could not be.
    """

    kept = Signal(str, str)
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self._folder: Path | None = None
        self._written = ""
        self._soon = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._soon.timeout.connect(self.keep)
        self.textChanged.connect(self._on_edited)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self._fit()

    def retranslate(self) -> None:
        """Take texts from the present language."""
        self.setPlaceholderText(self.tr("Note: what was tried, and what came of it"))
        self.setAccessibleName(self.tr("Note about this run"))

    def show_folder(self, folder: Path | None) -> None:
        """Edit the note of another run; None where it has no folder yet."""
        if folder != self._folder:
            self.keep()
            self._folder = folder
            self._written = runs.read_note(folder) if folder else ""
            self.blockSignals(True)
            self.setPlainText(self._written)
            self.blockSignals(False)
        self.setVisible(folder is not None)

    def keep(self) -> None:
        """Write the note where it has changed; a run that was deleted has none."""
        self._soon.stop()
        text = self.toPlainText().strip()
        if self._folder is None or text == self._written or not self._folder.is_dir():
            return
        try:
            runs.write_note(self._folder, text)
        except StudioError as error:
            self.failed.emit(error)
            return
        self._written = text
        self.kept.emit(self._folder.name, text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was written so far."""
        super().focusOutEvent(event)
        self.keep()

    def changeEvent(self, event: QEvent) -> None:
        """Fit another font, or other padding: the style comes after the note was made."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _on_edited(self) -> None:
        self._soon.start()

    def _fit(self) -> None:
        """As high as its lines."""
        lines = min(max(1, int(self.document().size().height())), MOST_LINES)
        margins = self.contentsMargins()
        around = 2 * self.document().documentMargin() + margins.top() + margins.bottom() + 2
        metrics = QFontMetricsF(self.font())
        line = ceil(metrics.ascent()) + ceil(metrics.descent())
        self.setFixedHeight(ceil(lines * line + around))
