"""Fast, balanced, accurate: one model each, of those that are here and have time to learn."""

from __future__ import annotations

import pytest

from studio.domain.runs import Task
from studio.errors import say
from studio.learning import catalogue
from studio.learning.advice import footprint, recipe
from studio.learning.catalogue import levels
from studio.learning.catalogue.levels import Choice, Level
from studio.learning.config import TrainConfig

WHY = say("Since.")


def chosen(
    task: Task, recommended: str, here: set[str] | None = None, epochs: dict[str, int] | None = None
) -> dict[Level, Choice]:
    found = levels.choices(
        task, recommended, WHY, lambda name: here is None or name in here,
        lambda name: (epochs or {}).get(name, 30),
    )  # fmt: skip
    assert [choice.level for choice in found] == list(Level)
    return {choice.level: choice for choice in found}


@pytest.mark.parametrize("task", list(Task))
@pytest.mark.parametrize("fast", [False, True])
def test_every_recommendation_is_one_of_three_different_models(task: Task, fast: bool) -> None:
    small = next(card.name for card in catalogue.cards(task) if card.backbone == catalogue.SMALL)
    for recommended in (*recipe.PREFERRED[task, fast], small):
        found = chosen(task, recommended)
        names = {choice.card.name for choice in found.values()}
        assert len(names) == 3 and recommended in names
        [marked] = [choice for choice in found.values() if choice.recommended]
        assert (marked.card.name, marked.reason) == (recommended, WHY)


@pytest.mark.parametrize("task", list(Task))
def test_every_model_on_a_ladder_is_offered_first_in_the_catalogue(task: Task) -> None:
    offered = {card.name for card in catalogue.cards(task)}
    listed = [name for names in levels.LADDERS[task].values() for name in names]
    assert set(listed) <= offered and len(set(listed)) == len(listed)


def test_what_is_here_comes_before_what_must_be_fetched() -> None:
    found = chosen(Task.CLASSIFY, "mobilenet_v2", {"mobilenet_v2", "squeezenet1_1", "small_cnn"})
    assert found[Level.FAST].card.name == "squeezenet1_1"
    assert "weights that are here" in str(found[Level.FAST].reason)
    assert found[Level.BALANCED].recommended
    assert found[Level.ACCURATE].card.name == "efficientnet_v2_s"
    assert "most accurate" in str(found[Level.ACCURATE].reason)


def test_a_large_model_without_time_to_learn_gives_way_to_a_smaller_one() -> None:
    little = {"fasterrcnn_resnet50_fpn_v2": 8, "fasterrcnn_resnet50_fpn": 12}
    found = chosen(Task.DETECT, "fasterrcnn_mobilenet_v2_fpn", epochs=little)
    assert found[Level.ACCURATE].card.name == "fasterrcnn_resnet50_fpn"
    none = dict.fromkeys(levels.LADDERS[Task.DETECT][Level.ACCURATE], 0)
    found = chosen(Task.DETECT, "fasterrcnn_mobilenet_v2_fpn", epochs=none)
    assert found[Level.ACCURATE].card.name == "fasterrcnn_resnet50_fpn_v2"


def test_memory_grows_with_the_network_the_pictures_and_the_batch() -> None:
    config = TrainConfig(Task.CLASSIFY, "resnet50", image_size=224, batch_size=16)
    # 25.6 million parameters at 20 bytes, and 16 images of 50,176 pixels at 1,710 bytes.
    assert footprint.gigabytes(config, 25.6, 500) == pytest.approx(0.512 + 1.373, abs=1e-3)
    half = config.changed({"micro_batch": 8})
    assert footprint.gigabytes(half, 25.6, 500) == pytest.approx(0.512 + 0.686, abs=1e-3)
    few, huge = (
        config.changed({"batch_size": 999}),
        config.changed({"batch_size": 999, "tile_size": 224}),
    )
    assert footprint.gigabytes(few, 25.6, 8) == footprint.gigabytes(half, 25.6, 500)
    assert footprint.gigabytes(huge, 25.6, 8) > 80
