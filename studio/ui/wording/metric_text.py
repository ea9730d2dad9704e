"""What the public metrics are called, and what each says in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from studio.domain.runs import Task


def name(metric: str) -> str:
    """The metric as a person calls it; an unknown one keeps its public name."""
    names = {
        "accuracy": QCoreApplication.translate("Metrics", "Accuracy"),
        "macro_f1": QCoreApplication.translate("Metrics", "Macro F1"),
        "map": QCoreApplication.translate("Metrics", "mAP"),
        "map50": QCoreApplication.translate("Metrics", "mAP50"),
        "mask_map": QCoreApplication.translate("Metrics", "Mask mAP"),
        "mask_map50": QCoreApplication.translate("Metrics", "Mask mAP50"),
        "oks_map": QCoreApplication.translate("Metrics", "OKS mAP"),
        "oks_map50": QCoreApplication.translate("Metrics", "OKS mAP50"),
        "oks_ar": QCoreApplication.translate("Metrics", "OKS recall"),
        "oks_ap": QCoreApplication.translate("Metrics", "OKS AP"),
        "oks_ap50": QCoreApplication.translate("Metrics", "OKS AP50"),
        "pck": QCoreApplication.translate("Metrics", "Points found"),
        "miou": QCoreApplication.translate("Metrics", "mIoU"),
        "dice": QCoreApplication.translate("Metrics", "Dice"),
        "pixel_accuracy": QCoreApplication.translate("Metrics", "Pixel accuracy"),
        "precision": QCoreApplication.translate("Metrics", "Precision"),
        "recall": QCoreApplication.translate("Metrics", "Recall"),
        "f1": QCoreApplication.translate("Metrics", "F1"),
        "ap": QCoreApplication.translate("Metrics", "AP"),
        "ap50": QCoreApplication.translate("Metrics", "AP50"),
        "mask_ap": QCoreApplication.translate("Metrics", "Mask AP"),
        "mask_ap50": QCoreApplication.translate("Metrics", "Mask AP50"),
        "iou": QCoreApplication.translate("Metrics", "IoU"),
        "images": QCoreApplication.translate("Metrics", "Images"),
        "objects": QCoreApplication.translate("Metrics", "Objects"),
        "support": QCoreApplication.translate("Metrics", "Images"),
    }
    return names.get(metric, metric)


def meaning(metric: str) -> str:
    """The metric explained in plain words, "" where there is nothing to explain."""
    meanings = {
        "accuracy": QCoreApplication.translate(
            "Metrics", "The part of the images whose class the model named rightly."
        ),
        "macro_f1": QCoreApplication.translate(
            "Metrics",
            "F1 of each class, averaged: a rare class counts as much as a frequent one.",
        ),
        "map": QCoreApplication.translate(
            "Metrics",
            "How well objects are found and how tightly their boxes fit: average precision over "
            "all classes and over ten degrees of fit from 50% to 95% overlap.",
        ),
        "map50": QCoreApplication.translate(
            "Metrics",
            "How well objects are found: average precision over all classes, a box counting as "
            "right when it overlaps the true one by half or more.",
        ),
        "mask_map": QCoreApplication.translate(
            "Metrics",
            "As mAP, but measured on the objects' masks instead of their boxes.",
        ),
        "mask_map50": QCoreApplication.translate(
            "Metrics",
            "How well objects are found and outlined: average precision over all classes, a mask "
            "counting as right when it overlaps the true one by half or more.",
        ),
        "miou": QCoreApplication.translate(
            "Metrics",
            "Overlap of predicted and true area divided by their union, averaged over classes.",
        ),
        "dice": QCoreApplication.translate(
            "Metrics",
            "Twice the overlap divided by the sum of predicted and true area, averaged over "
            "classes; kinder to small mistakes than IoU.",
        ),
        "pixel_accuracy": QCoreApplication.translate(
            "Metrics",
            "The part of all pixels named rightly; high wherever most of the picture is "
            "background.",
        ),
        "precision": QCoreApplication.translate(
            "Metrics", "Of what the model called this class, the part that is this class."
        ),
        "recall": QCoreApplication.translate(
            "Metrics", "Of what is this class, the part that the model found."
        ),
        "f1": QCoreApplication.translate(
            "Metrics", "Precision and recall in one number; low as soon as one of them is low."
        ),
        "ap": QCoreApplication.translate(
            "Metrics", "Average precision of this class over ten degrees of fit."
        ),
        "ap50": QCoreApplication.translate(
            "Metrics", "Average precision of this class, half an overlap being enough."
        ),
        "mask_ap": QCoreApplication.translate(
            "Metrics", "Average precision of this class's masks over ten degrees of fit."
        ),
        "mask_ap50": QCoreApplication.translate(
            "Metrics", "Average precision of this class's masks, half an overlap being enough."
        ),
        "iou": QCoreApplication.translate(
            "Metrics", "Overlap of predicted and true area divided by their union."
        ),
    }
    return meanings.get(metric) or _meanings_of_points().get(metric, "")


def _meanings_of_points() -> Mapping[str, str]:
    return {
        "oks_map": QCoreApplication.translate(
            "Metrics",
            "As mAP, but an object counts as right by how near its points are to the true ones "
            "(COCO's object keypoint similarity), over ten degrees of nearness.",
        ),
        "oks_map50": QCoreApplication.translate(
            "Metrics",
            "How well objects and their points are found: average precision over all classes, an "
            "object counting as right when its points are roughly where they should be.",
        ),
        "oks_ar": QCoreApplication.translate(
            "Metrics",
            "The part of the true objects that are found with their points in place, averaged over "
            "ten degrees of nearness.",
        ),
        "oks_ap": QCoreApplication.translate(
            "Metrics", "Average precision of this class's points over ten degrees of nearness."
        ),
        "oks_ap50": QCoreApplication.translate(
            "Metrics", "Average precision of this class's points, roughly right being enough."
        ),
        "pck": QCoreApplication.translate(
            "Metrics",
            "The part of the true points that the model put within a tenth of the object's length "
            "from their place (PCK@0.1); points of objects that it missed are not found.",
        ),
    }


def percent(value: float | None) -> str:
    """A metric in 0..1 as a person reads it, ``93.5%``; a dash where there is none."""
    return "–" if value is None or value != value else f"{value * 100:.1f}%"


def task_name(task: Task) -> str:
    """What a task is called on its card and in lists."""
    return {
        Task.CLASSIFY: QCoreApplication.translate("Tasks", "Classify"),
        Task.DETECT: QCoreApplication.translate("Tasks", "Detect"),
        Task.INSTANCES: QCoreApplication.translate("Tasks", "Instances"),
        Task.SEGMENT: QCoreApplication.translate("Tasks", "Segment"),
        Task.KEYPOINTS: QCoreApplication.translate("Tasks", "Keypoints"),
    }[task]


def duration(seconds: float | None) -> str:
    """Seconds as a person reads them: ``48 s``, ``3:05 min``, ``2:10 h``; a dash for None."""
    if seconds is None or seconds != seconds or seconds < 0:
        return "–"
    whole = round(seconds)
    if whole < 60:
        return QCoreApplication.translate("Durations", "{seconds} s").format(seconds=whole)
    if whole < 3600:
        text = QCoreApplication.translate("Durations", "{time} min")
        return text.format(time=f"{whole // 60}:{whole % 60:02}")
    text = QCoreApplication.translate("Durations", "{time} h")
    return text.format(time=f"{whole // 3600}:{whole % 3600 // 60:02}")
