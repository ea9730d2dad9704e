"""Which classes are drawn: one line a class, with how often it was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from studio.domain.labels import Label
from studio.ui.widgets.swatch import swatch

LABEL = Qt.ItemDataRole.UserRole
MOST_ROWS = 6


class ClassFilter(QListWidget):
    """The model's classes, each with a tick that shows or hides it.

    Signals:
        changed(): other classes are hidden; see ``hidden``.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("role", "plain")
        self.itemChanged.connect(lambda _: self.changed.emit())

    @property
    def hidden(self) -> frozenset[str]:
        """Ids of the classes that are not drawn."""
        items = (self.item(row) for row in range(self.count()))
        return frozenset(
            item.data(LABEL) for item in items if item.checkState() is Qt.CheckState.Unchecked
        )

    def show_labels(self, labels: Sequence[Label], counts: Mapping[str, int]) -> None:
        """Show these classes with their counts, keeping what is hidden."""
        hidden = self.hidden
        with QSignalBlocker(self):
            self.clear()
            for label in labels:
                text = f"{label.name}  {counts.get(label.id, 0)}"
                item = QListWidgetItem(swatch(label.color), text)
                item.setData(LABEL, label.id)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
                shown = label.id not in hidden
                item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
                self.addItem(item)
        row_px = max(self.sizeHintForRow(0), 1)
        self.setFixedHeight(row_px * min(max(len(labels), 1), MOST_ROWS) + 2)
