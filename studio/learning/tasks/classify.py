"""Classify: one class an image, or any number of classes where the project says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import torch
from torch import Tensor, nn

from studio.learning.adapter import (
    Prediction,
    Sample,
    Scores,
    changes_of,
    heading,
    normalised,
    stacked,
)
from studio.learning.config import Augmentation
from studio.learning.data import augment, blending
from studio.learning.data.tensors import as_tensor, on_device
from studio.learning.data.variation import Variation
from studio.learning.models.auxiliary import total_loss
from studio.learning.snapshot import FrozenImage
from studio.learning.spec import ModelSpec
from studio.learning.tasks import metrics
from studio.learning.tasks.losses import Criterion, of_one_class, of_several_classes
from studio.vision.images import Rgb

SPARE = 2
"""Decoded this many times larger than the network's input, so that crops stay sharp."""
MOST_ELONGATED = 16
"""Beyond this many times as long as wide, a picture costs more memory than its middle is worth."""


@dataclass(frozen=True, slots=True)
class Classify:
    """Cross-entropy over exclusive classes; binary cross-entropy for multi-label.

    Where it ``fits_late``, images that are not varied come as they were read and are fitted to
    the network's size on its device, those of one size together.
    """

    spec: ModelSpec
    fits_late: bool = False

    def decode_px(self, source: FrozenImage) -> int:
        """The longer side that decoding ``source`` need not exceed.

        The network sees as much of the shorter side as there is, so that must not be enlarged.
        """
        longer, shorter = max(source.width, source.height), min(source.width, source.height)
        elongation = min(longer / shorter, MOST_ELONGATED)
        return ceil(max(SPARE, elongation) * self.spec.config.image_size)

    def prepare(self, rgb: Rgb, source: FrozenImage, augmentation: Augmentation | None) -> Sample:
        """(3, S, S) image; target ``class`` () int64, or (C,) float for multi-label.

        The latter comes with ``known`` (C,) float: 0 where a class may be there unsaid.
        """
        change = augment.for_classes(
            changes_of(self.spec, augmentation), self.spec.config.image_size
        )
        target = {"class": self._target(source)}
        if self.spec.multi_label:
            target["known"] = torch.tensor(
                [label.id not in source.unknown for label in self.spec.labels], dtype=torch.float32
            )
        image = as_tensor(rgb)
        is_late = self.fits_late and augmentation is None
        return Sample(image if is_late else change(image), target, source)

    def _target(self, source: FrozenImage) -> Tensor:
        tagged = [label.id in source.tags for label in self.spec.labels]
        if self.spec.multi_label:
            return torch.tensor(tagged, dtype=torch.float32)
        return torch.tensor(tagged.index(True) if any(tagged) else -100)

    def mix(self, sample: Sample, another: Callable[[], Sample], epoch: int) -> Sample:
        """CutMix or mixup, by their chances in the settings; ``class`` is then (C,) float."""
        given = Variation.of(self.spec.config)
        draw = float(torch.rand(())) if given.cutmix or given.mixup else 1.0
        if draw >= given.cutmix + given.mixup:
            return sample
        other = another()
        blend = blending.cutmix if draw < given.cutmix else blending.mixup
        image, share = blend(sample.image, other.image)
        parts = [self._parts(each.target["class"]) for each in (sample, other)]
        target = {"class": share * parts[0] + (1 - share) * parts[1]}
        if self.spec.multi_label:
            target["known"] = sample.target["known"] * other.target["known"]
        return Sample(image, target, sample.source)

    def _parts(self, wanted: Tensor) -> Tensor:
        """(C,) float of a target: 1 for its class."""
        if wanted.is_floating_point():
            return wanted
        return (torch.arange(len(self.spec.labels)) == wanted).float()

    def loss(self, model: nn.Module, samples: Sequence[Sample], device: torch.device) -> Tensor:
        """The configured loss, with smoothed targets."""
        criterion, smoothing = Criterion.of(self.spec), self.spec.config.label_smoothing
        return total_loss(
            model(self._batch(samples, device)),
            lambda logits: self._loss(logits, samples, criterion, smoothing),
        )

    def _loss(
        self,
        logits: Tensor,
        samples: Sequence[Sample],
        criterion: Criterion,
        smoothing: float = 0.0,
    ) -> Tensor:
        targets = [sample.target["class"] for sample in samples]
        if any(target.is_floating_point() for target in targets):
            targets = [self._parts(target) for target in targets]
        wanted = on_device(torch.stack(targets), logits.device)
        if self.spec.multi_label:
            known = torch.stack([sample.target["known"] for sample in samples])
            known = on_device(known, logits.device)
            return of_several_classes(logits.float(), wanted, known, criterion, smoothing)
        return of_one_class(logits.float(), wanted, criterion, smoothing)

    def predict(
        self, model: nn.Module, samples: Sequence[Sample], device: torch.device
    ) -> list[Prediction]:
        """``scores``: probability by label name, the most probable first."""
        return self._read(model(self._batch(samples, device)), samples)

    def judge(
        self, model: nn.Module, samples: Sequence[Sample], device: torch.device
    ) -> tuple[list[Prediction], float]:
        """Predictions and cross-entropy without smoothing."""
        logits = model(self._batch(samples, device))
        return self._read(logits, samples), float(
            self._loss(logits, samples, Criterion.usual(self.spec))
        )

    def _batch(self, samples: Sequence[Sample], device: torch.device) -> Tensor:
        """(B, 3, S, S), normalised."""
        images = [sample.image for sample in samples]
        fit = augment.for_classes(Variation(), self.spec.config.image_size)
        if len({image.shape for image in images}) > 1:
            images = [fit(on_device(image, device)) for image in images]
        return normalised(fit(on_device(stacked(images), device)), device)

    def _read(self, logits: Tensor, samples: Sequence[Sample]) -> list[Prediction]:
        logits = logits.float()
        chances = logits.sigmoid() if self.spec.multi_label else logits.softmax(dim=1)
        return [
            heading(sample.source) | {"scores": self._named(row)}
            for sample, row in zip(samples, chances.tolist(), strict=True)
        ]

    def _named(self, chances: Sequence[float]) -> dict[str, float]:
        pairs = zip(self.spec.labels, chances, strict=True)
        named = ((label.name, round(chance, 6)) for label, chance in pairs)
        return dict(sorted(named, key=lambda pair: -pair[1]))

    def truth(self, source: FrozenImage) -> Prediction:
        """``scores`` of 1 for the classes of the image, and the names of those ``unknown``."""
        names = {label.name: 1.0 for label in self.spec.labels if label.id in source.tags}
        unknown = [label.name for label in self.spec.labels if label.id in source.unknown]
        return heading(source) | {"scores": names} | ({"unknown": unknown} if unknown else {})

    def score(self, truths: Sequence[Prediction], predictions: Sequence[Prediction]) -> Scores:
        """Accuracy, macro F1, per-class figures and (exclusive classes) the confusion matrix."""
        wanted = [set(truth["scores"]) for truth in truths]
        if self.spec.multi_label:
            found = [
                self._above(prediction) - set(truth.get("unknown", ()))
                for truth, prediction in zip(truths, predictions, strict=True)
            ]
            return metrics.multi_label_scores(wanted, found, self.spec.labels)
        best = [next(iter(prediction["scores"])) for prediction in predictions]
        right = [next(iter(names)) for names in wanted]
        return metrics.class_scores(right, best, self.spec.labels)

    def _above(self, prediction: Prediction) -> set[str]:
        scores: Mapping[str, float] = prediction["scores"]
        return {name for name, score in scores.items() if score >= self.spec.threshold}

    def rank(self, metrics: Mapping[str, float], val_loss: float) -> tuple[float, float]:
        """By accuracy (macro F1 for multi-label), then by validation loss."""
        first = "macro_f1" if self.spec.multi_label else "accuracy"
        return (metrics[first], -val_loss)

    def badness(self, truth: Prediction, prediction: Prediction) -> float:
        """How little probability the truth was given; the worst class of a multi-label image."""
        wanted, scores = truth["scores"], prediction["scores"]
        if self.spec.multi_label:
            unknown = truth.get("unknown", ())
            return max(
                (abs((n in wanted) - score) for n, score in scores.items() if n not in unknown),
                default=0.0,
            )
        return 1.0 - max((scores[name] for name in wanted), default=0.0)
