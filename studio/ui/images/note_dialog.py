"""Writing a note on one image, or the same note on several."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from studio.domain.edits import Edit
from studio.editing import actions
from studio.ui import theme
from studio.ui.document import Document
from studio.ui.style_sheet import set_role

SIZE = (420, 240)


class NoteDialog(QDialog):
    """A text to edit; Ctrl+Enter keeps it."""

    def __init__(self, notes: Sequence[str], image_name: str, parent: QWidget | None) -> None:
        """``notes`` are the present ones; ``image_name`` is "" for several images."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Note"))
        self.resize(*SIZE)
        heading = QLabel(image_name or self.tr("%n image(s)", "", len(notes)))
        heading.setTextFormat(Qt.TextFormat.PlainText)
        set_role(heading, "heading")
        same = self._same = len(set(notes)) == 1
        self.text = QPlainTextEdit(notes[0] if same else "")
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Note"))
        self.text.setPlaceholderText(
            self.tr("What should be known about it?")
            if same
            else self.tr("These images have different notes; this one takes their place.")
        )
        self.text.selectAll()
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.SPACE)
        column.setSpacing(theme.TIGHT)
        column.addWidget(heading)
        column.addWidget(self.text)
        column.addWidget(buttons)
        self.text.setFocus()

    def note(self) -> str | None:
        """The text, without white space around it; None where notes differ and none was typed."""
        text = self.text.toPlainText().strip()
        return text if text or self._same else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep the note with Ctrl+Enter: Enter alone is a new line."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.accept()
        else:
            super().keyPressEvent(event)


def noted(document: Document, image_ids: Sequence[int], parent: QWidget) -> Edit | None:
    """Ask for the note of images; the edit that writes it, None where the user thought better.

    The edit is empty where nothing would change.
    """
    statuses = list(document.reader.statuses(image_ids).values())
    image = document.reader.image(image_ids[0])
    about = image.path.rpartition("/")[2] if len(image_ids) == 1 else ""
    dialog = NoteDialog([each.note for each in statuses], about, parent)
    agreed, note = dialog.exec(), dialog.note()
    dialog.deleteLater()
    if not agreed:
        return None
    return actions.note_images(statuses if note is not None else (), note or "")
