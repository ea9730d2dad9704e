"""The one button that trains, with what it will take."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from studio.learning.readiness.dataset import Readiness
from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.style_sheet import set_role

PAGE_WIDTH = 960
"""The page and what is on its bar are no wider: longer lines of text are hard to read."""


class TrainBar(QFrame):
    """Offers to train, or to let another training wait for its turn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self._pending = 0
        self._data: Readiness | None = None
        self._minutes = 0.0
        self.button, self.summary = QPushButton(icon("train", on_accent=True), ""), QLabel()
        self.button.setObjectName("train.start")
        set_role(self.button, "hero")
        self.button.setIconSize(QSize(20, 20))
        set_role(self.summary, "quiet")
        inside = QWidget()
        inside.setMaximumWidth(PAGE_WIDTH)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(inside)
        row = QHBoxLayout(inside)
        row.setContentsMargins(theme.LOOSE, theme.SPACE, theme.LOOSE, theme.SPACE)
        row.setSpacing(theme.WIDE)
        row.addWidget(self.button)
        row.addWidget(self.summary, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def retranslate(self) -> None:
        """Take texts from the present language."""
        self._show()

    def show_pending(self, count: int) -> None:
        """Say that so many trainings are under way or wait, and that another would wait too."""
        self._pending = count
        self._show()

    def show_plan(self, data: Readiness | None, minutes: float) -> None:
        """Say on how many images, and how long at most; None where nothing can be trained."""
        self._data, self._minutes = data, minutes
        self._show()

    def _show(self) -> None:
        self.button.setEnabled(self._data is not None)
        self.button.setText(self.tr("Add to queue") if self._pending else self.tr("Train"))
        self.button.setToolTip(
            self.tr(
                "A training is under way; this one begins when it has ended, with the labels as "
                "they are then (Ctrl+Enter)"
            )
            if self._pending
            else self.tr("Start training (Ctrl+Enter)")
        )
        self.summary.setText(" · ".join(self._parts(self._data)) if self._data else "")

    def _parts(self, data: Readiness) -> list[str]:
        parts = [
            self.tr("{train} images to learn from, {val} to check on").format(
                train=data.train_images, val=data.val_images
            )
        ]
        if self._minutes >= 1:
            parts.append(self.tr("at most about %n minute(s)", "", ceil(self._minutes)))
        if self._pending:
            parts.append(self.tr("begins after %n training(s)", "", self._pending))
        return parts
