"""The row of the settings that says which model finds outlines from clicks."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from studio.errors import StudioError
from studio.interactive import models
from studio.interactive.models import InstalledModel
from studio.jobs.segmenting import add_model
from studio.settings import Settings
from studio.ui import theme
from studio.ui.style_sheet import set_role
from studio.ui.threads.work import Work
from studio.ui.wording import messages


class InteractiveModelRow(QWidget):
    """The chosen model, and ways to another one or to none; ``note`` says what came of it.

    Files are checked and copied elsewhere; the choice takes effect when that has gone well.
    """

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._work: Work | None = None
        self._error: StudioError | None = None
        self.name = QLineEdit(readOnly=True)
        self.name.setObjectName("interactive-model")
        self.note = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop)
        self.choose, self.remove = QPushButton(), QPushButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.TIGHT)
        row.addWidget(self.name, 1)
        for button in (self.choose, self.remove):
            button.setAutoDefault(False)
            row.addWidget(button)
        self.choose.clicked.connect(self._choose)
        self.remove.clicked.connect(lambda: self._use(None))
        self.retranslate()

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self.name.setPlaceholderText(self.tr("None"))
        self.choose.setText(self.tr("Choose…"))
        self.remove.setText(self.tr("Remove"))
        self._show()

    def close_work(self) -> None:
        """Give up a check under way."""
        if self._work:
            self._work.close()
            self._work = None

    def _choose(self) -> None:
        kinds = self.tr("ONNX models (*.onnx)")
        title = self.tr("Encoder and decoder of one model: two files")
        first, _ = QFileDialog.getOpenFileNames(self, title, self._settings.last_folder, kinds)
        if len(first) == 1:
            title = self.tr("The other file: encoder or decoder of the same model")
            second, _ = QFileDialog.getOpenFileName(self, title, str(Path(first[0]).parent), kinds)
            first += [second] if second else []
        if len(first) == 2:
            self.add(Path(first[0]), Path(first[1]))
        elif first:
            self._error = StudioError(
                "Choose two files: the encoder and the decoder of the same model."
            )
            self._show()

    def add(self, first: Path, second: Path) -> None:
        """Check two files and use them, if they are an encoder and its decoder."""
        self._error = None
        self._work = Work(partial(add_model, first, second), self)
        self._work.succeeded.connect(self._use)
        self._work.failed.connect(self._refuse)
        self._work.start()
        self._show()

    def _refuse(self, error: StudioError) -> None:
        self._work, self._error = None, error
        self._show()

    def _use(self, model: InstalledModel | None) -> None:
        self._work = self._error = None
        chosen = model.id if model else ""
        self._settings.change(interactive_model=chosen)
        models.remove_others(chosen)
        self._show()

    def _show(self) -> None:
        model = models.find(self._settings.interactive_model)
        self.name.setText(model.name if model else "")
        self.name.setToolTip(self.name.text())
        self.name.setCursorPosition(0)
        self.choose.setEnabled(self._work is None)
        self.remove.setEnabled(self._work is None and model is not None)
        if self._work:
            self.note.setText(self.tr("Trying the model out…"))
        elif self._error:
            self.note.setText(messages.sentence(self._error))
        else:
            self.note.setText(
                self.tr(
                    "With a model of the SAM family (two ONNX files: encoder and decoder), a "
                    "click on an object cuts it out. The files are copied; nothing is downloaded."
                )
            )
        set_role(self.note, "danger" if self._error and not self._work else "caption")
