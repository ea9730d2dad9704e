"""A path to type, choose or drop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from studio.ui import theme


class PathField(QWidget):
    """A line with buttons that open file dialogs.

    Signals:
        changed(): another path is there.
    """

    changed = Signal()

    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setObjectName(name)
        self.line.setPlaceholderText(placeholder)
        # A dropped folder would otherwise be pasted as a URL.
        self.line.setAcceptDrops(False)
        self.setAcceptDrops(True)
        self.line.textChanged.connect(lambda _: self.changed.emit())
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.TIGHT)
        self._row.addWidget(self.line, 1)
        self.setFocusProxy(self.line)

    def add_button(self, text: str, choose: Callable[[], str]) -> None:
        """Add a button; ``choose`` asks the user and gives a path, or nothing."""
        button = QPushButton(text)
        button.setAutoDefault(False)

        def ask() -> None:
            chosen = choose()
            if chosen:
                self.line.setText(chosen)

        button.clicked.connect(ask)
        self._row.addWidget(button)

    def path(self) -> Path | None:
        """The path that is there, or None."""
        text = self.line.text().strip()
        return Path(text).expanduser() if text else None

    def set_path(self, path: Path | str) -> None:
        """Put a path there."""
        self.line.setText(str(path))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file or folder can be dropped."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the first of what was dropped."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.line.setText(paths[0])
            event.acceptProposedAction()
