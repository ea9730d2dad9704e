"""Every key of the program in one list, where each can be changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from studio.settings import Settings
from studio.ui import theme
from studio.ui.actions import Actions, key_texts
from studio.ui.dialogs.key_table import KeyTable
from studio.ui.icons import icon
from studio.ui.keys.keymaps import PROFILES, STUDIO, Keymap, allowed, both_enters, canonical, parse
from studio.ui.style_sheet import set_role
from studio.ui.wording import messages

SIZE_PX = (820, 640)
NAMES = {
    "labelme": "labelme",
    "labelimg": "labelImg",
    "x-anylabeling": "X-AnyLabeling",
    "cvat": "CVAT",
}
"""Proper names of the programs whose keys can be had."""


class ShortcutsDialog(QDialog):
    """Choose whose keys to use, and put any action on any key. Changes work at once."""

    def __init__(self, actions: Actions, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._settings = settings
        self.keymap = Keymap(tuple(actions), settings.keymap, parse(settings.own_keys))
        self._adding = False
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(*SIZE_PX)
        self.search = QLineEdit(clearButtonEnabled=True)
        self.search.setPlaceholderText(self.tr("Search by name or key"))
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.profile = self._profiles()
        self.note = QLabel(wordWrap=True)
        set_role(self.note, "caption")
        self.table = KeyTable(actions)
        self.question = Question()
        self.change, self.add, self.clear = (QPushButton(autoDefault=False) for _ in range(3))
        self.reset, self.reset_all = (QPushButton(autoDefault=False) for _ in range(2))
        self.leave = QPushButton(autoDefault=False)
        self._lay_out()
        self._connect()
        self._show()
        self.search.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus; no button is the default of the dialog."""
        button = self.focusWidget()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and isinstance(button, QPushButton):
            button.click()
        else:
            super().keyPressEvent(event)

    def lines(self) -> list[str]:
        """The actions that are listed now."""
        return self.table.names()

    def _profiles(self) -> QComboBox:
        box = QComboBox()
        for profile in PROFILES:
            own = self.tr("Vision Studio") if profile == STUDIO else NAMES[profile]
            box.addItem(self.tr("Keys of {program}").format(program=own), profile)
        box.setCurrentIndex(box.findData(self.keymap.profile))
        box.setAccessibleName(self.tr("Whose keys"))
        return box

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.TIGHT)
        top.addWidget(self.search, 1)
        top.addWidget(self.profile)
        foot = QHBoxLayout()
        foot.setSpacing(theme.TIGHT)
        for button, text in (
            (self.change, self.tr("Change…")),
            (self.add, self.tr("Add a key…")),
            (self.clear, self.tr("No key")),
            (self.reset, self.tr("Reset")),
            (self.reset_all, self.tr("Reset all")),
            (self.leave, self.tr("Close")),
        ):
            button.setText(text)
            if button is self.reset_all:
                foot.addStretch()
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.SPACE)
        column.addLayout(top)
        column.addWidget(self.note)
        column.addWidget(self.table, 1)
        column.addWidget(self.question)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.table.narrow)
        self.profile.activated.connect(
            lambda _: self._use(self.keymap.with_profile(self.profile.currentData()))
        )
        self.table.recorded.connect(self._assign)
        self.table.currentItemChanged.connect(lambda *_: self._follow_row())
        self.change.clicked.connect(lambda: self._record(adding=False))
        self.add.clicked.connect(lambda: self._record(adding=True))
        self.clear.clicked.connect(lambda: self._use(self.keymap.with_keys(self._chosen(), ())))
        self.reset.clicked.connect(lambda: self._use(self.keymap.without(self._chosen())))
        self.reset_all.clicked.connect(lambda: self._use(self.keymap.plain()))
        self.leave.clicked.connect(self.accept)

    def _chosen(self) -> str:
        return self.table.action_id()

    def _record(self, *, adding: bool) -> None:
        self.table.record()
        self._adding = adding

    # A key was pressed ---------------------------------------------------------------------

    def _assign(self, action_id: str, key: str) -> None:
        """Give the action its key, unless it is fixed or, until the user agrees, another's."""
        adding, self._adding = self._adding, False
        scope = next(spec.scope for spec in self._actions if spec.id == action_id)
        [text] = key_texts([key])
        if not allowed(key, scope):
            self.question.tell(
                self.tr("{key} belongs to the tools and cannot mean anything else.").format(
                    key=text
                )
            )
            return
        before = self._actions.keys(action_id) if adding else ()
        changed = self.keymap.with_keys(action_id, (*before, *both_enters(key)))
        if _same(changed.own[action_id], self._actions.keys(action_id)):
            self.question.hide()
            return
        owners = self.keymap.owners(action_id, key)
        if not owners:
            self._use(changed)
            return
        names = messages.listed(f"“{self._actions.plain(spec.id)}”" for spec in owners)
        sentence = self.tr("{key} means {other} already.").format(key=text, other=names)
        self.question.ask(sentence, self.tr("Take over"), lambda: self._use(changed))

    def _use(self, keymap: Keymap) -> None:
        """Put a keymap to work and keep it."""
        self.keymap = keymap
        own = {action_id: list(keys) for action_id, keys in keymap.own.items()}
        self._settings.change(keymap=keymap.profile, own_keys=own)
        self._actions.set_keys(keymap.keys())
        self._show()

    # What is shown -------------------------------------------------------------------------

    def _show(self) -> None:
        self.question.hide()
        self.table.show_keys(self.keymap.own)
        self.table.narrow(self.search.text())
        without = self.keymap.displaced()
        displaced = messages.listed(self._actions.plain(spec.id) for spec in without)
        self.note.setVisible(bool(displaced))
        self.note.setText(
            self.tr("Without a key, for it means something else here: {actions}").format(
                actions=displaced
            )
        )
        self._follow_row()

    def _follow_row(self) -> None:
        self.question.hide()
        chosen = self._chosen()
        for button in (self.change, self.add):
            button.setEnabled(bool(chosen))
        self.clear.setEnabled(bool(chosen) and bool(self._actions.keys(chosen)))
        self.reset.setEnabled(bool(chosen) and self.keymap.is_own(chosen))
        self.reset_all.setEnabled(bool(self.keymap.own))


