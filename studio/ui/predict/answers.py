"""What a human has said on images that a run made proposals for, read in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from studio.domain import geometry as geo
from studio.domain.labels import Label, Tag, TagGroup
from studio.domain.proposals import Proposal
from studio.domain.shapes import Box, Geometry, Shape
from studio.editing import proposing
from studio.storage.reader import Reader
from studio.ui import marks
from studio.ui.predict.findings import Finding

FEW = 40
"""Up to this many images are asked for one by one; for more, the whole run is read at once."""


class Overlaps:
    """Which proposals and shapes are the same object, worked out once for each pair.

    After every decision an image is looked through again, and outlines are slow to compare.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[Geometry, bool]] = {}

    def same(self, proposal: Proposal, shape: Shape) -> bool:
        """Whether a shape of the same class stands where the proposal would put one."""
        key = proposal.id, shape.id
        known = self._known.get(key)
        if known is None or known[0] != shape.geometry:
            same = proposing.is_answered(proposal, (shape,))
            known = self._known[key] = shape.geometry, same
        return known[1]


@dataclass(frozen=True, slots=True)
class Answers:
    """A run's undecided proposals on some images, and the labels that stand there."""

    run: int
    labels: Mapping[str, Label]
    group: TagGroup
    proposals: Mapping[int, Sequence[Proposal]]
    shapes: Mapping[int, Sequence[Shape]]
    tags: Mapping[int, Sequence[Tag]]
    overlaps: Overlaps

    @classmethod
    def read(cls, reader: Reader, run: int, image_ids: Sequence[int], overlaps: Overlaps) -> Self:
        """Read what concerns ``image_ids``."""
        proposals: dict[int, list[Proposal]] = defaultdict(list)
        if len(image_ids) <= FEW:
            for image_id in image_ids:
                proposals[image_id] += reader.proposals(image_id, run)
        else:
            for each in reader.proposals_of_run(run):
                proposals[each.image_id].append(each)
        return cls(
            run,
            {label.id: label for label in reader.labels()},
            reader.tag_groups()[0],
            proposals,
            reader.shapes_of(image_ids),
            reader.tags_of(image_ids),
            overlaps,
        )

    def findings(self, image_id: int) -> tuple[Finding, ...]:
        """What is open on an image, best first."""
        standing: dict[str, list[tuple[Box, Shape]]] = defaultdict(list)
        for shape in self.shapes.get(image_id, ()):
            standing[shape.label].append((marks.extent(shape.geometry), shape))
        return tuple(
            Finding(
                self.labels[each.label],
                each.geometry,
                each.score,
                each,
                self._is_answered(each, standing.get(each.label, ())),
            )
            for each in self.proposals.get(image_id, ())
            if each.label in self.labels
        )

    def accepted(self, image_id: int) -> int:
        """How many labels of an image came from the run."""
        standing = (*self.shapes.get(image_id, ()), *self.tags.get(image_id, ()))
        return sum(each.run == self.run for each in standing)

    def _is_answered(self, proposal: Proposal, standing: Sequence[tuple[Box, Shape]]) -> bool:
        """Whether a human has said the same; ``standing`` are the class's shapes, with bounds."""
        if proposal.geometry is not None:
            box = marks.extent(proposal.geometry)
            near = (shape for bounds, shape in standing if geo.iou(box, bounds) > 0)
            return any(self.overlaps.same(proposal, shape) for shape in near)
        tags = self.tags.get(proposal.image_id, ())
        tagged = {tag.label for tag in tags if tag.group == self.group.id}
        return proposal.label in tagged or (bool(tagged) and not self.group.multi_label)
