"""Pretrained weights are missing: one sentence, and the user chooses what to do."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from studio.errors import Sentence, StudioError
from studio.learning import catalogue
from studio.learning.config import TrainConfig, Weights
from studio.learning.pretrained import weights
from studio.ui.threads.work import Work
from studio.ui.training.banner import Banner
from studio.ui.wording import messages


class WeightsChoice(QWidget):
    """Retry the download, pick a file, or start from scratch: never silently the last.

    A file that was picked is looked at and copied elsewhere: it may be half a gigabyte.

    Signals:
        retry_chosen(): try again as it was set up.
        added(): a file was taken in.
        scratch_chosen(): start from random weights.
    """

    retry_chosen = Signal()
    added = Signal()
    scratch_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ""
        self._sentence: Sentence | None = None
        self._work: Work | None = None
        self.banner = Banner("warning")
        self.retry = self.banner.add_button(self.retry_chosen.emit)
        self.pick = self.banner.add_button(self._ask_for_file)
        self.scratch = self.banner.add_button(self.scratch_chosen.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.banner)
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Take texts from the present language."""
        self.retry.setText(self.tr("Retry download"))
        self.pick.setText(self.tr("Pick a file…"))
        self.scratch.setText(self.tr("Start from scratch"))
        self.scratch.setToolTip(self.tr("Random weights: this needs many more images and epochs."))
        if self._work:
            self.banner.say(self.tr("Copying the file…"))
        elif self._sentence is not None:
            self.banner.say(self._missing(self._sentence))

    def offer(self, config: TrainConfig, sentence: Sentence) -> None:
        """Say what is missing for ``config``."""
        self._model, self._sentence = config.model, sentence
        self.banner.say(self._missing(sentence), "warning")
        self.show()

    def follow(self, config: TrainConfig) -> None:
        """Stand back where other settings need none of what is missing."""
        if config.model != self._model or config.weights is Weights.SCRATCH:
            self.hide()

    def _missing(self, sentence: Sentence) -> str:
        """What is missing, with the ways on that are buttons here instead of the commands'."""
        card = catalogue.find(str(sentence.values.get("model", "")))
        reason = sentence.values.get("reason")
        if card is None or reason is None:
            return messages.sentence(sentence)
        return self.tr(
            "The pretrained weights of {model} are not on this computer and could not be "
            "downloaded: {reason}"
        ).format(model=card.title, reason=messages.value("reason", reason))

    def _ask_for_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Pretrained weights"), "", self.tr("Weights (*.safetensors *.pth)")
        )
        if chosen:
            self.take(Path(chosen))

    def take(self, path: Path) -> None:
        """Take a file in as the weights of the model."""
        model = self._model
        self._work = Work(lambda _: _adding(path, model), self)
        self._work.succeeded.connect(lambda _: self._go_on())
        self._work.failed.connect(self._refuse)
        self._work.start()
        self._show_work()
        self.banner.say(self.tr("Copying the file…"), "info")

    def close_work(self) -> None:
        """Wait for a file that is being copied; nothing comes of it any more."""
        if self._work:
            self._work.close()
            self._work = None

    def _show_work(self) -> None:
        for button in (self.retry, self.pick, self.scratch):
            button.setEnabled(self._work is None)

    def _refuse(self, error: StudioError) -> None:
        self._work, self._sentence = None, error.sentence
        self._show_work()
        self.banner.say(messages.sentence(error), "danger")

    def _go_on(self) -> None:
        self._work = None
        self._show_work()
        is_wanted = not self.isHidden()  # the user has not turned to another model meanwhile
        self.hide()
        self.added.emit()
        if is_wanted:
            self.retry_chosen.emit()


def _adding(path: Path, model: str) -> Generator[None, None, None]:
    weights.add(path, model)
    yield
