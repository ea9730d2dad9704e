"""What more labelled images would bring: a curve through the runs, and a sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from studio.domain.runs import Task
from studio.learning.analysis import learning_curve
from studio.learning.analysis.comparison import LEAST_IMAGES
from studio.learning.analysis.learning_curve import Curve, Gain, Step
from studio.learning.analysis.power_law import PowerLaw
from studio.learning.config import TrainConfig
from studio.learning.readiness.dataset import Readiness
from studio.ui import theme
from studio.ui.style_sheet import set_role
from studio.ui.threads.latest import Latest
from studio.ui.training.chart import Chart, Stroke
from studio.ui.training.runs import curve_text
from studio.ui.wording import messages, metric_text

SIZE = QSize(760, 600)
DRAWN = 100
"""Values of the law that are drawn."""


class CurveDialog(QDialog):
    """Shows the learning curve of one task, and offers to measure it.

    Signals:
        measure_asked(TrainConfig, tuple[Step, ...]): these trainings are to be made.
        cancel_asked(): they are to be made no more.
    """

    measure_asked = Signal(object, object)
    cancel_asked = Signal()

    def __init__(self, project: Path, task: Task, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project, self.task = project, task
        self.curve: Curve | None = None
        self._config: TrainConfig | None = None
        self._data: Readiness | None = None
        self._steps: tuple[Step, ...] = ()
        self._minutes, self._problem, self._pending = 0.0, "", 0
        name = metric_text.task_name(task)
        self.setWindowTitle(self.tr("Learning curve: {task}").format(task=name))
        labels = (QLabel(wordWrap=True) for _ in range(4))
        self.verdict, self.why, self.basis, self.offer = labels
        set_role(self.verdict, "heading")
        set_role(self.basis, "caption")
        set_role(self.offer, "quiet")
        self.chart = Chart(100.0)
        self.chart.bound(0, 1)
        self.measure, self.cancel = QPushButton(), QPushButton()
        self.measure.setText(self.tr("Measure learning curve"))
        self.cancel.setText(self.tr("Cancel measuring"))
        self.cancel.setToolTip(
            self.tr("Takes what waits off the list and pauses the training under way")
        )
        self.measure.clicked.connect(self._measure)
        self.cancel.clicked.connect(self.cancel_asked)
        self._lay_out()
        self.resize(SIZE)
        self._latest = Latest(_look, self)
        self._latest.answered.connect(self._receive)
        self._latest.failed.connect(lambda error: self.verdict.setText(messages.sentence(error)))
        self.verdict.setText(self.tr("Reading…"))
        self._show_offer()

    def sizeHint(self) -> QSize:
        """Room for the chart between two sentences."""
        return SIZE

    def _lay_out(self) -> None:
        card = QFrame()
        set_role(card, "card")
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(card)
        row.setContentsMargins(theme.WIDE, theme.SPACE, theme.WIDE, theme.SPACE)
        row.setSpacing(theme.WIDE)
        row.addWidget(self.offer, 1)
        row.addWidget(self.measure)
        row.addWidget(self.cancel)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        for button in (self.measure, self.cancel, close):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LOOSE, theme.LOOSE, theme.LOOSE, theme.WIDE)
        column.setSpacing(theme.SPACE)
        column.addWidget(self.verdict)
        column.addWidget(self.why)
        column.addWidget(self.chart, 1)
        column.addWidget(self.basis)
        column.addStretch(0)
        column.addWidget(card)
        column.addWidget(buttons)

    def done(self, result: int) -> None:
        """Read no more once the dialog is closed."""
        self._latest.close()
        super().done(result)

    # What is shown --------------------------------------------------------------------------

    def look(
        self,
        config: TrainConfig | None = None,
        data: Readiness | None = None,
        minutes: float = 0.0,
        problem: str = "",
    ) -> None:
        """Read the runs. Measuring would train as ``config`` says, at most so many ``minutes`` on
        all images; without it there is nothing to train, or a ``problem`` with the settings."""
        self._config, self._data = config, data
        self._minutes, self._problem = minutes, problem
        self._latest.ask(self._project, self.task, config, data)

    def show_pending(self, count: int) -> None:
        """Say that so many of the trainings are under way or wait."""
        self._pending = count
        self._show_offer()

    def _show_offer(self) -> None:
        steps, pending = self._steps, self._pending
        if pending:
            text = self.tr(
                "%n training(s) to go. You may close this and label meanwhile.", "", pending
            )
        elif self._config is None or self._data is None:
            text = self._problem or self.tr("To measure it, label enough to train first.")
        elif steps and self._too_few_judge:
            text = self.tr(
                "Measuring would not tell it either: only %n image(s) would judge. Label more, or "
                "put more images into validation.",
                "",
                self._data.val_images,
            )
        elif steps:
            parts = [step.part for step in steps]
            images = self._data.train_images
            text = curve_text.offer(parts, images, self._minutes * sum(parts))
        else:
            text = self.tr("It has been measured with the present settings and labels.")
        self.offer.setText(text if self.curve else "")
        self.measure.setVisible(not pending)
        self.measure.setEnabled(bool(steps) and not self._too_few_judge)
        self.cancel.setVisible(pending > 0)

    @property
    def _too_few_judge(self) -> bool:
        return self._data is not None and self._data.val_images < LEAST_IMAGES

    @Slot()
    def _measure(self) -> None:
        self.measure_asked.emit(self._config, self._steps)

    @Slot(object)
    def _receive(self, found: tuple[Curve, tuple[Step, ...]]) -> None:
        self.curve, self._steps = curve, _ = found
        self._show_offer()
        self.verdict.setText(curve_text.verdict(curve))
        self.why.setText(messages.sentence(curve.why) if curve.why else "")
        self.why.setVisible(curve.why is not None)
        self.basis.setText(curve_text.basis(curve))
        self.basis.setVisible(bool(curve.points))
        self.chart.setVisible(bool(curve.points))
        metric = metric_text.name(curve.metric)
        self.chart.say(
            self.tr("{metric} by number of images").format(metric=metric),
            self.tr("Training images"),
            self.tr("{metric} in %").format(metric=metric),
            self.tr("Show all (double click)"),
        )
        self._draw(curve)

    def _draw(self, curve: Curve) -> None:
        accent = QColor(theme.current().accent)
        xs = [float(point.images) for point in curve.points]
        ys = [point.figure for point in curve.points]
        if curve.law is None or curve.gain is None:
            self.chart.keep_only(set())
            self.chart.shade((), ((), ()), accent)
            self.chart.mark_best(None)
        else:
            self._draw_law(curve.law, curve.gain, (xs[0], xs[-1]), accent)
        spots = Stroke(accent, width=0, points=True)
        self.chart.draw("runs", self.tr("Runs"), (xs, ys), spots)
        self.chart.show_all()

    def _draw_law(
        self, law: PowerLaw, gain: Gain, ends: tuple[float, float], accent: QColor
    ) -> None:
        then = ends[1] + gain.learned
        sizes = np.geomspace(ends[0], then, DRAWN)
        line = np.clip(1 - law.error(sizes), 0, 1)
        low, high = (np.clip(1 - edge, 0, 1) for edge in law.interval(sizes))
        self.chart.shade(sizes, (high, low), accent)
        self.chart.draw("law", self.tr("Fitted curve"), (sizes, line), Stroke(accent))
        target = QColor(theme.current().warning)
        caption = self.tr("%n more labelled", "", gain.labelled)
        self.chart.draw(
            "more", caption, ([then], [gain.then]), Stroke(target, width=0, points=True)
        )
        self.chart.mark_best(then)


def _look(
    project: Path, task: Task, config: TrainConfig | None, data: Readiness | None
) -> tuple[Curve, tuple[Step, ...]]:
    steps = learning_curve.steps_left(project, config, data) if config and data else ()
    return learning_curve.estimate(project, task), steps
