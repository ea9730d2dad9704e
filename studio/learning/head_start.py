"""The last layer of a new classifier, fitted before the first step.

Trained layers are spoilt least when the new one fits them before all learn together (Kumar et
al., "Fine-tuning can distort pretrained features", ICLR 2022). The fit is the quick classifier's,
to the training images alone; what it looked at while the user labelled is not looked at again.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import numpy as np
import torch
from torch import nn

from studio.domain.project import Split
from studio.domain.runs import Task
from studio.errors import say
from studio.learning.adapter import Adapter
from studio.learning.events import Event, Notice, Progress
from studio.learning.quick import linear
from studio.learning.quick.classifier import PHASE
from studio.learning.quick.feature_cache import FILE, FeatureCache, Vector
from studio.learning.quick.features import Features, last_layer
from studio.learning.quick.linear import Linear
from studio.learning.quick.rules import LEAST
from studio.learning.snapshot import FrozenImage, Snapshot
from studio.learning.validation import ShouldStop
from studio.paths import cache_folder

MOST_IMAGES = 2000
"""With more, so many of them are enough to begin with."""


def fill(
    model: nn.Module, adapter: Adapter, data: Snapshot, weights_path: str, should_stop: ShouldStop
) -> Generator[Event, None, None]:
    """Fit the last layer of a classifier whose others were trained before.

    ``weights_path`` is the file that these come from, "" where there is none. Nothing is drawn
    from torch's global generator. The model is left alone where it has no linear last layer,
    where a class has too few images, and where it was stopped.
    """
    config, layer = adapter.spec.config, last_layer(model)
    if config.task is not Task.CLASSIFY or not weights_path or not isinstance(layer, nn.Linear):
        return
    sources = _chosen(data, config.seed)
    found: dict[int, Vector] = {}
    device, was_training = layer.weight.device, model.training
    with FeatureCache(cache_folder() / FILE) as cache:
        features = Features(model, adapter, Path(weights_path), cache, device)
        with closing(features):
            for seen in features.of(sources):
                found |= {i: vector for i, vector in seen.items() if vector is not None}
                yield Progress(PHASE, len(found), len(sources))
                if should_stop():
                    break
    model.train(was_training)
    seen_sources = [source for source in sources if source.id in found]
    fitted = None if should_stop() else _fit(seen_sources, found, data)
    if fitted is not None and fitted.weight.shape == layer.weight.shape:
        with torch.no_grad():
            layer.weight.copy_(fitted.weight)
            layer.bias.copy_(fitted.bias)
        yield Notice(
            "info",
            say(
                "The part that names your classes starts from a quick fit to {count} "
                "training images, which names about {part} of such images right.",
                count=len(seen_sources),
                part=f"{fitted.accuracy:.0%}",
            ),
        )


def _chosen(data: Snapshot, seed: int) -> list[FrozenImage]:
    sources = data.of(Split.TRAIN)
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(sources), generator=generator)[:MOST_IMAGES]
    return [sources[place] for place in order.tolist()]


def _fit(sources: list[FrozenImage], found: dict[int, Vector], data: Snapshot) -> Linear | None:
    wanted = torch.tensor([[label.id in s.tags for label in data.labels] for s in sources])
    known = torch.tensor([[label.id not in s.unknown for label in data.labels] for s in sources])
    if not sources or (wanted.sum(dim=0) < LEAST).any():
        return None
    points = torch.from_numpy(np.stack([found[source.id] for source in sources]))
    return linear.fit(points, wanted.float(), known.float(), multi_label=data.multi_label)
