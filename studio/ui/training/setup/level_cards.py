"""Fast, balanced, accurate: three models to choose from, with what each takes on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.learning.catalogue.levels import Level
from studio.ui import theme
from studio.ui.style_sheet import set_role
from studio.ui.training.setup.choice_card import ChoiceCard
from studio.ui.training.setup.offers import Offer
from studio.ui.training.setup.parameters import parameters
from studio.ui.wording import messages


class LevelCard(ChoiceCard):
    """One model."""

    def __init__(self, offer: Offer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offer = offer
        card = offer.choice.card
        self.level, self.badge, self.title = QLabel(), QLabel(), QLabel(card.title)
        self.facts = [QLabel(text) for text in _facts(offer)]
        set_role(self.level, "heading")
        set_role(self.badge, "accent")
        self.level.setText(level_name(offer.choice.level))
        self.badge.setText(self.tr("Recommended") if offer.choice.recommended else "")
        for label in self.facts:
            set_role(label, "caption")
        for label in (self.title, *self.facts):
            label.setWordWrap(True)
        why = messages.sentence(offer.choice.reason)
        self.setToolTip(f"{messages.sentence(card.description)}\n{why}")
        self.setAccessibleName(f"{self.level.text()}: {card.title}")
        lines = (self.badge.text(), *(label.text() for label in self.facts), self.toolTip())
        self.setAccessibleDescription("\n".join(filter(None, lines)))
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.TIGHT)
        head.addWidget(self.level)
        head.addStretch(1)
        head.addWidget(self.badge)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.SPACE, theme.WIDE, theme.SPACE)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.title)
        column.addSpacing(theme.HAIR)
        for label in self.facts:
            column.addWidget(label)
        column.addStretch(1)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def level_name(level: Level) -> str:
    """What a level is called."""
    return {
        Level.FAST: QCoreApplication.translate("LevelCard", "Fast"),
        Level.BALANCED: QCoreApplication.translate("LevelCard", "Balanced"),
        Level.ACCURATE: QCoreApplication.translate("LevelCard", "Accurate"),
    }[level]


def _facts(offer: Offer) -> list[str]:
    card = offer.choice.card
    size = QCoreApplication.translate("LevelCard", "{count} parameters").format(
        count=parameters(card.parameters_m)
    )
    if offer.memory_gb:
        memory = QCoreApplication.translate("LevelCard", "{count} GB memory").format(
            count=f"{max(0.1, offer.memory_gb):.1f}"
        )
        size = f"{size} · {memory}"
    lines = [size, _capital(messages.sentence(card.published)), _time(offer)]
    if not offer.is_here:
        lines.append(
            QCoreApplication.translate("LevelCard", "Downloaded first ({size} MB)").format(
                size=f"{card.download_mb:.0f}"
            )
        )
    return lines


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _time(offer: Offer) -> str:
    if offer.config is None:
        return QCoreApplication.translate("LevelCard", "Not with the settings below")
    if not offer.minutes:
        return QCoreApplication.translate("LevelCard", "Time not measured yet")
    minutes = ceil(offer.minutes)
    if offer.is_measured:
        text = QCoreApplication.translate(
            "LevelCard", "At most %n minute(s) for {epochs} epochs, as measured", "", minutes
        )
    else:
        text = QCoreApplication.translate(
            "LevelCard", "At most about %n minute(s) for {epochs} epochs", "", minutes
        )
    return text.format(epochs=offer.config.epochs)


class LevelCards(QWidget):
    """The cards side by side, and below them the way to all other models.

    Signals:
        chosen(str): a model was chosen, by its name.
        all_asked(): the user wants to see all models.
    """

    chosen = Signal(str)
    all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: tuple[LevelCard, ...] = ()
        self.all = QPushButton()
        set_role(self.all, "link")
        self.all.clicked.connect(self.all_asked)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.SPACE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TIGHT)
        column.addLayout(self._row)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What the cards show."""
        return tuple(card.offer for card in self.cards)

    def retranslate(self) -> None:
        """Take texts from the present language; ``show_offers`` says anew which is chosen."""
        self._replace(self.offers)
        self.all.setText(self.tr("All models…"))
        self.all.setToolTip(self.tr("Every model of this task, to search and to sort"))

    def show_offers(self, offers: Sequence[Offer], chosen: str) -> None:
        """Show these, with the model ``chosen`` as such; the keyboard stays where it was."""
        if self.offers != tuple(offers):
            self._replace(offers)
        for card in self.cards:
            card.setChecked(card.offer.choice.card.name == chosen)

    def _replace(self, offers: Sequence[Offer]) -> None:
        focused = next((n for n, card in enumerate(self.cards) if card.hasFocus()), -1)
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = tuple(LevelCard(offer) for offer in offers)
        for place, card in enumerate(self.cards):
            self._row.addWidget(card, 1)
            name = card.offer.choice.card.name
            card.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            if place == focused:
                card.setFocus()
        self._keep_tab_order()

    def _keep_tab_order(self) -> None:
        """Let Tab come to the cards where they stand: Qt puts what is new at the end of a page."""
        tab, before = Qt.FocusPolicy.TabFocus, self.previousInFocusChain()
        while before and before is not self and not before.focusPolicy() & tab:
            before = before.previousInFocusChain()
        for card in self.cards:
            self.setTabOrder(before or self, card)
            before = card
