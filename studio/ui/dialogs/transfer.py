"""What import and export have in common: a form, a while of work, then what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.domain.imports import Problem
from studio.errors import Sentence, StudioError
from studio.formats.contract import Progress
from studio.ui import theme
from studio.ui.style_sheet import set_role
from studio.ui.threads.work import Task, Work
from studio.ui.wording import messages, metric_text

SIZE_PX = (640, 420)
MOST_PROBLEMS = 2000
TELL_EVERY_S = 0.1
ETA_AFTER_S = 2.0
"""Earlier nobody can say how long it takes."""

T = TypeVar("T")


def watched(
    steps: Generator[Progress, None, T], should_stop: Callable[[], bool]
) -> Generator[Progress, None, T | None]:
    """Some of the progress of ``steps``, and what they end with; None where they were stopped."""
    told_at = 0.0
    while True:
        try:
            progress = next(steps)
        except StopIteration as end:
            return end.value
        if should_stop():
            steps.close()
            return None
        if time.monotonic() - told_at >= TELL_EVERY_S:
            yield progress
            told_at = time.monotonic()


class TransferDialog(QDialog):
    """The frame of both dialogs. What follows the form is told on a second page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.resize(*SIZE_PX)
        self._work: Work | None = None
        self._leaving = False
        self._step, self._began = "", 0.0
        self.form = QFormLayout()
        self.note = QLabel(wordWrap=True)
        set_role(self.note, "quiet")
        self.summary = QLabel(wordWrap=True)
        set_role(self.summary, "heading")
        self.problems = QTableWidget(0, 2)
        self.problems.setAccessibleName(self.tr("Problems"))
        self.progress = QProgressBar(textVisible=False)
        self.progress.hide()
        self._pages = QStackedWidget()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.begin_button: QPushButton = self.buttons.addButton(
            "", QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        self.buttons.rejected.connect(self.close)
        self._lay_out()
        self.begin_button.setDefault(True)  # only within the dialog is it so wherever the focus is

    def work_on(self, task: Task) -> None:
        """Carry a task out on a thread; ``take_result`` or a sentence follows.

        The task yields a ``Sentence`` before each of its steps, and may yield the ``Progress`` of
        one. Where it was cancelled, it returns None.
        """
        self._set_busy(True)
        self._work = Work(task, self)
        self._work.progressed.connect(self._tell)
        self._work.succeeded.connect(self._receive)
        self._work.failed.connect(self._fail)
        self._work.start()

    def take_result(self, result: object) -> None:
        """Tell what came of it."""
        raise NotImplementedError

    def show_outcome(self, summary: str, problems: Sequence[Problem]) -> None:
        """Show the second page: one sentence, and what was left out."""
        self.summary.setText(summary)
        self.problems.setVisible(bool(problems))
        self.problems.setRowCount(min(len(problems), MOST_PROBLEMS))
        for row, problem in enumerate(problems[:MOST_PROBLEMS]):
            place = "  ".join(filter(None, (problem.file, problem.field)))
            sentence = messages.sentence(problem.sentence)
            for column, text in enumerate((place, sentence)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.problems.setItem(row, column, item)
        self._pages.setCurrentIndex(1)
        self.begin_button.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        """In the middle of the work, stop it and close: nothing is left half done."""
        if self.is_busy:
            self._cancel()
            event.ignore()
        else:
            super().closeEvent(event)

    def reject(self) -> None:
        """Escape does as the button does."""
        if self.is_busy:
            self._cancel()
        else:
            super().reject()

    @property
    def is_busy(self) -> bool:
        """Whether the work is under way."""
        return self._work is not None

    def _cancel(self) -> None:
        assert self._work is not None
        self._leaving = True
        self._work.cancel()
        self._closing_button().setEnabled(False)

    def _tell(self, told: Sentence | Progress) -> None:
        if isinstance(told, Progress):
            self._tell_progress(told)
            return
        self._step, self._began = messages.sentence(told), time.monotonic()
        set_role(self.note, "quiet")
        self.note.setText(self._step)
        self.progress.setRange(0, 0)

    def _tell_progress(self, progress: Progress) -> None:
        if not progress.total:
            return
        share = progress.done / progress.total
        self.progress.setRange(0, 1000)
        self.progress.setValue(round(1000 * share))
        elapsed_s = time.monotonic() - self._began
        if elapsed_s >= ETA_AFTER_S and share:
            left = metric_text.duration(elapsed_s * (1 - share) / share)
            about = self.tr("about {time} left").format(time=left)
            self.note.setText(f"{self._step}  ·  {about}")

    def _receive(self, result: object) -> None:
        self._set_busy(False)
        if result is not None:  # a cancel that came too late takes nothing back, so it is told
            self._leaving = False
            self.take_result(result)
        elif self._leaving:
            self.close()

    def _fail(self, error: StudioError) -> None:
        self._set_busy(False)
        self._leaving = False
        self.note.setText(messages.sentence(error))
        set_role(self.note, "danger")

    def _set_busy(self, busy: bool) -> None:
        if not busy:
            self._work = None
        self.progress.setVisible(busy)
        self.begin_button.setEnabled(not busy)
        self._closing_button().setText(self.tr("Cancel") if busy else self.tr("Close"))
        self._closing_button().setEnabled(True)
        self._pages.setEnabled(not busy)

    def _closing_button(self) -> QPushButton:
        return self.buttons.button(QDialogButtonBox.StandardButton.Close)

    def _lay_out(self) -> None:
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.form.setHorizontalSpacing(theme.LOOSE)
        self.form.setVerticalSpacing(theme.SPACE)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        first = QWidget()
        page = QVBoxLayout(first)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(theme.WIDE)
        page.addLayout(self.form)
        page.addWidget(self.note)
        page.addStretch()
        self.problems.setHorizontalHeaderLabels((self.tr("Where"), self.tr("What")))
        self.problems.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.problems.setColumnWidth(0, 220)
        self.problems.verticalHeader().hide()
        self.problems.setTabKeyNavigation(False)
        self.problems.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.problems.setShowGrid(False)
        second = QWidget()
        outcome = QVBoxLayout(second)
        outcome.setContentsMargins(0, 0, 0, 0)
        outcome.setSpacing(theme.SPACE)
        outcome.addWidget(self.summary)
        outcome.addWidget(self.problems, 1)
        outcome.addStretch()
        self._pages.addWidget(first)
        self._pages.addWidget(second)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LOOSE, theme.LOOSE, theme.LOOSE, theme.WIDE)
        column.setSpacing(theme.SPACE)
        column.addWidget(self._pages, 1)
        column.addWidget(self.progress)
        column.addWidget(self.buttons)