def _same(keys: Iterable[str], others: Iterable[str]) -> bool:
    return set(map(canonical, keys)) == set(map(canonical, others))


class Question(QFrame):
    """A sentence below the list, and what can be done about it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._icon = QLabel()
        self._text = QLabel(wordWrap=True)
        self.yes, self.no = QPushButton(autoDefault=False), QPushButton(autoDefault=False)
        set_role(self.yes, "primary")
        self.no.setText(self.tr("Cancel"))
        self.no.clicked.connect(self.hide)
        self._call: Callable[[], object] = self.hide
        self.yes.clicked.connect(lambda: self._call())
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE, theme.TIGHT, theme.SPACE, theme.TIGHT)
        row.setSpacing(theme.TIGHT)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        self.hide()

    def text(self) -> str:
        """The sentence."""
        return self._text.text()

    def tell(self, sentence: str) -> None:
        """Say something that leaves nothing to choose."""
        self._say(sentence)
        self.yes.hide()

    def ask(self, sentence: str, answer: str, call: Callable[[], object]) -> None:
        """Say something and offer ``answer``, which calls ``call``."""
        self._say(sentence)
        self._call = call
        self.yes.setText(answer)
        self.yes.show()
        self.yes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, sentence: str) -> None:
        colors = theme.current()
        pixmap: QPixmap = icon("warning", colors.warning).pixmap(theme.ICON_PX, theme.ICON_PX)
        self._icon.setPixmap(pixmap)
        self._text.setText(sentence)
        self.show()
