"""Saved filters: kept in the project, because the classes that they name are the project's.

Saving one is an edit like any other, so it can be undone and goes where the project goes. What was
looked for last is no more than a memory of this computer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu, QToolButton, QWidget

from studio.domain.edits import Edit
from studio.editing import actions as verbs
from studio.ui.icons import icon

KEY = "saved_filters"
"""The project's setting that holds them."""

RECENT_LIMIT = 10
SHOWN_LETTERS = 60


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A search with a name."""

    name: str
    text: str


def read(settings: Mapping[str, str]) -> tuple[SavedFilter, ...]:
    """The saved filters among a project's settings, in the order they were saved in."""
    try:
        pairs = json.loads(settings.get(KEY, "[]"))
        return tuple(SavedFilter(str(name), str(text)) for name, text in pairs)
    except (ValueError, TypeError):  # written by a program that keeps them otherwise
        return ()


def saving(settings: Mapping[str, str], new: SavedFilter) -> Edit:
    """Keep a filter; one of the same name is replaced."""
    others = [each for each in read(settings) if each.name != new.name]
    return _keeping(settings, [*others, new])


def deleting(settings: Mapping[str, str], name: str) -> Edit:
    """Forget the filter of this name."""
    return _keeping(settings, [each for each in read(settings) if each.name != name])


def _keeping(settings: Mapping[str, str], filters: Iterable[SavedFilter]) -> Edit:
    value = json.dumps([(each.name, each.text) for each in filters], ensure_ascii=False)
    return verbs.choose(KEY, value, settings.get(KEY))


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
                action = gone.addAction(_plain(each.name))
                action.triggered.connect(lambda _=False, name=each.name: self.deleted.emit(name))
        if self.recent:
            menu.addSection(self.tr("Looked for last"))
            for text in self.recent:
                self._offer(menu, text, text)

    def _offer(self, menu: QMenu, name: str, text: str) -> QAction:
        action = menu.addAction(_plain(name))
        action.setToolTip(text)
        action.triggered.connect(lambda _=False: self.recalled.emit(text))
        return action

    def _ask_for_name(self) -> None:
        name, given = QInputDialog.getText(
            self, self.tr("Save this search"), self.tr("Name of the filter:"), text=self.present
        )
        if given and name.strip():
            self.saved.emit(SavedFilter(name.strip(), self.present))


def _plain(text: str) -> str:
    """A text as a menu shows it: not too long, and with its ampersands."""
    short = text if len(text) <= SHOWN_LETTERS else text[: SHOWN_LETTERS - 1] + "…"
    return short.replace("&", "&&")


def remembered(recent: Sequence[str], text: str) -> tuple[str, ...]:
    """``recent`` with ``text`` as the newest."""
    others = [each for each in recent if each != text]
    return (text, *others)[:RECENT_LIMIT] if text else tuple(recent)
