"""The three charts of a run: loss, metrics, learning rate; earlier runs beside it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.domain.runs import METRICS, Task
from studio.ui import theme
from studio.ui.training.chart import Chart, Stroke
from studio.ui.training.runs.run_colors import run_color, series_colors
from studio.ui.training.runs.run_log import RunLog
from studio.ui.wording import metric_text


class Charts(QWidget):
    """Draws a run's log, and other runs' logs for comparison."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.loss = Chart()
        self.metrics = Chart(factor=100)
        self.metrics.bound(0, 1)
        self.rate = Chart()
        self.metrics.link(self.loss)
        self.rate.link(self.loss)
        self._log: RunLog | None = None
        self._task: Task | None = None
        self._others: Mapping[int, RunLog] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.LOOSE)
        for chart, stretch in ((self.loss, 4), (self.metrics, 4), (self.rate, 3)):
            row.addWidget(chart, stretch)
        self.retranslate()

    def retranslate(self) -> None:
        """Take texts from the present language."""
        epoch, reset = self.tr("Epoch"), self.tr("Show all (double click)")
        self.loss.say(self.tr("Loss"), epoch, self.tr("Loss"), reset)
        self.metrics.say(self.tr("Validation"), epoch, self.tr("Metric in %"), reset)
        self.rate.say(self.tr("Learning rate"), epoch, self.tr("Learning rate"), reset)
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        """Redraw in the colours of another theme."""
        if event.type() is QEvent.Type.PaletteChange and self._log is not None:
            self.redraw()
        super().changeEvent(event)

    def show_run(self, task: Task, log: RunLog) -> None:
        """Draw another run, from its beginning."""
        self._task, self._log = task, log
        for chart in (self.loss, self.metrics, self.rate):
            chart.keep_only(set())
            chart.show_all()
        self.redraw()

    def compare(self, others: Mapping[int, RunLog]) -> None:
        """Lay other runs, by number, over this one."""
        self._others = dict(others)
        self.redraw()

    def redraw(self) -> None:
        """Draw what the logs hold now."""
        if self._log is None or self._task is None:
            return
        training, validation, third = series_colors()
        self._draw_loss(self._log, training, validation)
        self._draw_metrics(self._log, self._task, (training, validation, third))
        steps = self._log.steps
        self.rate.draw(
            "lr", self.tr("New layers"), (self._log.at_epoch(), steps.lr), Stroke(training)
        )
        self._draw_others(self._task)
        best = self._log.best.epoch if self._log.best else None
        for chart in (self.loss, self.metrics):
            chart.mark_best(best)

    def _draw_loss(self, log: RunLog, training: QColor, validation: QColor) -> None:
        at = log.at_epoch()
        faint = QColor(training)
        faint.setAlphaF(0.28)
        self.loss.draw("raw", "", (at, log.steps.loss), Stroke(faint, 1.0, noisy=True))
        self.loss.draw("train", self.tr("Training"), (at, log.steps.smooth), Stroke(training))
        self.loss.draw(
            "val",
            self.tr("Validation"),
            (_epochs(log), _numbers(e.val_loss for e in log.epochs)),
            Stroke(validation, points=True),
        )

    def _draw_metrics(self, log: RunLog, task: Task, colors: Sequence[QColor]) -> None:
        for metric, color in zip(METRICS[task], colors, strict=False):
            values = _numbers(e.metrics.get(metric) for e in log.epochs)
            if any(math.isfinite(value) for value in values) or not log.epochs:
                self.metrics.draw(
                    metric,
                    metric_text.name(metric),
                    (_epochs(log), values),
                    Stroke(color, points=True),
                )

    def _draw_others(self, task: Task) -> None:
        metric = METRICS[task][0]
        for chart in (self.loss, self.metrics):
            standing = {n for n in chart.names if not n.startswith("run ")}
            chart.keep_only(standing | {f"run {number}" for number in self._others})
        for number, log in self._others.items():
            caption = self.tr("Run {number}").format(number=number)
            stroke = Stroke(run_color(number), 1.5, dashed=True)
            epochs = _epochs(log)
            losses = _numbers(e.val_loss for e in log.epochs)
            self.loss.draw(f"run {number}", caption, (epochs, losses), stroke)
            values = _numbers(e.metrics.get(metric) for e in log.epochs)
            self.metrics.draw(f"run {number}", caption, (epochs, values), stroke)


def _epochs(log: RunLog) -> list[float]:
    return [float(each.epoch) for each in log.epochs]


def _numbers(values: Iterable[float | None]) -> list[float]:
    return [math.nan if value is None else float(value) for value in values]
