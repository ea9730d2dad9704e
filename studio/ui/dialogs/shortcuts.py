"""Every key of the program in one sheet, made from the table of actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studio.ui import theme
from studio.ui.actions import Actions, ActionSpec, key_texts
from studio.ui.actions_table import WORKSPACES
from studio.ui.icons import icon
from studio.ui.style_sheet import set_role

SIZE_PX = (900, 640)
COLUMNS = 2


class ShortcutsDialog(QDialog):
    """Shows the keys by workspace; typing narrows them down."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(*SIZE_PX)
        self.search = QLineEdit(clearButtonEnabled=True)
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._show)
        self._area = QScrollArea(widgetResizable=True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.TIGHT)
        column.setSpacing(theme.SPACE)
        column.addWidget(self.search)
        column.addWidget(self._area, 1)
        self._show("")

    def lines(self) -> list[str]:
        """What is listed now: the names of the actions."""
        labels = self._area.widget().findChildren(QLabel, "action")
        return [label.text() for label in labels]

    def _show(self, wanted: str) -> None:
        sheet = QWidget()
        set_role(sheet, "page")
        row = QHBoxLayout(sheet)
        row.setSpacing(2 * theme.LOOSE)
        columns = [QVBoxLayout() for _ in range(COLUMNS)]
        heights = [0] * COLUMNS
        for scope, title in self._groups():
            specs = [s for s in self._actions if s.scope == scope and s.keys]
            specs = [s for s in specs if wanted.casefold() in self._text(s).casefold()]
            if specs:
                shorter = heights.index(min(heights))
                heights[shorter] += len(specs) + 2
                columns[shorter].addLayout(self._group(title, specs))
        for column in columns:
            column.setSpacing(theme.LOOSE)
            column.addStretch()
            row.addLayout(column, 1)
        self._area.setWidget(sheet)

    def _groups(self) -> list[tuple[str, str]]:
        names = [(name, self._actions[f"workspace.{name}"].text()) for name in WORKSPACES]
        return [("label", names[0][1]), ("", self.tr("Everywhere")), *names[1:]]

    def _group(self, title: str, specs: list[ActionSpec]) -> QVBoxLayout:
        head = QLabel(title)
        set_role(head, "heading")
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.WIDE)
        grid.setVerticalSpacing(theme.HAIR)
        grid.setColumnStretch(0, 1)
        for line, spec in enumerate(specs):
            name = QLabel(self._text(spec))
            name.setObjectName("action")
            name.setToolTip(self._actions[spec.id].toolTip())
            grid.addWidget(name, line, 0)
            grid.addLayout(self._keys(spec), line, 1, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout()
        column.setSpacing(theme.TIGHT)
        column.addWidget(head)
        column.addLayout(grid)
        return column

    def _keys(self, spec: ActionSpec) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.HAIR)
        for text in key_texts(spec):
            label = QLabel(text)
            set_role(label, "key")
            row.addWidget(label)
        return row

    def _text(self, spec: ActionSpec) -> str:
        return self._actions[spec.id].text().removesuffix("…")
