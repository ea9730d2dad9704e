"""The search box: one line of search terms, completed while one types."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from studio.domain.completing import Completion, Vocabulary, complete
from studio.domain.labels import Label, clean_name
from studio.domain.query import OfClass, Tagged, parse
from studio.domain.query_tokens import quoted
from studio.ui.icons import icon
from studio.ui.images.candidates import CandidateList

OWN_KEYS = frozenset(
    {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down}
)
"""Keys that act here while one types, whatever they mean in the workspace."""


class SearchBox(QLineEdit):
    """Completes with Tab, or with Enter once a candidate was chosen with the arrow keys.

    Escape closes the list, then leaves the box. In an empty box the down arrow offers what was
    looked for last.

    Signals:
        entered(): the search is meant as it is.
        left(): the keyboard shall go back to the images.
    """

    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vocabulary = Vocabulary()
        self._colors: dict[str, str] = {}
        self._recent: Sequence[str] = ()
        self._completion = Completion()
        self._offers_recent = False
        self._list: CandidateList | None = None
        self.setClearButtonEnabled(True)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.textEdited.connect(lambda _: self._complete())
        self.cursorPositionChanged.connect(self._follow_cursor)

    def set_words(self, labels: Sequence[Label], runs: Sequence[int]) -> None:
        """The classes and runs that can be looked for."""
        self._vocabulary = Vocabulary(tuple(label.name for label in labels), tuple(runs))
        self._colors = {quoted(label.name): label.color for label in labels}

    def set_recent(self, texts: Sequence[str]) -> None:
        """What was looked for last, newest first."""
        self._recent = texts

    def unknown_class(self, text: str) -> str:
        """The first class in a search that the project does not have, "" for none."""
        known = {name.casefold() for name in self._vocabulary.classes}
        for term in parse(text).terms:
            match term.condition:
                case OfClass(name) | Tagged(name) if clean_name(name).casefold() not in known:
                    return name
                case _:
                    pass
        return ""

    @property
    def offers(self) -> list[str]:
        """What the list offers now, nothing where it is closed."""
        shown = self._list
        if shown is None or not shown.isVisible():
            return []
        return [shown.item(row).text() for row in range(shown.count())]

    def close_list(self) -> None:
        """Offer nothing until something is typed."""
        if self._list is not None:
            self._list.hide()

    # Keys ----------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep the keys of this box from the workspace's shortcuts."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in OWN_KEYS
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab takes the first candidate while there are any, else it goes on."""
        if forward and self.offers:
            self._accept(max(0, self._chosen))
            return True
        self.close_list()
        return super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the list, take from it, close it, leave."""
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up if self.offers and self._list is not None:
                self._list.step(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Down if not self.text():
                self._offer_recent()
            case Qt.Key.Key_Down:
                self._complete()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._chosen >= 0:
                self._accept(self._chosen)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.close_list()
                self.entered.emit()
            case Qt.Key.Key_Escape if self.offers:
                self.close_list()
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list belongs to the box that has the keyboard."""
        self.close_list()
        super().focusOutEvent(event)

    # The list ------------------------------------------------------------------------------

    @property
    def _chosen(self) -> int:
        """The row of the list that the arrow keys chose, -1 for none."""
        return self._list.currentRow() if self.offers and self._list is not None else -1

    def _shown_list(self) -> CandidateList:
        if self._list is None or self._list.parentWidget() is not self.window():
            self._list = CandidateList(self)
            self._list.picked.connect(self._accept)
            self.destroyed.connect(self._list.deleteLater)  # it is the window's child
        return self._list

    def _complete(self) -> None:
        self._offers_recent = False
        self._completion = complete(self.text(), self.cursorPosition(), self._vocabulary)
        self._shown_list().show_candidates(self._completion.candidates, self._colors)

    def _follow_cursor(self, _: int, place: int) -> None:
        if self.offers and not self._completion.start <= place <= self._completion.end:
            self.close_list()

    def _offer_recent(self) -> None:
        self._offers_recent = True
        self._shown_list().show_rows([(text, "") for text in self._recent], icon("search"))

    def _accept(self, row: int) -> None:
        if self._offers_recent:
            text = self._recent[row]
            self.close_list()
            self.setText(text)
            self.entered.emit()
            return
        candidate = self._completion.candidates[row]
        text, cursor = self._completion.accepted(self.text(), candidate)
        self.close_list()
        self.setText(text)
        self.setCursorPosition(cursor)
        if candidate.open:
            self._complete()
