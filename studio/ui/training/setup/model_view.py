"""The card of the model that will be trained: what it is, its size, where it starts from."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from studio.errors import Sentence
from studio.learning.catalogue import ModelCard
from studio.learning.config import Weights
from studio.ui import theme
from studio.ui.style_sheet import set_role
from studio.ui.training.setup.parameters import parameters
from studio.ui.wording import messages


class ModelView(QWidget):
    """A model in four lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.text, self._facts, self.origin = (QLabel() for _ in range(4))
        set_role(self.title, "heading")
        set_role(self._facts, "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HAIR)
        for label in (self.title, self.text, self.origin, self._facts):
            label.setWordWrap(True)
            column.addWidget(label)

    def show_card(
        self,
        card: ModelCard,
        weights: Weights,
        present: bool,
        reason: Sentence | None,
        *,
        brief: bool = False,
    ) -> None:
        """Show a model; ``present`` says whether its pretrained weights are on this computer.

        ``brief`` leaves out its name and figures, where they are told beside it, and says both
        what it is and the ``reason`` for it.
        """
        self.title.setVisible(not brief)
        self._facts.setVisible(not brief)
        self.title.setText(card.title)
        why = messages.sentence(reason) if reason else ""
        what = messages.sentence(card.description)
        self.text.setText(messages.together(what, why) if brief else why or what)
        self._facts.setText(self._numbers(card))
        self.origin.setText(self._origin(card, weights, present))

    def _numbers(self, card: ModelCard) -> str:
        parts = [
            self.tr("{count} parameters").format(count=parameters(card.parameters_m)),
            messages.sentence(card.published),
        ]
        return " · ".join(parts)

    def _origin(self, card: ModelCard, weights: Weights, present: bool) -> str:
        if weights is Weights.SCRATCH:
            return self.tr("Starts from random weights: this needs many more images and epochs.")
        origin = messages.sentence(card.origin)
        if present or not card.download_mb:
            return origin
        download = self.tr("They will be downloaded first ({size} MB).").format(
            size=f"{card.download_mb:.0f}"
        )
        return messages.together(origin, download)
