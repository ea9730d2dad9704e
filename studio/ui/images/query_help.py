"""The help of the search box: every term with an example; a click on one puts it into the box."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.ui import theme
from studio.ui.images import query_text
from studio.ui.style_sheet import set_role


class QueryHelp(QFrame):
    """Pops up below a button and goes at the next click elsewhere, or with Escape.

    Signals:
        picked(str): an example was clicked.
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        set_role(self, "card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.SPACE, theme.WIDE, theme.SPACE)
        column.setSpacing(theme.TIGHT)
        heading = QLabel(self.tr("What the search box understands"))
        set_role(heading, "heading")
        column.addWidget(heading)
        said = QLabel(
            self.tr(
                "An image must match all terms. Put names with spaces in quotes. Click an example "
                "to try it."
            )
        )
        set_role(said, "quiet")
        column.addWidget(said)
        column.addLayout(self._table())

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE)
        grid.setVerticalSpacing(0)
        terms = query_text.explained()
        half = (len(terms) + 1) // 2
        for number, each in enumerate(terms):
            row, column = number % half, 3 * (number // half)
            example = QPushButton(each.example.replace("&", "&&"))
            set_role(example, "link")
            example.setFont(theme.monospace())
            example.clicked.connect(lambda _=False, text=each.example: self._pick(text))
            grid.addWidget(example, row, column)
            grid.addWidget(QLabel(each.meaning), row, column + 1)
        grid.setColumnMinimumWidth(2, theme.SPACE)
        return grid

    def show_below(self, anchor: QWidget) -> None:
        """Show it under ``anchor``, within the screen."""
        self.adjustSize()
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
        screen = anchor.screen().availableGeometry()
        left = min(corner.x(), screen.right() - self.width() - 4)
        self.move(max(screen.left(), left), corner.y())
        self.show()

    def _pick(self, example: str) -> None:
        self.close()
        self.picked.emit(example)
