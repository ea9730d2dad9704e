"""The quick classifier: learns from the tags of a project while they are given.

A pretrained network looks at each image once, and a logistic regression on what it sees is fitted
in a moment. It reads the project itself, so that whoever wants to know more only says which
images come next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import torch
from torch import Tensor

from studio.domain.labels import Label
from studio.domain.project import Split
from studio.domain.runs import Task
from studio.learning.events import Evaluated, Event, ImagePredicted, Progress
from studio.learning.quick import linear
from studio.learning.quick.feature_cache import FILE, FeatureCache, Vector
from studio.learning.quick.features import Features, best_card
from studio.learning.quick.rules import learnable
from studio.learning.readiness import eligibility
from studio.learning.snapshot import FrozenImage
from studio.paths import cache_folder
from studio.storage.folder import root_path
from studio.storage.reader import Reader

PHASE = "features"
AHEAD = 64
"""Of the images that nobody has asked for, so many are looked at before the tags are read again."""
MOST_AHEAD = 20_000
"""So many images at most are looked at before they are asked for: they are held in memory."""
OFTEN = 0.05
"""It is fitted again when this part of its samples is new or changed, one at least."""


@dataclass(frozen=True, slots=True)
class TrainingTags:
    """What there is to learn: ``wanted`` and ``unknown`` labels by image id."""

    labels: tuple[Label, ...]
    multi_label: bool
    wanted: Mapping[int, frozenset[str]]
    unknown: Mapping[int, frozenset[str]]

    @classmethod
    def read(cls, reader: Reader) -> Self:
        """The tags of a project as they are now; empty where they are too few."""
        group = reader.tag_groups()[0]
        seen = [
            each
            for source in reader.annotated(reader.labelled_ids())
            if not source.image.problem
            and (each := eligibility.usable(source, Task.CLASSIFY, group))
        ]
        counts = Counter(label for each in seen for label in each.tags)
        known = learnable(counts, len(seen), multi_label=group.multi_label)
        kept = [e for e in seen if known and (group.multi_label or known.issuperset(e.tags))]
        return cls(
            tuple(label for label in reader.labels() if label.id in known),
            group.multi_label,
            {each.source.image.id: frozenset(each.tags) for each in kept},
            {each.source.image.id: each.unknown(known) for each in kept},
        )

    def differs(self, other: TrainingTags | None) -> bool:
        """Whether enough has changed since ``other`` was learned."""
        if other is None or (self.labels, self.multi_label) != (other.labels, other.multi_label):
            return True
        mine, others = self.wanted.items(), other.wanted.items()
        new = len(mine - others) + sum(i not in self.wanted for i in other.wanted)
        return new >= max(1, OFTEN * len(self.wanted))

    def targets(self, image_ids: Sequence[int]) -> tuple[Tensor, Tensor]:
        """(N, C) of what images show, and of what is known of them."""
        wanted = [[label.id in self.wanted[i] for label in self.labels] for i in image_ids]
        unknown = [[label.id in self.unknown[i] for label in self.labels] for i in image_ids]
        return torch.tensor(wanted).float(), 1 - torch.tensor(unknown).float()


class QuickClassifier:
    """One project's; the network is loaded when there is something to learn."""

    def __init__(self, project: Path, folder: Path | None = None) -> None:
        self._reader = Reader.open(project)
        self._cache = FeatureCache((folder or cache_folder()) / FILE)
        self._features: Features | None = None
        self._card = best_card()
        self._grey: dict[str, str] = {}
        self._known: dict[int, tuple[FrozenImage, Vector | None]] = {}
        self._read_at = -1
        self._present = TrainingTags((), False, {}, {})
        self._learned: TrainingTags | None = None
        self._model: linear.Linear | None = None

    def close(self) -> None:
        """Close the project and the cache."""
        self._reader.close()
        self._cache.close()

    def learn_and_predict(
        self, image_ids: Sequence[int], superseded: Callable[[], bool]
    ) -> Iterator[Event]:
        """Learn what is new and predict on the images that come next, the first one first.

        Then the rest of the project is looked at, until ``superseded``. With too few tags, or no
        images, nothing happens. Tells ``Progress``, ``Evaluated`` with ``accuracy`` and ``images``
        after each fit, and ``ImagePredicted``.

        Raises:
            WeightsUnusable: the network's weights are damaged.
        """
        if not image_ids:
            return
        tags = self._read()
        if not tags.labels:
            return
        if tags.differs(self._learned):
            yield from self._load_features(list(tags.wanted), superseded)
            if superseded():
                return
            yield from self._learn(tags)
        yield from self._predict(image_ids, superseded)
        rest = [i for i in self._following(image_ids[0]) if i not in self._known]
        for start in range(0, min(len(rest), MOST_AHEAD - len(self._known)), AHEAD):
            if superseded():
                return
            for _ in self._load_features(rest[start : start + AHEAD], superseded):
                pass

    def _read(self) -> TrainingTags:
        """The tags as they are now; read again only when the project was written to."""
        [(version,)] = self._reader.select("PRAGMA data_version")
        if self._read_at != version:
            self._read_at, self._present = version, TrainingTags.read(self._reader)
        return self._present

    def _following(self, image_id: int) -> list[int]:
        """All images in order of path, those after the given one first."""
        ids = self._reader.image_ids()
        place = ids.index(image_id) if image_id in ids else 0
        return ids[place:] + ids[:place]

    def _load_features(
        self, image_ids: Sequence[int], superseded: Callable[[], bool]
    ) -> Iterator[Progress]:
        """Have the features of images at hand."""
        features = self._network()
        sources = self._sources(image_ids)
        missing = [s for s in sources if self._known.get(s.id, (None,))[0] != s]
        by_id = {source.id: source for source in missing}
        done = len(sources) - len(missing)
        for found in features.of(missing):
            self._known |= {i: (by_id[i], vector) for i, vector in found.items()}
            done += len(found)
            yield Progress(PHASE, done, len(sources))
            if superseded():
                return

    def _network(self) -> Features:
        grey = {k: v for k, v in self._reader.settings().items() if k.startswith("grey_")}
        if self._features is None or grey != self._grey:
            self._grey = grey
            self._features = Features.of_pretrained(self._card, self._cache, grey)
            self._known.clear()
        return self._features

    def _sources(self, image_ids: Sequence[int]) -> list[FrozenImage]:
        found = self._reader.images(image_ids)
        roots = {root.id: root_path(self._reader.project, root) for root in self._reader.roots()}
        return [
            FrozenImage(
                i, str(roots[found[i].root_id] / found[i].path), found[i].path,
                found[i].quick_hash, found[i].width, found[i].height, Split.TRAIN,
            )
            for i in dict.fromkeys(image_ids)
            if i in found and not found[i].problem
        ]  # fmt: skip

    def _vectors(self, image_ids: Sequence[int]) -> tuple[list[int], Tensor]:
        """Those of the images that could be looked at, and their features (N, D)."""
        known = {i: self._known.get(i, (None, None))[1] for i in image_ids}
        seen = {i: vector for i, vector in known.items() if vector is not None}
        stacked = np.stack(list(seen.values())) if seen else np.empty((0, 0), np.float32)
        return list(seen), torch.from_numpy(stacked)

    def _learn(self, tags: TrainingTags) -> Iterator[Event]:
        image_ids, features = self._vectors(list(tags.wanted))
        wanted, known = tags.targets(image_ids) if image_ids else (torch.empty(0, 0),) * 2
        if len(image_ids) < 2 or (wanted.sum(dim=0) < 1).any():
            return  # files are missing
        model = linear.fit(features, wanted, known, multi_label=tags.multi_label)
        self._learned, self._model = tags, model
        figures = {"accuracy": model.accuracy, "images": float(model.judged)}
        yield Evaluated("quick", figures, self._card.title)

    def _predict(
        self, image_ids: Sequence[int], superseded: Callable[[], bool]
    ) -> Iterator[ImagePredicted]:
        model, tags = self._model, self._learned
        if model is None or tags is None:
            return
        loading = self._load_features(image_ids, superseded)
        told: set[int] = set()
        while True:
            seen, features = self._vectors([i for i in image_ids if i not in told])
            chances = model.chances(features).tolist() if seen else []
            for i, row in zip(seen, chances, strict=True):
                yield _predicted(self._known[i][0], tags.labels, row)
            told.update(seen)
            if next(loading, None) is None:
                return


def _predicted(
    source: FrozenImage, labels: Sequence[Label], chances: Sequence[float]
) -> ImagePredicted:
    scores = {label.name: round(c, 6) for label, c in zip(labels, chances, strict=True)}
    best_first = dict(sorted(scores.items(), key=lambda pair: -pair[1]))
    heading = {"file": source.path, "width": source.width, "height": source.height}
    return ImagePredicted({**heading, "scores": best_first})
