"""Choose a class's colour: the palette, or any other."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QColorDialog,
    QGridLayout,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from studio.domain.labels import PALETTE
from studio.ui import theme
from studio.ui.widgets.swatch import swatch

COLUMNS = 8


class ColorMenu(QMenu):
    """A popup of swatches; ``choose`` is called with ``#RRGGBB``."""

    def __init__(self, color: str, choose: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._color = color
        self._choose = choose
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.HAIR, theme.HAIR, theme.HAIR, theme.HAIR)
        grid = QGridLayout()
        grid.setSpacing(2)
        for index, each in enumerate(PALETTE):
            button = QToolButton()
            button.setIcon(swatch(each))
            button.setCheckable(True)
            button.setChecked(each == color)
            button.setIconSize(QSize(16, 16))
            button.setAccessibleName(each)
            button.clicked.connect(lambda _=False, each=each: self._choose_color(each))
            grid.addWidget(button, index // COLUMNS, index % COLUMNS)
        other = QPushButton(self.tr("Another colour…"))
        other.clicked.connect(self._ask)
        column.addLayout(grid)
        column.addWidget(other)
        action = QWidgetAction(self)
        action.setDefaultWidget(page)
        self.addAction(action)

    def _choose_color(self, color: str) -> None:
        self.close()
        self._choose(color)

    def _ask(self) -> None:
        self.close()
        chosen = QColorDialog.getColor(QColor(self._color), self.parentWidget())
        if chosen.isValid():
            self._choose(chosen.name().upper())
