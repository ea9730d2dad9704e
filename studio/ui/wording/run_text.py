"""A run's state and phases in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt

from studio.domain.runs import METRICS, Run, RunState
from studio.learning.events import Progress
from studio.ui.wording import metric_text


def state_role(state: RunState) -> str:
    """The label role that colours a state: see ``style_sheet``."""
    return {
        RunState.RUNNING: "accent",
        RunState.FINISHED: "success",
        RunState.STOPPED: "success",
        RunState.PAUSED: "warning",
        RunState.INTERRUPTED: "warning",
        RunState.FAILED: "danger",
    }[state]


def stopping(word: str) -> str:
    """What a run that was asked to end is doing about it."""
    return {
        "stop": QCoreApplication.translate("Runs", "Stopping; the best model is kept…"),
        "pause": QCoreApplication.translate("Runs", "Pausing; it can go on later…"),
        "discard": QCoreApplication.translate("Runs", "Discarding…"),
    }.get(word, "")


def phase(progress: Progress) -> str:
    """What is done before and between epochs, with how far it has got."""
    name = {
        "prepare": QCoreApplication.translate("Runs", "Preparing"),
        "check": QCoreApplication.translate("Runs", "Checking images"),
        "download": QCoreApplication.translate("Runs", "Downloading pretrained weights"),
        "load": QCoreApplication.translate("Runs", "Loading"),
        "features": QCoreApplication.translate("Runs", "Looking at the training images"),
        "evaluate": QCoreApplication.translate("Runs", "Evaluating"),
        "predict": QCoreApplication.translate("Runs", "Predicting"),
        "export": QCoreApplication.translate("Runs", "Exporting"),
    }.get(progress.phase, progress.phase)
    if progress.unit == "byte":
        done = _data_size(progress.done)
        total = _data_size(progress.total) if progress.total else "?"
        return QCoreApplication.translate("Runs", "{phase}: {done} of {total}").format(
            phase=name, done=done, total=total
        )
    if progress.total > 1 and progress.eta_s >= 1:
        return QCoreApplication.translate("Runs", "{phase}: {done} of {total}, {time} left").format(
            phase=name,
            done=progress.done,
            total=progress.total,
            time=metric_text.duration(progress.eta_s),
        )
    if progress.total > 1:
        return QCoreApplication.translate("Runs", "{phase}: {done} of {total}").format(
            phase=name, done=progress.done, total=progress.total
        )
    return QCoreApplication.translate("Runs", "{phase}…").format(phase=name)


def _data_size(size_bytes: int) -> str:
    """In the megabytes (1024 x 1024 bytes) of the cards that announce a download."""
    traditional = QLocale.DataSizeFormat.DataSizeTraditionalFormat
    return QLocale().formattedDataSize(size_bytes, 1, traditional)


def finished(run: Run) -> str:
    """That a run is done, with the metric that stands for it."""
    metric = METRICS[run.task][0]
    if metric not in run.metrics:
        return QCoreApplication.translate("Runs", "Run {number} finished.").format(
            number=run.number
        )
    return QCoreApplication.translate("Runs", "Run {number} finished: {metric} {value}").format(
        number=run.number,
        metric=metric_text.name(metric),
        value=metric_text.percent(run.metrics[metric]),
    )


def cut_off() -> str:
    """What became of a run that is over and never said so."""
    return QCoreApplication.translate(
        "Runs",
        "This training was cut off before it could say why: its process was killed, the computer "
        "was switched off, or the disk was full. Resume goes on from the last checkpoint.",
    )


def when(started_at: str) -> str:
    """A UTC time in ISO 8601 as local date and time; "" where it cannot be read."""
    time = QDateTime.fromString(started_at, Qt.DateFormat.ISODateWithMs)
    if not time.isValid():
        time = QDateTime.fromString(started_at, Qt.DateFormat.ISODate)
    if not time.isValid():
        return ""
    return QLocale().toString(time.toLocalTime(), QLocale.FormatType.ShortFormat)
