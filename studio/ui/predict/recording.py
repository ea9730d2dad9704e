"""Writing what a model said about images of the project as proposals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.domain.facts import ProposalsMade
from studio.domain.proposals import Proposal
from studio.editing import proposing
from studio.editing.proposing import Classes
from studio.ui.document import Document


def recorded(
    document: Document, run: int, predictions: Mapping[int, Mapping[str, Any]], *, multi_label: bool
) -> set[int]:
    """The images whose predictions the run has proposed just so.

    That it proposed something there is not enough: it may have been trained for longer since.
    """
    classes = classes_of(document)
    proposed = document.reader.scores_proposed(run, predictions)
    told = {
        image_id: proposing.scored(prediction, classes, multi_label=multi_label)
        for image_id, prediction in predictions.items()
    }
    return {i for i, scores in told.items() if scores and scores <= proposed[i]}


def record(
    document: Document,
    run: int,
    predictions: Mapping[int, Mapping[str, Any]],
    *,
    multi_label: bool,
    epoch: int | None,
) -> None:
    """Write predictions (``learning.events.ImagePredicted``), by image id, in one transaction.

    They are those of the run's model of ``epoch``, None where that is not known.
    """
    classes = classes_of(document)
    proposals: list[Proposal] = []
    for image_id, prediction in predictions.items():
        made = proposing.suggestions(prediction, classes, multi_label=multi_label)
        ids = document.reserve_ids("proposal", len(made)) if made else ()
        proposals += [
            each.proposal(number, run, image_id) for each, number in zip(made, ids, strict=True)
        ]
    document.record(ProposalsMade(run, tuple(predictions), tuple(proposals), epoch))


def classes_of(document: Document) -> Classes:
    """The project's classes, for what a model calls them."""
    return Classes(document.reader.labels(), document.reader.merged_labels())
