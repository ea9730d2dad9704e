"""The trainings that wait for their turn, above the list of runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from studio.domain.runs import Task
from studio.jobs.thread import JobThread
from studio.learning import catalogue
from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.style_sheet import set_role
from studio.ui.widgets.elided_label import ElidedLabel
from studio.ui.wording import metric_text

MOST_ROWS = 5
"""Of more, the others are counted, so that the runs below keep their room."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One training that waits: what it learns, with which architecture, and from which part of the
    training images."""

    job: JobThread
    task: Task | None
    model: str
    part: float = 1.0

    @property
    def title(self) -> str:
        """What it is called in one line."""
        card = catalogue.find(self.model)
        task = metric_text.task_name(self.task) if self.task else ""
        part = f"{self.part:.0%}" if self.part < 1 else ""
        return " · ".join(filter(None, (task, part, card.title if card else self.model)))


class WaitingRow(QWidget):
    """One training that waits, with its place."""

    def __init__(self, place: int, waiting: Waiting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.waiting = waiting
        self.title = ElidedLabel(f"{place}.  {waiting.title}", at_end=True)
        self.title.setToolTip(waiting.title)
        self.up, self.remove = QToolButton(), QToolButton()
        for button, name, hint in (
            (self.up, "chevron-up", self.tr("Begin before the one above")),
            (self.remove, "close", self.tr("Take it off the list")),
        ):
            button.setIcon(icon(name))
            button.setToolTip(hint)
            set_role(button, "tool")
        self.up.setEnabled(place > 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.HAIR)
        row.addWidget(self.title, 1)
        row.addWidget(self.up)
        row.addWidget(self.remove)


class WaitingList(QFrame):
    """Shows what waits; hidden while nothing does.

    Signals:
        raised(JobThread): it is to begin before the one above it.
        removed(JobThread): it is not to be trained.
    """

    raised = Signal(object)
    removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.rows: list[WaitingRow] = []
        self._jobs: tuple[Waiting, ...] = ()
        self.title, self._more = QLabel(), QLabel()
        set_role(self.title, "caption")
        set_role(self._more, "caption")
        self._body = QVBoxLayout()
        self._body.setSpacing(theme.HAIR)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.TIGHT, theme.TIGHT, theme.TIGHT, theme.TIGHT)
        column.setSpacing(theme.HAIR)
        column.addWidget(self.title)
        column.addLayout(self._body)
        column.addWidget(self._more)
        self.hide()

    def retranslate(self) -> None:
        """Take texts from the present language."""
        self.show_jobs(self._jobs)

    def show_jobs(self, jobs: Sequence[Waiting]) -> None:
        """Show these, the next one first, and leave the keyboard where it was."""
        kept = next((row.waiting.job for row in self.rows if row.up.hasFocus()), None)
        self._jobs = tuple(jobs)
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [WaitingRow(n, each) for n, each in enumerate(jobs[:MOST_ROWS], start=1)]
        for row in self.rows:
            self._body.addWidget(row)
            job = row.waiting.job
            row.up.clicked.connect(lambda _=False, job=job: self.raised.emit(job))
            row.remove.clicked.connect(lambda _=False, job=job: self.removed.emit(job))
            if job is kept:
                (row.up if row.up.isEnabled() else row.remove).setFocus()
        hidden = len(self._jobs) - len(self.rows)
        self.title.setText(self.tr("Waiting"))
        self.title.setToolTip(
            self.tr(
                "They begin one after the other, with the labels as they are then. Closing the "
                "project forgets them."
            )
        )
        self._more.setText(self.tr("and %n more", "", hidden))
        self._more.setVisible(hidden > 0)
        self.setVisible(bool(jobs))
