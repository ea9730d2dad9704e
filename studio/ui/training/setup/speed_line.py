"""How long the training that is set up will take on this machine, measured when one asks."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from studio.errors import Sentence, say
from studio.jobs.protocol import CallRequest
from studio.jobs.queue import JobQueue
from studio.jobs.thread import JobThread
from studio.learning.advice import speeds
from studio.learning.config import TrainConfig
from studio.learning.events import Ended, Probed
from studio.learning.readiness.dataset import Readiness
from studio.ui import theme
from studio.ui.style_sheet import set_role
from studio.ui.training.setup.device_facts import DeviceFacts
from studio.ui.wording import messages

CALIBRATION = "studio.learning.calibration:measure"


class SpeedLine(QWidget):
    """Says the time as it was measured, or offers to measure it.

    Signals:
        measured(): the time of the settings shown is known now.
    """

    measured = Signal()

    def __init__(self, queue: JobQueue, device: DeviceFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queue, self._device = queue, device
        self._config: TrainConfig | None = None
        self._others: tuple[TrainConfig, ...] = ()
        self._data: Readiness | None = None
        self._job: JobThread | None = None
        self._asked: TrainConfig | None = None
        self._left: list[TrainConfig] = []
        self._failed: Sentence | None = None
        self.text, self.button = QLabel(), QPushButton()
        set_role(self.text, "caption")
        set_role(self.button, "link")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.TIGHT)
        row.addWidget(self.text)
        row.addWidget(self.button)
        row.addStretch(1)
        self.button.clicked.connect(self._measure)
        queue.job_started.connect(self._show)
        queue.job_ended.connect(self._show)
        self.retranslate()

    def retranslate(self) -> None:
        """Take texts from the present language."""
        self.button.setText(self.tr("Measure how long each will take on this computer"))
        self.setMinimumHeight(self.button.sizeHint().height())
        self._show()

    def show_plan(
        self, config: TrainConfig, data: Readiness, others: Sequence[TrainConfig] = ()
    ) -> None:
        """Say it for these settings and images; measure ``others`` beside, to choose from."""
        if config != self._config:
            self._failed = None
        self._config, self._data, self._others = config, data, tuple(others)
        self._show()

    def _unmeasured(self) -> list[TrainConfig]:
        """What there is to measure, the settings shown first."""
        wanted = (self._config, *self._others) if self._config else ()
        return [each for each in wanted if speeds.known(each, self._device.facts) is None]

    def minutes(self) -> float:
        """The longest that the training shown takes, by what was measured; 0 where unknown."""
        if self._config is None or self._data is None:
            return 0.0
        step_s = speeds.known(self._config, self._device.facts)
        return speeds.run_s(self._config, self._data, step_s) / 60 if step_s else 0.0

    @Slot()
    def _show(self) -> None:
        config = self._config
        step_s = speeds.known(config, self._device.facts) if config else None
        offered = bool(self._unmeasured()) and self._job is None
        if not offered:
            self.button.clearFocus()  # else it goes to the next link, and the page scrolls there
        self.button.setVisible(offered)
        self.button.setEnabled(self._queue.current is None)
        parts = [self._measured_text(step_s)] if step_s is not None else []
        if self._job is not None:
            parts.append(self.tr("Measuring…"))
        elif self._failed:
            parts.append(messages.sentence(self._failed))
        self.text.setText(" · ".join(parts))
        self.text.setVisible(bool(self.text.text()))

    def _measured_text(self, step_s: float) -> str:
        step = self.tr("Measured on this computer: {seconds} s a step").format(
            seconds=f"{step_s:.2g}" if step_s < 10 else f"{step_s:.0f}"
        )
        minutes = ceil(self.minutes())
        if not minutes:
            return step
        return f"{step} · " + self.tr("at most about %n minute(s) in all", "", minutes)

    def _measure(self) -> None:
        self._failed = None
        if self._job is None:
            self._left = self._unmeasured()
            self._measure_next()

    def _measure_next(self) -> None:
        """Measure one of those that are left."""
        self._asked = self._left.pop(0) if self._left else None
        if self._asked is not None:
            request = CallRequest(CALIBRATION, {"config": self._asked.to_json()})
            self._job = self._queue.submit(request, expendable=True)
            self._job.event_arrived.connect(self._on_event)
            self._job.ended.connect(self._on_ended)
        self._show()

    @Slot(object)
    def _on_event(self, event: Any) -> None:
        if isinstance(event, Probed) and self._asked is not None:
            try:
                speeds.remember(self._asked, self._device.facts, float(event.facts["step_s"]))
            except OSError as error:
                self._failed = say("The time cannot be kept: {reason}.", reason=error)

    @Slot(object)
    def _on_ended(self, ended: Ended) -> None:
        self._job = None
        if ended.state == "finished":
            self._measure_next()
        elif ended.state == "failed":
            self._failed = ended.sentence
        self._show()
        self.measured.emit()
