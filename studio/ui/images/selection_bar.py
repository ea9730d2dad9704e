"""The bar below the images: how many are selected, and what can be done with them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from studio.ui import theme
from studio.ui.actions import Actions
from studio.ui.icons import icon
from studio.ui.images.bulk import NEEDS_SELECTION, Bulk
from studio.ui.style_sheet import set_role
from studio.ui.widgets.elided_label import ElidedLabel

MARKS = ("images.done", "images.reopen", "images.skip")
SPLITS = ("images.train", "images.val", "images.test", "images.auto_split")


class SelectionBar(QFrame):
    """Buttons for the verbs of ``Bulk``, and a menu with all of them.

    Where there is no room for their texts the buttons show their icons alone.
    """

    def __init__(self, actions: Actions, bulk: Bulk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "foot")
        self._actions = actions
        self._bulk = bulk
        self._count = QLabel()
        self._said = ElidedLabel(at_end=True)
        set_role(self._said, "quiet")
        self.tag_menu = QMenu(self)
        self.tag_menu.aboutToShow.connect(lambda: bulk.fill_tags(self.tag_menu))
        self.split_menu = QMenu(self)
        self.tag = QToolButton()
        self.tag.setIcon(icon("tag"))
        self.split = QToolButton()
        self.split.setIcon(icon("split"))
        self._texts_px = 0  # how wide the bar has to be for the texts
        self._narrow = False
        self.open = QPushButton()
        set_role(self.open, "primary")
        self.open.clicked.connect(actions["images.open"].trigger)
        bulk.said.connect(self.say)
        self._lay_out()

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self.tag.setText(self.tr("Tag"))
        self.tag.setToolTip(self._actions["images.tag"].toolTip())
        self.split.setText(self.tr("Split"))
        self.split.setToolTip(self.tr("Choose what the selected images are used for"))
        self.open.setText(self._actions["images.open"].text())
        self._show_texts(True)

    def show_selection(self, count: int, *, can_tag: bool) -> None:
        """Say how many images are selected."""
        self._count.setText(
            self.tr("%n image(s) selected", "", count) if count else self.tr("Nothing selected")
        )
        self.open.setEnabled(count == 1)
        self.split.setEnabled(bool(count))
        for action_id in (*NEEDS_SELECTION, "images.open"):
            self._actions[action_id].setEnabled(bool(count))
        self._actions["images.tag"].setEnabled(bool(count) and can_tag)
        self.tag.setEnabled(bool(count) and can_tag)

    def said(self) -> str:
        """What was said last."""
        return self._said.text()

    def say(self, text: str) -> None:
        """Say what was done."""
        self._said.setText(text)
        self._said.setToolTip(text)

    def pop_up_tags(self) -> None:
        """Show the classes above their button; a digit or the arrow keys choose one."""
        self._bulk.fill_tags(self.tag_menu)
        height = self.tag_menu.sizeHint().height()
        self.tag_menu.popup(self.tag.mapToGlobal(QPoint(0, -height)))

    def context_menu(self) -> QMenu:
        """All verbs, for a click with the right button."""
        menu = QMenu(self)
        menu.addAction(self._actions["images.open"])
        tags = menu.addMenu(icon("tag"), self.tr("Tag"))
        self._bulk.fill_tags(tags)
        tags.setEnabled(not tags.isEmpty())
        splits = menu.addMenu(icon("split"), self.tr("Split"))
        for action_id in SPLITS:
            splits.addAction(self._actions[action_id])
        menu.addSeparator()
        for action_id in (*MARKS, "images.note"):
            menu.addAction(self._actions[action_id])
        menu.addSeparator()
        menu.addAction(self._actions["images.remove"])
        return menu

    # Room for texts ------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """The texts ask for no room: they give way."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the texts of the buttons where they fit."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Look again whether the texts fit when one of them has changed."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        if not self._narrow:
            self._texts_px = self._row.minimumSize().width()
        if self._narrow != (self.width() < self._texts_px):
            self._show_texts(self._narrow)

    def _show_texts(self, shown: bool) -> None:
        self._narrow = not shown
        style = Qt.ToolButtonStyle
        for button in self._buttons:
            button.setToolButtonStyle(
                style.ToolButtonTextBesideIcon if shown else style.ToolButtonIconOnly
            )

    def _lay_out(self) -> None:
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE, theme.HAIR, theme.SPACE, theme.HAIR)
        row.setSpacing(theme.HAIR)
        row.addWidget(self._count)
        row.addSpacing(theme.TIGHT)
        row.addWidget(self._said, 1)
        self._buttons = [self.tag, self.split]
        for button, menu in ((self.tag, self.tag_menu), (self.split, self.split_menu)):
            button.setMenu(menu)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for action_id in (*MARKS, "images.note", "images.remove"):
            button = QToolButton()
            button.setDefaultAction(self._actions[action_id])
            self._buttons.append(button)
        for button in self._buttons:
            row.addWidget(button)
        for action_id in SPLITS:
            self.split_menu.addAction(self._actions[action_id])
        row.addSpacing(theme.TIGHT)
        row.addWidget(self.open)
