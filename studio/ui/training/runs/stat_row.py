"""The numbers of a run at a glance: epoch, time, speed, best."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from studio.domain.runs import METRICS, Task
from studio.ui import theme
from studio.ui.training.runs.run_log import RunLog
from studio.ui.widgets.tiles import Tile
from studio.ui.wording import metric_text


class StatRow(QWidget):
    """Five tiles that follow a run's log."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.epoch, self.elapsed, self.left, self.speed, self.best = (Tile() for _ in range(5))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.TIGHT)
        for tile in (self.epoch, self.elapsed, self.left, self.speed, self.best):
            row.addWidget(tile, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def retranslate(self) -> None:
        """Take texts from the present language."""
        self.epoch.explain(
            self.tr("Epoch"), self.tr("One epoch is one pass over all training images.")
        )
        self.elapsed.explain(self.tr("Elapsed"))
        self.left.explain(
            self.tr("Time left"),
            self.tr("At the present speed; training may end earlier when nothing improves."),
        )
        self.speed.explain(self.tr("Speed"), self.tr("Training images a second."))
        self.best.explain(
            self.tr("Best"),
            self.tr("The best epoch on the validation images; its model is the one kept."),
        )

    def show_log(self, task: Task, log: RunLog, *, under_way: bool) -> None:
        """Show what the log says now; nothing is left of the time of a run that is over."""
        planned = log.started.epochs if log.started else 0
        self.epoch.show_value(
            self.tr("{epoch} of {epochs}").format(epoch=log.epoch, epochs=planned)
            if planned
            else "–"
        )
        self.elapsed.show_value(metric_text.duration(log.elapsed_s))
        self.left.show_value(metric_text.duration(log.eta_s if under_way else None))
        last = log.last_step
        self.speed.show_value(
            self.tr("{count} images/s").format(count=f"{last.images_per_s:.1f}")
            if last and last.images_per_s
            else "–"
        )
        self._show_best(task, log)

    def _show_best(self, task: Task, log: RunLog) -> None:
        best = log.best
        if best is None:
            self.best.show_value("–")
            return
        metric = METRICS[task][0]
        text = self.tr("{value} in epoch {epoch}").format(
            value=metric_text.percent(best.metrics.get(metric)), epoch=best.epoch
        )
        self.best.show_value(text)
