"""The bar of the Predict workspace: the model, more pictures, how far it has got, saving."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QToolButton,
    QWidget,
)

from studio.errors import Sentence
from studio.ui import theme
from studio.ui.actions import Actions
from studio.ui.document import Document
from studio.ui.icons import icon
from studio.ui.predict.saving import Kind
from studio.ui.style_sheet import set_role
from studio.ui.widgets.run_choice import RunChoice
from studio.ui.wording import messages

BAR_PX = 120


class PredictBar(QFrame):
    """Controls above the pictures.

    Signals:
        save_requested(Kind): predictions are to be saved.
    """

    save_requested = Signal(object)

    def __init__(self, document: Document, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self._model = QLabel()
        self.choice = RunChoice(document)
        self._buttons = [_button(actions, name) for name in ("predict.unlabelled", "predict.add")]
        self._stop = _button(actions, "predict.stop")
        self._progress = QProgressBar()
        self._progress.setFixedWidth(BAR_PX)
        self._progress.setTextVisible(False)
        self.said = QLabel()
        self._sentence: Sentence | None = None
        set_role(self.said, "quiet")
        self.hide_marks = _button(actions, "predict.overlay")
        self.hide_marks.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.save = QPushButton(icon("export"), "")
        set_role(self.save, "menu")
        menu = QMenu(self.save)
        self._kinds = {kind: menu.addAction("") for kind in Kind}
        for kind, action in self._kinds.items():
            action.triggered.connect(lambda _=False, kind=kind: self.save_requested.emit(kind))
        self.save.setMenu(menu)
        self._lay_out()
        self.show_progress("", 0, 0, busy=False)
        self.retranslate()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.WIDE, theme.TIGHT, theme.SPACE, theme.TIGHT)
        row.setSpacing(theme.TIGHT)
        row.addWidget(self._model)
        row.addWidget(self.choice)
        for button in self._buttons:
            row.addWidget(button)
        row.addWidget(self._progress)
        row.addWidget(self._stop)
        row.addWidget(self.said, 1)
        row.addWidget(self.hide_marks)
        row.addWidget(self.save)

    def retranslate(self) -> None:
        """Take texts from the present language."""
        self._model.setText(self.tr("Model"))
        self.choice.refresh()
        self.save.setText(self.tr("Save"))
        self.save.setToolTip(self.tr("Save what is shown, as files for other programs"))
        texts = {
            Kind.CSV: self.tr("Table (CSV)…"),
            Kind.COCO: self.tr("COCO JSON…"),
            Kind.OVERLAYS: self.tr("Pictures with predictions drawn…"),
        }
        for kind, action in self._kinds.items():
            action.setText(texts[kind])
        # What was said in passing in the other language is over.
        self.say(self._sentence or "")

    def say(self, said: Sentence | str) -> None:
        """Say something in passing; a ``Sentence`` is said again in another language."""
        self._sentence = said if isinstance(said, Sentence) else None
        text = messages.sentence(said) if isinstance(said, Sentence) else said
        self.said.setText(text)
        self.said.setToolTip(text)

    def let_choose(self, can_predict: bool) -> None:
        """Offer to choose images, once there is a model to look at them."""
        for button in self._buttons:
            button.defaultAction().setEnabled(can_predict)

    def show_progress(self, text: str, done: int, total: int, *, busy: bool) -> None:
        """Show how far the job has got; not ``busy`` hides it."""
        self._progress.setVisible(busy)
        self._stop.setVisible(busy)
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        if text:
            self.say(text)


def _button(actions: Actions, name: str) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(actions[name])
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button
