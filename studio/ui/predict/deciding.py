"""Accepting and rejecting what was found: each decision is one edit that can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from studio.domain.proposals import Proposal
from studio.editing import actions, scan
from studio.ui.document import Document
from studio.ui.predict.findings import Entry, Finding, Sieve
from studio.ui.predict.predictions import Predictions


def adopt(document: Document, predictions: Predictions, entries: Iterable[Entry]) -> int:
    """Add pictures from outside to the project, with what was found on them; returns how many.

    Raises:
        StudioError: a file cannot be added.
    """
    paths = [entry.path for entry in entries if not entry.image_id]
    if not paths:
        return 0
    ids, changes = scan.add_images(document.session, paths)
    document.announce(changes)
    predictions.adopt(ids)
    return len(ids)


def accept(document: Document, findings: Iterable[Finding]) -> bool:
    """Turn findings into labels, all in one edit; those that are held back stay out."""
    proposals = [f.proposal for f in findings if f.proposal is not None and not f.held]
    if not proposals:
        return False
    reader = document.reader
    shapes = sum(proposal.geometry is not None for proposal in proposals)
    ids = document.reserve_ids("shape", shapes) if shapes else ()
    images = sorted({proposal.image_id for proposal in proposals})
    tags = [tag for group in reader.tags_of(images).values() for tag in group]
    return document.apply(actions.accept(proposals, ids, reader.tag_groups(), tags))


def reject(document: Document, findings: Iterable[Finding]) -> bool:
    """Turn findings down, all in one edit."""
    proposals: Sequence[Proposal] = [f.proposal for f in findings if f.proposal is not None]
    return bool(proposals) and document.apply(actions.reject(proposals))


def accept_all(document: Document, predictions: Predictions, sieve: Sieve) -> bool:
    """Turn everything that is shown, on all pictures, into labels in one edit."""
    wanted = [entry for entry in predictions.entries if sieve.open(entry)]
    adopt(document, predictions, wanted)
    return accept(document, (each for entry in wanted for each in sieve.open(entry)))
