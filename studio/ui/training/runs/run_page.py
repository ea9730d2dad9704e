"""One run in full: where it stands, its curves, what it sees, what it said.

This module imports pyqtgraph through the charts; the workspace makes the page when it is first
shown.
"""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from studio.domain.runs import Run, RunState, Task
from studio.jobs.thread import JobThread
from studio.learning import catalogue
from studio.learning.events import Ended, SamplesDrawn
from studio.storage import runs
from studio.ui import theme
from studio.ui.document import Document
from studio.ui.keys.focus_ring import FocusRing
from studio.ui.style_sheet import set_role
from studio.ui.training.banner import Banner
from studio.ui.training.runs.charts import Charts
from studio.ui.training.runs.notices import NoticeList
from studio.ui.training.runs.run_buttons import RunButtons
from studio.ui.training.runs.run_log import RunLog
from studio.ui.training.runs.run_note import RunNote
from studio.ui.training.runs.samples import SampleStrip
from studio.ui.training.runs.stat_row import StatRow
from studio.ui.widgets.run_choice import has_model
from studio.ui.wording import messages, metric_text, names, run_text

SILENT_S = 20.0
"""A worker that was not heard for so long may hang: Kill now is offered."""
STOPPING_S = 90.0
"""A worker that was asked to stop so long ago is offered to be killed, heartbeats or not."""
BAR_STEPS = 1000


