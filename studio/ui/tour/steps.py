"""The five steps of the tour: where each points, and what it says."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from studio.ui.actions import Actions


@dataclass(frozen=True, slots=True)
class Step:
    """One bubble. It points at the button of action ``target`` in ``workspace``, "" at the menu
    of files; where that cannot be seen it points at the button of the workspace."""

    workspace: str
    target: str
    title: str
    text: str


def steps(actions: Actions) -> list[Step]:
    """The steps in the present language, with the keys that the actions are on now."""
    tr = QCoreApplication.translate

    def key(action_id: str) -> str:
        return next(iter(actions.key_texts(action_id)), "")

    return [
        Step(
            "label", "",
            tr("Tour", "Begin with a folder of pictures"),
            tr(
                "Tour",
                "File › New project ({key}) or a folder dropped on this window. "
                "The pictures stay where they are and are never changed.",
            ).format(key=key("project.new")),
        ),
        Step(
            "label", "label.box",
            tr("Tour", "Label what is in them"),
            tr(
                "Tour",
                "Press {key} and drag a box over an object; {next} shows the next picture. "
                "There is nothing to save: every change is kept at once.",
            ).format(key=key("label.box"), next=key("label.next")),
        ),
        Step(
            "train", "train.start",
            tr("Tour", "Train a model"),
            tr(
                "Tour",
                "What to find and how is chosen for you. {key} starts the training; "
                "meanwhile you can go on labelling.",
            ).format(key=key("train.start")),
        ),
        Step(
            "results", "workspace.results",
            tr("Tour", "See what it got right and wrong"),
            tr(
                "Tour",
                "Results shows how good the model is, class by class, and its worst mistakes "
                "first: often a label is wrong, and you can correct it from there.",
            ),
        ),
        Step(
            "predict", "workspace.predict",
            tr("Tour", "Let it label the rest"),
            tr(
                "Tour",
                "Predict runs the model on new pictures. {accept} accepts what it found, "
                "{reject} turns it down; then train again.",
            ).format(accept=key("predict.accept"), reject=key("predict.reject")),
        ),
    ]  # fmt: skip
