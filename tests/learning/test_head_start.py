"""The last layer fits the trained ones before the first step."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from studio.domain.project import Split
from studio.domain.runs import Task
from studio.learning import head_start, registry
from studio.learning.data.reading import Pictures, Unreadable
from studio.learning.events import EpochEnded, Notice, RunStarted
from studio.learning.readiness import dataset
from studio.learning.spec import ModelSpec
from studio.learning.tasks import adapter_for
from studio.learning.trainer import train
from studio.storage.reader import Reader
from tests.learning import scenes

USUAL = {"weights": "pretrained"}


@pytest.mark.parametrize(("weights", "fits"), [("pretrained", True), ("scratch", False)])
def test_a_model_names_images_before_it_was_trained(
    project: Path, weights: str, fits: bool
) -> None:
    config = scenes.config(Task.CLASSIFY, weights=weights)
    with Reader.open(project) as reader:
        frozen = dataset.freeze(reader, config.task, config.seed, config.val_fraction)
    torch.manual_seed(3)
    model, loaded = registry.build(config, len(frozen.labels))
    adapter = adapter_for(ModelSpec.of(config, frozen))
    before, drawn = model.state_dict(), torch.random.get_rng_state()
    before = {name: value.clone() for name, value in before.items()}
    told = list(head_start.fill(model, adapter, frozen, loaded.path, lambda: ""))
    assert torch.equal(torch.random.get_rng_state(), drawn)
    changed = {k for k, v in model.state_dict().items() if not torch.equal(v, before[k])}
    assert changed == ({"head.2.weight", "head.2.bias"} if fits else set())
    assert any(isinstance(event, Notice) for event in told) is fits
    if not fits:
        return
    val = frozen.of(Split.VAL)
    pictures = Pictures(val, adapter)
    samples = [s for n in range(len(val)) if not isinstance(s := pictures[0, n], Unreadable)]
    with torch.inference_mode():
        named = adapter.predict(model.eval(), samples, torch.device("cpu"))
    truths = [adapter.truth(source) for source in val]
    assert adapter.score(truths, named).metrics["accuracy"] == 1.0


def test_a_training_goes_on_from_it(project: Path) -> None:
    config = scenes.config(Task.CLASSIFY, epochs=1, ema=False, head_epochs=1, **USUAL)
    told = list(train(project, config, lambda: ""))
    sentences = [str(event.sentence) for event in told if isinstance(event, Notice)]
    [train_images] = [event.train_images for event in told if isinstance(event, RunStarted)]
    [fit] = [each for each in sentences if "quick fit" in each]
    assert f"to {train_images} training images" in fit
    [epoch] = [event for event in told if isinstance(event, EpochEnded)]
    assert epoch.metrics["accuracy"] == 1.0
