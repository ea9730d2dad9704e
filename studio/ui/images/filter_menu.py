"""A menu of the terms one needs most, for those who would rather not type them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from studio.domain.labels import Label
from studio.domain.project import Split, State
from studio.domain.query import NO_SPLIT
from studio.domain.query_tokens import quoted
from studio.domain.query_words import Mark
from studio.ui.icons import icon
from studio.ui.widgets.swatch import swatch
from studio.ui.wording import names


class FilterMenu(QToolButton):
    """Chooses a term; the bar adds it to what is looked for, or takes it away again.

    Signals:
        picked(str): a term was chosen.
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: tuple[Label, ...] = ()
        self.setIcon(icon("filter"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self.setMenu(menu)
        self.retranslate()

    def set_labels(self, labels: tuple[Label, ...]) -> None:
        """Offer these classes."""
        self._labels = labels

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self.setToolTip(self.tr("Filter by class, state, split and more"))
        self.setAccessibleName(self.tr("Filter"))

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        self._add_classes(menu.addMenu(self.tr("Class")))
        states = menu.addMenu(self.tr("State"))
        for text, state in (
            (self.tr("New"), State.NEW),
            (self.tr("In progress"), State.IN_PROGRESS),
            (self.tr("Done"), State.DONE),
            (self.tr("Skipped"), State.SKIPPED),
        ):
            self._add(states, text, f"state:{state}")
        splits = menu.addMenu(self.tr("Split"))
        for split in Split:
            self._add(splits, names.split_name(split), f"split:{split}")
        self._add(splits, self.tr("No split yet"), f"split:{NO_SPLIT}")
        menu.addSeparator()
        for text, term in (
            (self.tr("With labels"), f"{Mark.LABELLED}"),
            (self.tr("Without labels"), f"-{Mark.LABELLED}"),
            (self.tr("With predictions"), f"{Mark.PREDICTED}"),
            (self.tr("With a note"), f"{Mark.NOTE}"),
            (self.tr("With problems"), f"{Mark.PROBLEM}"),
            (self.tr("With a missing file"), f"{Mark.MISSING}"),
        ):
            self._add(menu, text, term)

    def _add_classes(self, menu: QMenu) -> None:
        for label in self._labels:
            action = self._add(menu, names.in_menu(label.name), f"class:{quoted(label.name)}")
            action.setIcon(swatch(label.color))
        menu.setEnabled(bool(self._labels))

    def _add(self, menu: QMenu, text: str, term: str) -> QAction:
        action = menu.addAction(text)
        action.triggered.connect(lambda _=False: self.picked.emit(term))
        return action
