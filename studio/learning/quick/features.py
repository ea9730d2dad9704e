"""What a frozen pretrained network sees in an image: the input of its last layer."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import torch
from torch import Tensor, nn

from studio.domain.runs import Task
from studio.errors import WeightsMissing
from studio.learning import catalogue, devices, registry
from studio.learning.adapter import Adapter, normalised, stacked
from studio.learning.advice import recipe
from studio.learning.catalogue import SMALL, ModelCard
from studio.learning.config import TrainConfig
from studio.learning.data.reading import Pictures, Unreadable
from studio.learning.pretrained import weights
from studio.learning.quick.feature_cache import FeatureCache, Vector, key_of
from studio.learning.snapshot import FrozenImage
from studio.learning.spec import ModelSpec
from studio.learning.tasks.classify import Classify
from studio.vision import images

AT_A_TIME = 8
"""Images on the device together."""


def best_card() -> ModelCard:
    """The classifier that a training would start from here: the best whose weights are here."""
    names = (*recipe.PREFERRED[Task.CLASSIFY, False], SMALL)
    cards = [catalogue.card(Task.CLASSIFY, name) for name in names]
    found = next((card for card in cards if weights.find(card)), None)
    if found is None:
        raise WeightsMissing(
            "The small network that ships with the program is missing; install it anew."
        )
    return found


class Features:
    """The features of images by one network, looked up or worked out.

    An image is seen as a trained classifier sees it, its middle at one size, and mirrored as
    well: the mean of both.
    """

    def __init__(
        self,
        model: nn.Module,
        adapter: Adapter,
        weights_path: Path,
        cache: FeatureCache,
        device: torch.device,
    ) -> None:
        """``model`` holds the weights of the file as they are, apart from its last layer."""
        config = adapter.spec.config
        self._cache = cache
        self._mapping = images.mapping_of(adapter.spec.grey)
        self._adapter = adapter
        self._device = device
        self._network = f"{config.model} {config.image_size} {_fingerprint(weights_path)}"
        self._model = model.to(device).eval()
        self._seen: list[Tensor] = []
        self._hook = last_layer(model).register_forward_pre_hook(self._see)
        self.computed = 0  # for whoever wants to know how much was looked up

    @classmethod
    def of_pretrained(cls, card: ModelCard, cache: FeatureCache, grey: Mapping[str, str]) -> Self:
        """By the published weights that are here, at the size that they were made for.

        Raises:
            WeightsMissing, WeightsUnusable: see the sentence.
        """
        found = weights.require(card)
        size = card.fitting_size(card.usual_image_size)
        config = TrainConfig(Task.CLASSIFY, card.name, image_size=size)
        model, _ = registry.build(config, 2)
        adapter = Classify(ModelSpec(Task.CLASSIFY, config, (), grey=grey))
        return cls(model, adapter, found.path, cache, devices.resolve("auto"))

    def close(self) -> None:
        """Leave the network as it was, in eval mode."""
        self._hook.remove()

    def of(self, sources: Sequence[FrozenImage]) -> Generator[dict[int, Vector | None], None, None]:
        """Features by image id, a few images at a time; None for what cannot be read.

        What is kept comes first, in one piece.
        """
        keys = {source.id: key_of(source, self._network, self._mapping) for source in sources}
        kept = self._cache.get([key for key in keys.values() if key])
        known = {i: kept[key] for i, key in keys.items() if key in kept}
        if known:
            yield dict(known)
        missing = [source for source in sources if source.id not in known]
        pictures = Pictures(missing, self._adapter)
        for start in range(0, len(missing), AT_A_TIME):
            part = missing[start : start + AT_A_TIME]
            loaded = [pictures[0, start + place] for place in range(len(part))]
            seen = [each for each in loaded if not isinstance(each, Unreadable)]
            vectors = self._compute([each.image for each in seen]) if seen else []
            made = {each.source.id: v for each, v in zip(seen, vectors, strict=True)}
            self._cache.put({key: v for i, v in made.items() if (key := keys[i])})
            self.computed += len(made)
            yield {source.id: made.get(source.id) for source in part}

    @torch.inference_mode()
    def _compute(self, pictures: Sequence[Tensor]) -> list[Vector]:
        batch = normalised(stacked(pictures), self._device)
        both: list[Tensor] = []
        for view in (batch, batch.flip(-1)):
            self._seen.clear()
            self._model(view)
            both.append(self._seen[-1])
        self._seen.clear()
        mean = (both[0] + both[1]) / 2
        return list(np.ascontiguousarray(mean.float().cpu().numpy()))

    def _see(self, _: nn.Module, inputs: tuple[Any, ...]) -> None:
        seen: Tensor = inputs[0]
        self._seen.append(seen.flatten(2).mean(2) if seen.ndim > 2 else seen)


def last_layer(model: nn.Module) -> nn.Linear | nn.Conv2d:
    """The layer of a classifier that gives a number to each class."""
    layers = [each for each in model.modules() if isinstance(each, nn.Linear | nn.Conv2d)]
    return layers[-1]


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()[:16]
