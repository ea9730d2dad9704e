"""What is seen first: a place to drop a folder, the sample project, and the recent projects."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.ui import theme
from studio.ui.actions import Actions
from studio.ui.icons import icon
from studio.ui.start.recent import RecentProjects
from studio.ui.style_sheet import repolish, set_role

WIDTH_PX = 960
LEFT_PX = 420
DROP_PX = 220
LOGO_PX = 56


class StartPage(QWidget):
    """Offers the ways into a project.

    Signals:
        project_chosen(Path): one of the recent projects was picked.
        project_forgotten(Path): one shall no longer be listed.
    """

    project_chosen = Signal(object)
    project_forgotten = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._title, self._tagline = QLabel(), QLabel(wordWrap=True)
        set_role(self._title, "title")
        set_role(self._tagline, "quiet")
        self.drop_zone = DropZone()
        self.drop_zone.clicked.connect(actions["project.new"].trigger)
        self._open = self._button("project.open")
        self._sample = self._button("project.sample")
        self._recent_title = QLabel()
        set_role(self._recent_title, "heading")
        self.recent = RecentProjects()
        self.recent.chosen.connect(self.project_chosen)
        self.recent.forgotten.connect(self.project_forgotten)
        self._lay_out()
        self.retranslate()

    def show_recent(self, projects: Sequence[str]) -> None:
        """List the recent projects, newest first."""
        self.recent.show_projects([Path(project) for project in projects])

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self._title.setText("Vision Studio")
        self._tagline.setText(
            self.tr("Label pictures, train a model on them, and see what it sees.")
        )
        self._recent_title.setText(self.tr("Recent projects"))
        self.drop_zone.retranslate()
        self.recent.retranslate()
        for button, action_id in ((self._open, "project.open"), (self._sample, "project.sample")):
            button.setText(self._actions[action_id].text())
            button.setToolTip(self._actions[action_id].toolTip())

    def _button(self, action_id: str) -> QPushButton:
        button = QPushButton()
        button.setIcon(self._actions[action_id].icon())
        button.setObjectName(action_id)
        button.clicked.connect(self._actions[action_id].trigger)
        return button

    def _lay_out(self) -> None:
        logo = QLabel()
        logo.setPixmap(icon("app").pixmap(LOGO_PX, LOGO_PX))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._tagline)
        head = QHBoxLayout()
        head.setSpacing(theme.WIDE)
        head.addWidget(logo)
        head.addLayout(words, 1)
        left = QVBoxLayout()
        left.setSpacing(theme.SPACE)
        left.addWidget(self.drop_zone)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addWidget(self._open, 1)
        row.addWidget(self._sample, 1)
        left.addLayout(row)
        left.addStretch()
        right = QVBoxLayout()
        right.setSpacing(theme.SPACE)
        right.addWidget(self._recent_title)
        right.addWidget(self.recent, 1)
        right.addStretch(0)
        columns = QHBoxLayout()
        columns.setSpacing(2 * theme.LOOSE)
        columns.addLayout(left)
        columns.addLayout(right, 1)
        page = QWidget()
        page.setMaximumWidth(WIDTH_PX)
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.LOOSE, 2 * theme.LOOSE, theme.LOOSE, theme.LOOSE)
        column.setSpacing(2 * theme.LOOSE)
        column.addLayout(head)
        column.addLayout(columns, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addStretch(1)
        outer.addWidget(page, 100)
        outer.addStretch(1)


class DropZone(QFrame):
    """A place that says "drop a folder here"; the window itself takes the drop anywhere.

    Signals:
        clicked(): its button was pressed.
    """

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "drop")
        self.setFixedSize(LEFT_PX, DROP_PX)
        self._icon = QLabel()
        self._text = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._note = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignHCenter)
        set_role(self._text, "heading")
        set_role(self._note, "quiet")
        self._button = QPushButton()
        self._button.setObjectName("new")
        set_role(self._button, "primary")
        self._button.clicked.connect(self.clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LOOSE, theme.WIDE, theme.LOOSE, theme.WIDE)
        column.setSpacing(theme.TIGHT)
        column.addStretch()
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._text)
        column.addWidget(self._note)
        column.addSpacing(theme.TIGHT)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        self._draw_icon()

    def set_over(self, over: bool) -> None:
        """Show whether something is being dragged over the window."""
        self.setProperty("over", "true" if over else "false")
        repolish(self)

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self._text.setText(self.tr("Drop a folder of images here"))
        self._note.setText(self.tr("They stay where they are and are never changed."))
        self._button.setText(self.tr("New project from a folder…"))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the colours of a new theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._draw_icon()
        super().changeEvent(event)

    def _draw_icon(self) -> None:
        self._icon.setPixmap(icon("folder-add", theme.current().accent).pixmap(36, 36))
