"""What is said of two runs beside each other."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio.domain.runs import Task
from studio.learning.analysis.comparison import ComparedRun, DataDifference, Difference


def run_name(number: int) -> str:
    """What a run is called."""
    return QCoreApplication.translate("Comparison", "Run {number}").format(number=number)


def verdict(base: ComparedRun, other: ComparedRun, found: Difference | None) -> str:
    """Whether ``other`` is better than ``base``, in a sentence or two."""
    names = {"run": run_name(other.number), "base": run_name(base.number)}
    if found is None:
        return QCoreApplication.translate(
            "Comparison",
            "{run} and {base} have no validation image in common that neither learned from: "
            "whether one is better cannot be told.",
        ).format(**names)
    gain = {
        "points": _points(abs(found.mean)),
        "low": _points(found.low),
        "high": _points(found.high),
        "what": _measured(base.task, base.data.multi_label),
        "count": found.images,
    }
    if found.tells_nothing:
        said = QCoreApplication.translate(
            "Comparison",
            "{run} against {base}: cannot be told from %n image(s) that both were judged on.",
            "",
            found.images,
        )
    elif found.is_none:
        said = QCoreApplication.translate(
            "Comparison", "{run} and {base} are as right in {what} on each of {count} images."
        )
    elif found.is_noise:
        said = QCoreApplication.translate(
            "Comparison",
            "{run} against {base}: within noise. The difference in {what} is likely between {low} "
            "and {high} points, judged on {count} images.",
        )
    elif found.mean > 0:
        said = QCoreApplication.translate(
            "Comparison",
            "{run} is better than {base} by {points} points in {what} (likely between {low} and "
            "{high}), judged on {count} images.",
        )
    else:
        said = QCoreApplication.translate(
            "Comparison",
            "{run} is worse than {base} by {points} points in {what} (the difference is likely "
            "between {low} and {high}), judged on {count} images.",
        )
    return said.format(**names, **gain) + _left_out(found)


def _left_out(found: Difference) -> str:
    if not found.left_out:
        return ""
    return " " + QCoreApplication.translate(
        "Comparison",
        "Left out: %n image(s) that one of them learned from or was not judged on, or that were "
        "labelled differently.",
        "",
        found.left_out,
    )


def _measured(task: Task, multi_label: bool) -> str:
    match task:
        case Task.CLASSIFY if not multi_label:
            return QCoreApplication.translate("Comparison", "accuracy")
        case Task.CLASSIFY:
            return QCoreApplication.translate("Comparison", "agreement with the tags")
        case Task.DETECT | Task.INSTANCES:
            return QCoreApplication.translate("Comparison", "F1 per image")
        case Task.SEGMENT:
            return QCoreApplication.translate("Comparison", "mean IoU per image")
        case Task.KEYPOINTS:
            return QCoreApplication.translate("Comparison", "F1 of objects and points per image")


def _points(part: float) -> str:
    return f"{100 * part:.1f}".replace("-", "−")


def said_of_data(base: ComparedRun, other: ComparedRun, found: DataDifference) -> str:
    """What ``other`` learned from and ``base`` did not, in a sentence."""
    names = {"run": run_name(other.number), "base": run_name(base.number)}
    if found.is_none:
        return QCoreApplication.translate(
            "Comparison", "{run} saw the same images with the same labels as {base}."
        ).format(**names)
    translate = QCoreApplication.translate
    added, removed, relabelled, moved = found.added, found.removed, found.relabelled, found.moved
    counted = (
        (added, translate("Comparison", "%n image(s) more", "", added)),
        (removed, translate("Comparison", "%n image(s) less", "", removed)),
        (relabelled, translate("Comparison", "%n labelled differently", "", relabelled)),
        (moved, translate("Comparison", "%n in another split", "", moved)),
    )
    parts = [text for count, text in counted if count]
    parts += [
        translate("Comparison", "new class {name}").format(name=name) for name in found.new_classes
    ]
    parts += [
        translate("Comparison", "without class {name}").format(name=name)
        for name in found.lost_classes
    ]
    listed = translate("Comparison", ", ", "between the items of a list").join(parts)
    return translate("Comparison", "{run} against {base}: {list}.").format(**names, list=listed)
