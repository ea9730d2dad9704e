"""What a model suggests: a layer of its own that never touches a human's labels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from studio.domain.shapes import Geometry


@dataclass(frozen=True, slots=True)
class Proposal:
    """A tag (``geometry`` None) or a shape that run ``run`` predicts, with its score in 0..1."""

    id: int
    run: int
    image_id: int
    label: str
    geometry: Geometry | None
    score: float


class Decision(StrEnum):
    """What a human made of a proposal."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A human's decision about one proposal; there is no row while it is pending.

    ``image_id`` and ``run`` repeat the proposal's, so that an edit says what it touched.
    """

    proposal_id: int
    image_id: int
    run: int
    decision: Decision
