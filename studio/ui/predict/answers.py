"""What a human has said on images that a run made proposals for, read in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from studio.domain.labels import Label, Tag, TagGroup
from studio.domain.proposals import Proposal
from studio.domain.shapes import Shape
from studio.editing import proposing
from studio.storage.reader import Reader
from studio.ui.predict.findings import Finding

FEW = 40
"""Up to this many images are asked for one by one; for more, the whole run is read at once."""


@dataclass(frozen=True, slots=True)
class Answers:
    """A run's undecided proposals on some images, and the labels that stand there."""

    run: int
    labels: Mapping[str, Label]
    group: TagGroup
    proposals: Mapping[int, Sequence[Proposal]]
    shapes: Mapping[int, Sequence[Shape]]
    tags: Mapping[int, Sequence[Tag]]

    @classmethod
    def read(cls, reader: Reader, run: int, image_ids: Sequence[int]) -> Self:
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
        )

    def findings(self, image_id: int) -> tuple[Finding, ...]:
        """What is open on an image, best first."""
        return tuple(
            Finding(
                self.labels[each.label], each.geometry, each.score, each, self._is_answered(each)
            )
            for each in self.proposals.get(image_id, ())
            if each.label in self.labels
        )

    def accepted(self, image_id: int) -> int:
        """How many labels of an image came from the run."""
        standing = (*self.shapes.get(image_id, ()), *self.tags.get(image_id, ()))
        return sum(each.run == self.run for each in standing)

    def _is_answered(self, proposal: Proposal) -> bool:
        if proposal.geometry is not None:
            return proposing.is_answered(proposal, self.shapes.get(proposal.image_id, ()))
        tags = self.tags.get(proposal.image_id, ())
        tagged = {tag.label for tag in tags if tag.group == self.group.id}
        return proposal.label in tagged or (bool(tagged) and not self.group.multi_label)