class RunPage(QWidget):
    """Shows one run, live or from its folder.

    Signals:
        asked(str): a button was pressed; see ``run_buttons.ICONS``.
    """

    asked = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._run: Run | None = None
        self._task: Task | None = None
        self._model = ""
        self._log: RunLog | None = None
        self._job: JobThread | None = None
        self._waiting = self._may_resume = False
        self._asked_at = 0.0
        self._title, self.state, self._phase = QLabel(), QLabel(), QLabel()
        set_role(self._title, "title")
        set_role(self._phase, "quiet")
        self._bar = QProgressBar()
        self._bar.setRange(0, BAR_STEPS)
        self._bar.setTextVisible(False)
        self.buttons = RunButtons()
        self.buttons.asked.connect(self._ask)
        self.note = RunNote()
        self.note.failed.connect(document.failed)
        self.outcome = Banner()
        self.stats = StatRow()
        self.charts = Charts()
        self.samples = SampleStrip(document)
        self.notices = NoticeList()
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self.refresh)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE)
        head.addWidget(self._title)
        head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addWidget(self.buttons)
        below = QWidget()
        lower = QVBoxLayout(below)
        lower.setContentsMargins(0, theme.TIGHT, 0, 0)
        lower.setSpacing(theme.TIGHT)
        lower.addWidget(self.samples)
        lower.addWidget(self.notices, 1)
        self.notices.setMinimumHeight(44)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.charts)
        split.addWidget(below)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        page = _Page()
        page.setProperty("role", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.LOOSE, theme.WIDE, theme.LOOSE, theme.WIDE)
        column.setSpacing(theme.SPACE)
        column.addLayout(head)
        column.addWidget(self._phase)
        column.addWidget(self._bar)
        column.addWidget(self.note)
        column.addWidget(self.outcome)
        column.addWidget(self.stats)
        column.addWidget(split, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        FocusRing(scroll)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def retranslate(self) -> None:
        """Take texts from the present language."""
        for part in (self.buttons, self.note, self.stats, self.charts, self.samples, self.notices):
            part.retranslate()
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the log."""
        super().showEvent(event)
        self.refresh()

    # Which run -----------------------------------------------------------------------------

    @property
    def task(self) -> Task | None:
        """What the run that is shown learns."""
        return self._task

    @property
    def is_live(self) -> bool:
        """Whether the run that is shown is under way, or waits."""
        return self._job is not None

    @property
    def log(self) -> RunLog | None:
        """The log that is shown."""
        return self._log

    def show_live(self, task: Task, model: str, log: RunLog, job: JobThread, waiting: bool) -> None:
        """Show training that is under way or waits for its turn."""
        self._job, self._waiting = job, waiting
        self._show(task, model, log, None)

    def show_run(self, run: Run, log: RunLog, *, may_resume: bool) -> None:
        """Show a run that has ended; it may go on where no other training is under way."""
        self._job, self._waiting, self._may_resume = None, False, may_resume
        self._show(run.task, run.model, log, run)

    def _show(self, task: Task, model: str, log: RunLog, run: Run | None) -> None:
        self._task, self._model, self._run = task, model, run
        if log is not self._log:
            self._unfollow()
            self._log, self._asked_at = log, 0.0
            log.changed.connect(self.refresh)
            log.noticed.connect(self.notices.add)
            log.samples_drawn.connect(self._show_samples)
            self.charts.show_run(task, log)
            self.notices.show_notices(log.notices)
            self.samples.clear()
            if log.samples is not None:
                self._show_samples(log.samples)
        self.refresh()

    def _unfollow(self) -> None:
        if self._log is not None:
            self._log.changed.disconnect(self.refresh)
            self._log.noticed.disconnect(self.notices.add)
            self._log.samples_drawn.disconnect(self._show_samples)

    @Slot(object)
    def _show_samples(self, drawn: SamplesDrawn) -> None:
        if self._log is not None and self._log.started is not None:
            self.samples.show_samples(drawn, self._folder() or Path())

    def _folder(self) -> Path | None:
        if self._run is not None:
            return runs.runs_folder(self._document.project) / self._run.folder
        return Path(self._log.started.folder) if self._log and self._log.started else None

    # Where it stands -----------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Show what the log says now; while the page is hidden, that can wait."""
        if self._log is None or self._task is None or not self.isVisible():
            return
        self._show_title()
        self._show_phase(self._log)
        self.note.show_folder(self._folder())
        state = self._run.state if self._run else RunState.RUNNING
        self.stats.show_log(self._task, self._log, under_way=state is RunState.RUNNING)
        self.charts.redraw()
        self.notices.setVisible(self.notices.count() > 0)
        if self._job is not None:
            self._show_live_buttons(self._job)
            self.outcome.say("")
        else:
            may = self._run is not None and has_model(self._document, self._run)
            self.buttons.show_ended(self._run, has_model=may, may_resume=self._may_resume)
            self._show_outcome(self._log.end)
        self._follow_clock()

    def _show_title(self) -> None:
        assert self._task is not None
        card = catalogue.find(self._model)
        number = self._number()
        name = metric_text.task_name(self._task)
        self._title.setText(
            self.tr("Run {number} · {task}").format(number=number, task=name) if number else name
        )
        self._title.setToolTip(card.title if card else self._model)
        state = self._run.state if self._run else RunState.RUNNING
        waiting = self._job is not None and self._waiting
        self.state.setText(self.tr("Waiting") if waiting else names.state_name(state))
        set_role(self.state, run_text.state_role(state))

    def _number(self) -> int:
        if self._run is not None:
            return self._run.number
        return self._log.started.run if self._log and self._log.started else 0

    def _show_phase(self, log: RunLog) -> None:
        card = catalogue.find(self._model)
        text = card.title if card else self._model
        if log.started:
            text += " · " + self.tr(
                "{device} · {train} training and {val} validation images"
            ).format(
                device=log.started.device,
                train=log.started.train_images,
                val=log.started.val_images,
            )
        if self._job is not None:
            text = self._activity(log) or text
        elif self._run and self._run.state is RunState.RUNNING and log.end is None:
            text = self.tr("Another program trains this run; it can be stopped there.")
        self._phase.setText(text)
        self._bar.setVisible(self._job is not None)
        progress = log.progress
        if progress is not None and progress.total > 0 and log.last_step is None:
            self._bar.setRange(0, BAR_STEPS)
            self._bar.setValue(round(BAR_STEPS * progress.done / progress.total))
        elif log.last_step is None:
            self._bar.setRange(0, 0)
        else:
            self._bar.setRange(0, BAR_STEPS)
            self._bar.setValue(round(BAR_STEPS * log.fraction))

    def _activity(self, log: RunLog) -> str:
        """What the live job does at the moment, when it is not simply training."""
        if self._waiting:
            return self.tr("Waits until another job has ended…")
        word = log.stopping or (self._job.asked if self._job else "")
        if word:
            return run_text.stopping(word)
        if log.progress is not None:
            return run_text.phase(log.progress)
        return "" if log.started else self.tr("Starting…")

    def _show_live_buttons(self, job: JobThread) -> None:
        if not job.asked:
            self._asked_at = 0.0
        elif not self._asked_at:
            self._asked_at = time.monotonic()
        slow = self._asked_at and time.monotonic() - self._asked_at > STOPPING_S
        silent = job.silent_for_s > SILENT_S
        stoppable = self._log is not None and bool(self._log.epochs)
        self.buttons.show_live(stoppable=stoppable, asked=job.asked, killable=bool(slow) or silent)

    def _show_outcome(self, end: Ended | None) -> None:
        if end is not None and end.state in ("failed", "interrupted"):
            level = "danger" if end.state == "failed" else "warning"
            self.outcome.say(messages.sentence(end.sentence), level)
        elif self._run is not None and self._run.state is RunState.INTERRUPTED:
            self.outcome.say(run_text.cut_off(), "warning")
        else:
            self.outcome.say("")

    def _follow_clock(self) -> None:
        live = self._job is not None
        if live and not self._tick.isActive():
            self._tick.start()
        elif not live:
            self._tick.stop()

    def _ask(self, what: str) -> None:
        self.asked.emit(what)
        self.refresh()


class _Page(QWidget):
    """What is scrolled: the charts shrink as far as they can before it is higher than the window.

    A line of text that wraps, such as the outcome, would else ask for the height it likes best.
    """

    def heightForWidth(self, width: int) -> int:
        """The least height at this width, in pixels."""
        layout = self.layout()
        return layout.minimumHeightForWidth(width) if layout else -1
