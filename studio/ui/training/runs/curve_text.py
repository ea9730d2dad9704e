"""What is said of a learning curve."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QCoreApplication

from studio.learning.analysis.learning_curve import Curve, Gain
from studio.ui.wording import messages, metric_text


def verdict(curve: Curve) -> str:
    """What more labelled images would bring, or that it cannot be told."""
    if curve.gain is None:
        return QCoreApplication.translate(
            "LearningCurve", "What more labelled images would bring cannot be told yet."
        )
    gain = curve.gain
    return QCoreApplication.translate(
        "LearningCurve",
        "%n more labelled image(s) would bring {metric} from {now} to about {then} (likely "
        "between {low} and {high}).",
        "",
        gain.labelled,
    ).format(
        metric=_measured(curve.metric),
        now=metric_text.percent(gain.now),
        then=metric_text.percent(gain.then),
        low=metric_text.percent(gain.low),
        high=metric_text.percent(gain.high),
    )


def _measured(metric: str) -> str:
    if metric == "accuracy":
        return QCoreApplication.translate("LearningCurve", "accuracy", "within a sentence")
    return metric_text.name(metric)


def basis(curve: Curve) -> str:
    """On what the verdict stands: runs, what judged them, and what the band means."""
    if not curve.points:
        return ""
    runs = QCoreApplication.translate("LearningCurve", "%n run(s)", "", len(curve.points))
    judged = QCoreApplication.translate(
        "LearningCurve", "judged on %n validation image(s).", "", curve.points[-1].judged
    )
    text = f"{runs} · {judged}"
    return messages.together(text, _forecast(curve.gain)) if curve.gain is not None else text


def _forecast(gain: Gain) -> str:
    shared = QCoreApplication.translate(
        "LearningCurve", "Of {labelled} labelled images about {learned} are learned from, the "
        "others judge.",
    ).format(labelled=gain.labelled, learned=gain.learned)  # fmt: skip
    band = QCoreApplication.translate(
        "LearningCurve", "Four of five runs would come out within the shaded band."
    )
    return messages.together(shared, band)


def offer(parts: Sequence[float], images: int, minutes: float) -> str:
    """What measuring would do, and how long it takes; 0 minutes where that is not known."""
    listed = messages.listed(f"{part:.0%}" for part in parts)
    text = QCoreApplication.translate(
        "LearningCurve",
        "Measuring trains on random parts of the {images} training images ({parts}), with the "
        "settings of the Train page and the same validation images.",
    ).format(images=images, parts=listed)
    if minutes <= 0:
        return text
    time = QCoreApplication.translate(
        "LearningCurve", "It takes at most about %n minute(s).", "", ceil(minutes)
    )
    return messages.together(text, time)
