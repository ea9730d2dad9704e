"""The bar above the canvas while suggestions are shown: which model, how sure, what to do."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from studio.ui import theme
from studio.ui.document import Document
from studio.ui.icons import icon
from studio.ui.style_sheet import set_role
from studio.ui.suggest.suggestions import Looking, Suggestions
from studio.ui.widgets.elided_label import ElidedLabel
from studio.ui.widgets.run_choice import RunChoice
from studio.ui.wording import messages

HEIGHT_PX = 40
CHOICE_PX = 260
NARROW_CHOICE_PX = 170
SAID_PX = 220
"""What the sentence needs before the buttons show their texts."""
LONGEST_PX = 380
"""What the longest sentence needs before the name of the model gets room as well."""
STEPS = 100
ENOUGH_IMAGES = 20
"""With fewer, how much of the quick classifier is right is a matter of luck."""


class SuggestionBar(QFrame):
    """Says what the model does and offers to accept and reject; hidden while it is off."""

    def __init__(
        self, document: Document, suggestions: Suggestions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._suggestions = suggestions
        set_role(self, "bar")
        self.setFixedHeight(HEIGHT_PX)
        self.choice = RunChoice(document)
        self.choice.setMinimumContentsLength(14)
        self.choice.setMaximumWidth(CHOICE_PX)
        self.choice.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._said = ElidedLabel(at_end=True)
        self._percent = QLabel()
        set_role(self._percent, "quiet")
        self._percent.setFixedWidth(44)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(5, STEPS)
        self.slider.setPageStep(5)
        self.slider.setFixedWidth(110)
        self.slider.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.accept = QPushButton(icon("check"), "")
        self.reject = QPushButton(icon("close"), "")
        self.accept_all = QPushButton(icon("check-circle"), "")
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE, 0, theme.SPACE, 0)
        row.setSpacing(theme.TIGHT)
        row.addWidget(self.choice)
        row.addWidget(self.slider)
        row.addWidget(self._percent)
        row.addWidget(self._said, 1)
        for button in (self.accept, self.reject, self.accept_all):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)

    def _connect(self) -> None:
        suggestions = self._suggestions
        self.slider.valueChanged.connect(lambda value: suggestions.set_min_score(value / STEPS))
        self.choice.chosen.connect(self._use_chosen)
        self.accept.clicked.connect(suggestions.accept)
        self.reject.clicked.connect(suggestions.reject)
        self.accept_all.clicked.connect(suggestions.accept_all)
        suggestions.changed.connect(self.refresh)

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self._texts = {
            self.accept: self.tr("Accept"),
            self.reject: self.tr("Reject"),
            self.accept_all: self.tr("Accept all"),
        }
        for button, text in self._texts.items():
            button.setText(text)
            button.setAccessibleName(text)
        self.accept.setToolTip(self.tr("Make the chosen suggestion a label (Enter)"))
        self.reject.setToolTip(self.tr("Turn the chosen suggestion down (X)"))
        self.accept_all.setToolTip(
            self.tr("Make every shown suggestion of this image a label (Shift+Enter)")
        )
        self.slider.setToolTip(self.tr("Show what the model is at least this sure of"))
        self.slider.setAccessibleName(self.tr("Confidence"))
        self.choice.setAccessibleName(self.tr("Model"))
        self.choice.refresh()
        self.refresh()
        self._fit()

    def refresh(self) -> None:
        """Show the present state."""
        suggestions = self._suggestions
        self.setVisible(suggestions.on)
        run = suggestions.run
        named = run is not None and not suggestions.uses_quick
        if named is self.choice.isHidden():
            self.choice.setVisible(named)
            self._fit()
        if run is not None and run != self.choice.run:
            with QSignalBlocker(self.choice):
                self.choice.refresh()  # it may not have heard of the run yet
                self.choice.choose(run.number)
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(suggestions.min_score * STEPS))
        self._percent.setText(f"{self.slider.value()}%")
        self._said.setText(self._sentence())
        self._said.setToolTip(self._said.text())
        for button in (self.accept, self.reject, self.accept_all):
            button.setEnabled(bool(suggestions.open))

    # Room for texts ------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """The texts ask for no room: they give way."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the texts of the buttons where the sentence has room beside them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for button, text in self._texts.items():
            button.setText(text)
        texts_px = self._row.minimumSize().width() - self._said.minimumWidth() + SAID_PX
        spare_px = self.width() - texts_px
        if spare_px < 0:
            for button in self._texts:
                button.setText("")
        named_px = CHOICE_PX - NARROW_CHOICE_PX + LONGEST_PX - SAID_PX
        self.choice.setMaximumWidth(CHOICE_PX if spare_px >= named_px else NARROW_CHOICE_PX)

    # What is said --------------------------------------------------------------------------

    def _use_chosen(self) -> None:
        if self.choice.run is not None and self._suggestions.on:
            self._suggestions.use(self.choice.run)

    def _sentence(self) -> str:
        suggestions = self._suggestions
        if suggestions.failure:
            return messages.sentence(suggestions.failure)
        match suggestions.state:
            case Looking.NO_MODEL:
                return self.tr("There is no trained model yet: train one, then it helps here.")
            case Looking.WAITING:
                return self.tr("Waits until the other job has ended…")
            case Looking.TOO_FEW:
                return self.tr("Tag two images of each class: then tags are suggested here.")
            case Looking.COMING if suggestions.uses_quick:
                return self._learning()
            case Looking.COMING:
                return self.tr("The model is looking at this image…")
            case _:
                return self._count()

    def _learning(self) -> str:
        progress = self._suggestions.quick.progress
        if progress is None:
            return self.tr("The quick classifier is learning from your tags…")
        return self.tr("The quick classifier is looking at your images: {done} of {total}…").format(
            done=progress.done, total=progress.total
        )

    def _quick_figures(self) -> str:
        fitted = self._suggestions.quick.fitted
        if fitted is None:
            return self.tr("Quick classifier")
        images = round(fitted.metrics["images"])
        if images < ENOUGH_IMAGES:
            return self.tr("Quick classifier, %n image(s) so far", "", images)
        text = self.tr("Quick classifier, %n image(s), about {part} right", "", images)
        return text.format(part=f"{fitted.metrics['accuracy']:.0%}")

    def _count(self) -> str:
        suggestions = self._suggestions
        held = len(suggestions.shown) - len(suggestions.open)
        parts: list[str] = []
        if suggestions.chosen is not None:
            chosen = suggestions.chosen
            parts.append(f"{chosen.label.name} {chosen.score:.0%}")
            if len(suggestions.open) > 1 or not suggestions.uses_quick:
                parts.append(self.tr("%n suggestion(s)", "", len(suggestions.open)))
        elif not held:
            parts.append(self.tr("Nothing more to suggest here."))
        if held:
            parts.append(
                self.tr("%n kept back: you have labelled the same there already.", "", held)
            )
        if suggestions.uses_quick and suggestions.chosen is not None:
            parts.append(self._quick_figures())
        return "  ·  ".join(parts)
