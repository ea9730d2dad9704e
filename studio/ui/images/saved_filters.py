"""The menu of saved filters, and of what was looked for last: a memory of this computer only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu, QToolButton, QWidget

from studio.editing.saved_filters import SavedFilter
from studio.ui.icons import icon
from studio.ui.wording import names

RECENT_LIMIT = 10


class SavedButton(QToolButton):
    """A menu of saved filters and of what was looked for last.

    Signals:
        recalled(str): look for this.
        saved(SavedFilter): the present search shall be kept.
        deleted(str): the filter of this name shall be forgotten.
    """

    recalled = Signal(str)
    saved = Signal(object)
    deleted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filters: Sequence[SavedFilter] = ()
        self.recent: Sequence[str] = ()
        self.present = ""
        self.setIcon(icon("bookmark"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(lambda: self.fill(menu))
        self.setMenu(menu)
        self.retranslate()

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self.setToolTip(self.tr("Saved filters, and what was looked for last"))
        self.setAccessibleName(self.tr("Saved filters"))

    def fill(self, menu: QMenu) -> None:
        """Put together what can be recalled, saved and deleted now."""
        menu.clear()
        for each in self.filters:
            self._offer(menu, each.name, each.text).setIcon(icon("bookmark"))
        if not self.filters:
            menu.addAction(self.tr("No filters saved yet")).setEnabled(False)
        menu.addSeparator()
        keep = menu.addAction(icon("plus"), self.tr("Save this search…"))
        keep.setEnabled(bool(self.present.strip()))
        keep.triggered.connect(self._ask_for_name)
        if self.filters:
            gone = menu.addMenu(icon("trash"), self.tr("Delete"))
            for each in self.filters:
                action = gone.addAction(names.in_menu(each.name))
                action.triggered.connect(lambda _=False, name=each.name: self.deleted.emit(name))
        if self.recent:
            menu.addSection(self.tr("Looked for last"))
            for text in self.recent:
                self._offer(menu, text, text)

    def _offer(self, menu: QMenu, name: str, text: str) -> QAction:
        action = menu.addAction(names.in_menu(name))
        action.setToolTip(text)
        action.triggered.connect(lambda _=False: self.recalled.emit(text))
        return action

    def _ask_for_name(self) -> None:
        name, given = QInputDialog.getText(
            self, self.tr("Save this search"), self.tr("Name of the filter:"), text=self.present
        )
        if given and name.strip():
            self.saved.emit(SavedFilter(name.strip(), self.present))


def remembered(recent: Sequence[str], text: str) -> tuple[str, ...]:
    """``recent`` with ``text`` as the newest."""
    others = [each for each in recent if each != text]
    return (text, *others)[:RECENT_LIMIT] if text else tuple(recent)
