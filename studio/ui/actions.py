"""Every action of the window in one table: id, text, icon, keys, hint.

The menu, the tool strips and the shortcuts are all made from it, so that no action is without a
key, a tooltip and a translation. A workspace says what an action does with ``Actions.connect_to``;
``Actions.set_keys`` puts other keys in the place of the table's, at any time.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from studio.ui.icons import icon

CONTEXT = "Actions"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. ``keys`` are portable key sequences, the first one shown in menus; the user may
    have put others in their place (``Actions.keys``).

    ``text`` and ``hint`` are English literals of translation context ``Actions``; the gate in
    ``tests/test_translations.py`` finds them in the table. ``scope`` is the
    workspace the shortcut works in (label, images, train, results, predict), "" for everywhere.
    ``checkable`` actions of one ``group`` exclude each other.
    """

    id: str
    text: str
    icon: str = ""
    keys: tuple[str, ...] = ()
    hint: str = ""
    scope: str = ""
    checkable: bool = False
    group: str = ""


def key_texts(keys: Iterable[str]) -> list[str]:
    """Keys as they are printed on the keyboard; Return and Enter are one key."""
    # Qt would translate Backspace, but no keyboard does; a Mac's signs are printed on its own.
    kinds = QKeySequence.SequenceFormat
    form = kinds.NativeText if sys.platform == "darwin" else kinds.PortableText
    texts = (QKeySequence(key.replace("Return", "Enter")).toString(form) for key in keys)
    return list(dict.fromkeys(texts))


def _sequences(keys: Iterable[str]) -> list[QKeySequence]:
    """The keys of an action; menus show the first, and a keyboard's key says Enter."""
    enter_first = sorted(keys, key=lambda key: key.endswith("Return"))
    return [QKeySequence(key) for key in enter_first]


class Actions(QObject):
    """The QActions of a table of specs, translated again when the language changes.

    Signals:
        keys_changed(): some actions are on other keys now.
    """

    keys_changed = Signal()

    def __init__(self, specs: Iterable[ActionSpec], parent: QWidget) -> None:
        super().__init__(parent)
        self._specs = {spec.id: spec for spec in specs}
        self._keys = {spec.id: spec.keys for spec in self._specs.values()}
        self._said: dict[str, tuple[str, str]] = {}
        self._calls: dict[str, Callable[[], object]] = {}
        groups = sorted({spec.group for spec in self._specs.values()} - {""})
        self._groups = {name: QActionGroup(self) for name in groups}
        self._actions = {spec.id: self._make(spec) for spec in self._specs.values()}
        self.retranslate()

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def __iter__(self) -> Iterator[ActionSpec]:
        return iter(self._specs.values())

    def keys(self, action_id: str) -> tuple[str, ...]:
        """The portable key sequences that an action is on now."""
        return self._keys[action_id]

    def key_texts(self, action_id: str) -> list[str]:
        """The keys that an action is on now, as this system writes them."""
        return key_texts(self._keys[action_id])

    def set_keys(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Put actions on other keys, at once and everywhere they are shown."""
        changed = {each: new for each, new in keys.items() if new != self._keys[each]}
        self._keys |= changed
        # First all are taken away: no key may mean two things in between.
        for action_id in changed:
            self._actions[action_id].setShortcuts([])
        for action_id, new in changed.items():
            self._actions[action_id].setShortcuts(_sequences(new))
            self._name(action_id, *self._said[action_id])
        if changed:
            self.keys_changed.emit()

    def connect_to(self, action_id: str, call: Callable[[], object]) -> None:
        """Say what an action does; this takes the place of what was said before."""
        if action_id not in self._actions:
            raise KeyError(action_id)
        self._calls[action_id] = call

    def disconnect_scopes(self) -> None:
        """Let go of what the actions of workspaces did and were called: their project is closed."""
        for spec in self:
            if spec.scope:
                self._calls.pop(spec.id, None)
        self.retranslate()

    def _trigger(self, action_id: str) -> None:
        call = self._calls.get(action_id)
        if call is not None:
            call()

    def plain(self, action_id: str) -> str:
        """The name of an action as the table has it, whatever it is called just now."""
        return QCoreApplication.translate(CONTEXT, self._specs[action_id].text).removesuffix("…")

    def retranslate(self) -> None:
        """Take texts and tooltips from the present language."""
        for action_id in self._specs:
            self.rename(action_id)

    def rename(self, action_id: str, text: str = "") -> None:
        """Let an action say more precisely what it does now, until the language changes.

        Without ``text`` it says again what the table says.
        """
        if text:
            self._name(action_id, text, text)
            return
        spec = self._specs[action_id]
        plain = QCoreApplication.translate(CONTEXT, spec.text)
        hint = QCoreApplication.translate(CONTEXT, spec.hint) if spec.hint else plain
        self._name(action_id, plain, hint)

    def _name(self, action_id: str, text: str, hint: str) -> None:
        self._said[action_id] = (text, hint)
        keys = ", ".join(self.key_texts(action_id))
        self._actions[action_id].setText(text)
        self._actions[action_id].setToolTip(f"{hint} ({keys})" if keys else hint)

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(self)
        action.setObjectName(spec.id)
        action.setCheckable(spec.checkable)
        action.setShortcuts(_sequences(spec.keys))
        action.setShortcutContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut
            if spec.scope
            else Qt.ShortcutContext.WindowShortcut
        )
        action.triggered.connect(lambda *_: self._trigger(spec.id))
        if spec.group:
            self._groups[spec.group].addAction(action)
        if spec.icon:
            action.setIcon(icon(spec.icon))
        return action
