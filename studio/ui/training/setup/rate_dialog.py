"""Finding a learning rate: the loss over growing rates while they are tried, and the suggestion."""

from __future__ import annotations

from math import log10

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from studio.errors import Sentence
from studio.jobs.protocol import FindRateRequest
from studio.jobs.queue import JobQueue
from studio.jobs.thread import JobThread
from studio.learning.events import Ended, RateFound, RateTried
from studio.ui import theme
from studio.ui.style_sheet import set_role
from studio.ui.training.chart import Chart, Stroke
from studio.ui.wording import messages

SIZE = QSize(680, 460)


class RateDialog(QDialog):
    """Tries learning rates for a training that is being set up.

    Signals:
        taken(float): the user takes the rate that was found.
    """

    taken = Signal(float)

    def __init__(
        self, request: FindRateRequest, queue: JobQueue, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tried: list[RateTried] = []
        self._found = 0.0
        self._ended: Ended | None = None
        self.chart = Chart(decades=True)
        self.note = QLabel(wordWrap=True)
        set_role(self.note, "quiet")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.take = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        set_role(self.take, "primary")
        self.take.setEnabled(False)
        self.take.clicked.connect(self._use_rate)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LOOSE, theme.LOOSE, theme.LOOSE, theme.WIDE)
        column.setSpacing(theme.SPACE)
        column.addWidget(self.chart, 1)
        column.addWidget(self.note)
        column.addWidget(self.buttons)
        self.resize(SIZE)
        self.retranslate()
        self._queue = queue
        self.job: JobThread = queue.submit(request)
        self.job.event_arrived.connect(self._on_event)
        self.job.ended.connect(self._on_ended)
        queue.job_started.connect(self._say)
        self._say()

    def sizeHint(self) -> QSize:
        """Wide enough for the six decades."""
        return SIZE

    def retranslate(self) -> None:
        """Take texts from the present language."""
        self.setWindowTitle(self.tr("Find a learning rate"))
        self.chart.say(
            self.tr("Loss while the learning rate grows"),
            self.tr("Learning rate"),
            self.tr("Loss"),
            self.tr("Show all (double click)"),
        )

    def done(self, result: int) -> None:
        """Try no more rates once the dialog is closed."""
        if self.job.result is None:
            self.job.request_stop("stop")
        super().done(result)

    @Slot(object)
    def _on_event(self, event: object) -> None:
        match event:
            case RateTried():
                self._tried.append(event)
                xs = [log10(each.lr) for each in self._tried]
                ys = [each.loss for each in self._tried]
                stroke = Stroke(QColor(theme.current().accent))
                self.chart.draw("loss", self.tr("Loss"), (xs, ys), stroke)
            case RateFound(lr=lr):
                self._found = float(f"{lr:.1e}")
                self.chart.mark_best(log10(lr))
                self.take.setEnabled(True)
                self.take.setDefault(True)
            case _:
                pass
        self._say()

    @Slot(object)
    def _on_ended(self, ended: Ended) -> None:
        self._ended = ended
        self._say()

    @Slot()
    def _say(self) -> None:
        rate = f"{self._found:g}"
        if self._found:
            self.note.setText(
                self.tr("The loss falls fastest at {rate}: a good peak to train with.").format(
                    rate=rate
                )
            )
        elif self._ended is not None:
            self.note.setText(messages.sentence(self._ended.sentence or Sentence("")))
        elif self._queue.is_waiting(self.job):
            self.note.setText(self.tr("Waits for another job to end."))
        elif self._tried:
            last = self._tried[-1]
            self.note.setText(
                self.tr("Trying {rate}: step {done} of at most {total}").format(
                    rate=f"{last.lr:.1e}", done=last.done, total=last.total
                )
            )
        else:
            self.note.setText(self.tr("Loading the model and the images…"))
        self.take.setText(
            self.tr("Use {rate}").format(rate=rate) if self._found else self.tr("Use it")
        )

    @Slot()
    def _use_rate(self) -> None:
        self.taken.emit(self._found)
        self.accept()
