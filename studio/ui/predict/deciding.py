"""Accepting and rejecting what was found: each decision is one edit that can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from studio.domain.proposals import Proposal
from studio.editing import actions
from studio.ui.document import Document
from studio.ui.predict.findings import Finding


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
    edit = actions.accept(proposals, ids, reader.tag_groups(), tags)
    for image_id, status in reader.statuses(images).items():
        here = [proposal for proposal in proposals if proposal.image_id == image_id]
        tagged = any(proposal.geometry is None for proposal in here)
        drawn = any(proposal.geometry is not None for proposal in here)
        edit = actions.begun(edit, status, tags=tagged, shapes=drawn)
    return document.apply(edit)


def reject(document: Document, findings: Iterable[Finding]) -> bool:
    """Turn findings down, all in one edit."""
    proposals: Sequence[Proposal] = [f.proposal for f in findings if f.proposal is not None]
    return bool(proposals) and document.apply(actions.reject(proposals))
