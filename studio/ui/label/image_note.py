"""The note of the shown image: a line above the canvas, and the dialog that writes it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from studio.domain.project import Changes
from studio.ui import theme
from studio.ui.actions import Actions
from studio.ui.document import Document
from studio.ui.icons import icon
from studio.ui.images.note_dialog import noted
from studio.ui.style_sheet import set_role
from studio.ui.widgets.elided_label import ElidedLabel

ICON_PX = 16


class ImageNote(QFrame):
    """Hidden where the image has no note; a longer one is told in full by its tooltip."""

    def __init__(self, document: Document, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)  # without one, it would be a window until it is laid out
        set_role(self, "bar")
        self._document = document
        self._sign = QLabel()
        self._text = ElidedLabel(at_end=True)
        self._edit = QPushButton()
        self._edit.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_role(self._edit, "link")
        self._edit.clicked.connect(actions["label.image_note"].trigger)
        self._action = actions["label.image_note"]
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE, theme.HAIR, theme.SPACE, theme.HAIR)
        row.setSpacing(theme.TIGHT)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        row.addWidget(self._edit)
        document.image_shown.connect(self.refresh)
        document.changed.connect(self._follow)
        self.retranslate()

    def calls(self) -> dict[str, Callable[[], object]]:
        """The action by name."""
        return {"image_note": self.write}

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self._edit.setText(self.tr("Edit note…"))
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the sign in the colours of a new theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._draw_sign()
        super().changeEvent(event)

    def _follow(self, changes: Changes) -> None:
        if self._document.image_id in changes.images:
            self.refresh()

    def refresh(self, *_: object) -> None:
        """Show the note of the image that has the focus."""
        image_id = self._document.image_id
        note = self._document.reader.status(image_id).note if image_id else ""
        self._text.setText(" ".join(note.split()))
        self._text.setToolTip(
            f"<p style='white-space: pre-wrap'>{escape(note)}</p>" if note else ""
        )
        self._edit.setToolTip(self._action.toolTip())
        self._draw_sign()
        self.setVisible(bool(note))

    def _draw_sign(self) -> None:
        self._sign.setPixmap(icon("note", theme.current().accent).pixmap(ICON_PX, ICON_PX))

    def write(self) -> None:
        """Ask for the note of the image that has the focus."""
        image_id = self._document.image_id
        edit = noted(self._document, [image_id], self.window()) if image_id else None
        if edit:
            self._document.apply(edit)
