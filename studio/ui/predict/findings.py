"""What a model found on each picture, and what of it is shown and can still be decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studio.domain import geometry as geo
from studio.domain.labels import Label
from studio.domain.proposals import Proposal
from studio.domain.shapes import Geometry, Mask, Points
from studio.editing import proposing
from studio.vision import rle


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: a tag (``geometry`` None) or an object, score in 0..1.

    ``proposal`` is its row where the picture belongs to the project. ``held`` says that a human
    has labelled the same there already, so it is kept back.
    """

    label: Label
    geometry: Geometry | None
    score: float
    proposal: Proposal | None = None
    held: bool = False


@dataclass(slots=True, eq=False)
class Entry:
    """One picture: its file, upright ``size`` in pixels, and what was found.

    ``image_id`` is 0 while the picture does not belong to the project. ``prediction`` is what
    the model said in full, None until it has spoken or where it spoke in an earlier session.
    """

    path: Path
    image_id: int = 0
    size: tuple[int, int] = (0, 0)
    prediction: Mapping[str, Any] | None = None
    findings: tuple[Finding, ...] = ()
    accepted: int = 0

    @property
    def predicted(self) -> bool:
        """Whether the model has spoken about it."""
        return self.prediction is not None or bool(self.findings)


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """What is shown: findings at ``min_score`` or above whose class is not hidden."""

    min_score: float = 0.5
    hidden: frozenset[str] = field(default_factory=frozenset)

    def passes(self, finding: Finding) -> bool:
        """Whether a finding is shown."""
        return finding.score >= self.min_score and finding.label.id not in self.hidden

    def shown(self, entry: Entry) -> tuple[Finding, ...]:
        """The findings of a picture that are shown, best first."""
        return tuple(each for each in entry.findings if self.passes(each))

    def open(self, entry: Entry) -> tuple[Finding, ...]:
        """Those of them that can be accepted: a human's own labels come first."""
        return tuple(each for each in self.shown(entry) if not each.held)

    def counts(self, entries: Iterable[Entry]) -> Counter[str]:
        """Findings at ``min_score`` or above by label id, hidden classes too."""
        return Counter(
            each.label.id
            for entry in entries
            for each in entry.findings
            if each.score >= self.min_score
        )


def filtered_prediction(entry: Entry, finding_filter: FindingFilter) -> Mapping[str, Any]:
    """The prediction on a picture as it is shown, in the form of ``events.ImagePredicted``."""
    hidden = {each.label.name for each in entry.findings if each.label.id in finding_filter.hidden}
    base = entry.prediction or _rebuilt(entry)
    if "scores" in base:
        kept = {name: score for name, score in base["scores"].items() if name not in hidden}
        return {**base, "scores": kept}
    objects = [
        each
        for each in base["objects"]
        if each["score"] >= finding_filter.min_score and each["label"] not in hidden
    ]
    return {**base, "objects": objects}


def _rebuilt(entry: Entry) -> Mapping[str, Any]:
    """A prediction of an earlier session, from what is still open of it."""
    width, height = entry.size
    base = {"file": str(entry.path), "width": width, "height": height}
    if entry.findings and all(each.geometry is None for each in entry.findings):
        return {**base, "scores": {each.label.name: each.score for each in entry.findings}}
    return {**base, "objects": [_object(each, entry.size) for each in entry.findings]}


def _object(finding: Finding, size: tuple[int, int]) -> Mapping[str, Any]:
    assert finding.geometry is not None
    box = geo.bounds(finding.geometry)
    found: dict[str, Any] = {
        "label": finding.label.name,
        "label_id": finding.label.id,
        "score": finding.score,
        "bbox": [box.x0, box.y0, box.width, box.height],
    }
    if isinstance(finding.geometry, Mask):
        found["segmentation"] = rle.encode(finding.geometry, *size)
    if isinstance(finding.geometry, Points):
        found["keypoints"] = proposing.predicted_points(finding.geometry)
    return found
