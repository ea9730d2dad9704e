"""The automatic choice suits the pictures, the machine and the weights, and says why."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

import pytest

from studio.domain.labels import Label
from studio.domain.runs import Task
from studio.errors import ConfigError
from studio.learning import catalogue
from studio.learning.advice import recipe, refinements
from studio.learning.advice.recipe import Advice
from studio.learning.choices import Augmentation, BatchNorm, Optimizer, Sampling, Weights
from studio.learning.config import TrainConfig
from studio.learning.data import variation
from studio.ui.training.setup.fields import SHOWN
from tests.learning.advice.advising import ALL_HERE, CARD, LAPTOP, advise, only, pictures

JARGON = re.compile(
    r"tensor|backbone|gradient|fine-tun|normali[sz]|logit|random weights|checkpoint|PyTorch", re.I
)


@pytest.mark.parametrize("weights", Weights)
@pytest.mark.parametrize("task", Task)
def test_the_reasons_beside_the_first_settings_are_in_plain_words(
    task: Task, weights: Weights
) -> None:
    for machine in (LAPTOP, CARD):
        reasons = advise(task, machine=machine, weights=weights).reasons
        first = [str(reasons[name]) for name in SHOWN if name in reasons]
        assert first and not [each for each in first if JARGON.search(each)]


def test_a_rate_is_not_that_of_learned_weights_where_there_are_none() -> None:
    given = {"weights": Weights.SCRATCH, "model": "resnet18"}
    assert "learned before" not in str(advise(Task.CLASSIFY, **given).reasons["lr"])
    assert "learned before" in str(advise(Task.CLASSIFY, model="resnet18").reasons["lr"])


@pytest.mark.parametrize("task", Task)
def test_every_choice_that_a_user_sees_has_a_reason(task: Task) -> None:
    advice = advise(task)

    decided = {
        "device", "model", "weights", "image_size", "tile_size", "batch_size", "epochs",
        "optimizer", "lr", "backbone_lr_factor", "weight_decay", "warmup_steps", "patience",
        "augmentation", "label_smoothing",
    }  # fmt: skip
    decided |= refinements.SETTLED | set(variation.names(task))
    assert decided <= set(advice.reasons) <= {field.name for field in fields(TrainConfig)}
    assert all(str(reason).endswith(".") for reason in advice.reasons.values())


@pytest.mark.parametrize("task", Task)
@pytest.mark.parametrize("count", [4, 30, 300, 3000, 50_000])
@pytest.mark.parametrize("machine", [{}, LAPTOP, CARD])
def test_the_advice_can_always_be_built(task: Task, count: int, machine: dict[str, Any]) -> None:
    advice = advise(task, pictures(task, count), machine)

    card = catalogue.card(task, advice.config.model)
    assert advice.config.image_size >= card.min_image_size
    assert advice.config.batch_size <= max(1, count * 4 // 5)


@pytest.mark.parametrize("task", Task)
@pytest.mark.parametrize("count", [100, 300])
def test_on_a_small_computer_a_default_run_ends_in_half_an_hour(task: Task, count: int) -> None:
    for here in (ALL_HERE, only("mobilenet_v2"), only("small_cnn")):
        advice = advise(task, pictures(task, count), here=here)

        assert 0 < advice.minutes <= 31
        assert advice.config.epochs >= 8


def test_on_a_small_computer_the_sample_is_learned_within_ten_minutes() -> None:
    sample = {
        "longer_side_px": (400.0,) * 5,
        "shorter_side_px": (300.0,) * 5,
        "object_px": (38.8, 46.7, 54.8, 67.0, 88.5),
        "object_part": (0.097, 0.117, 0.137, 0.167, 0.221),
    }
    small = {
        card.task: card.name
        for task in Task
        for card in catalogue.cards(task)
        if card.backbone == catalogue.SMALL and task is not Task.KEYPOINTS
    }
    minutes = 0.0
    for task, model in small.items():
        known = sample if task is not Task.CLASSIFY else {k: sample[k] for k in list(sample)[:2]}
        advice = advise(task, pictures(task, 136, **known), model=model)
        minutes += advice.minutes
        assert advice.config.image_size <= 256
        scratch = advise(task, pictures(task, 136, **known), model=model, weights="scratch")
        assert scratch.config.epochs > advice.config.epochs
    assert minutes < 10


def test_the_best_model_whose_weights_are_here_is_taken() -> None:
    advice = advise(Task.CLASSIFY, here=only("mobilenet_v2", "squeezenet1_1", "small_cnn"))

    assert advice.config.model == "mobilenet_v2"
    assert "weights are on this computer" in str(advice.reasons["model"])


def test_the_small_network_is_taken_when_no_other_weights_are_here() -> None:
    advice = advise(Task.SEGMENT, here=only("unet_small_cnn"))

    assert advice.config.model == "unet_small_cnn"
    assert advice.config.weights is Weights.PRETRAINED
    assert "only one whose weights" in str(advice.reasons["model"])


def test_with_no_weights_at_all_it_says_that_they_will_be_fetched() -> None:
    advice = advise(Task.CLASSIFY, here=only())

    assert advice.config.model == "mobilenet_v3_large"
    assert advice.config.weights is Weights.PRETRAINED
    assert "downloaded" in str(advice.reasons["model"])


def test_a_graphics_card_gets_the_larger_model_pictures_and_batches() -> None:
    slow, fast = advise(Task.DETECT), advise(Task.DETECT, machine=CARD)

    assert fast.config.model == "fasterrcnn_resnet50_fpn_v2"
    assert fast.config.image_size > slow.config.image_size
    assert fast.config.batch_size > slow.config.batch_size
    assert fast.minutes == 0


def test_small_objects_get_larger_pictures() -> None:
    def size(part: float) -> int:
        parts = (part, part, part, part, part)
        return advise(Task.DETECT, pictures(Task.DETECT, object_part=parts), CARD).config.image_size

    assert size(0.02) > size(0.1)


def test_large_objects_may_be_found_by_a_coarse_model() -> None:
    large = (0.4, 0.5, 0.6, 0.7, 0.8)
    advice = advise(Task.DETECT, pictures(Task.DETECT, object_part=large))

    assert advice.config.model == "fasterrcnn_mobilenet_v3_large_fpn"
    assert advice.config.optimizer is Optimizer.SGD


def test_small_pictures_are_not_blown_up() -> None:
    tiny = pictures(Task.CLASSIFY, longer_side_px=(100.0,) * 5, shorter_side_px=(90.0,) * 5)

    assert advise(Task.CLASSIFY, tiny).config.image_size == 96


def test_the_users_choices_stand_and_shape_the_rest() -> None:
    advice = advise(Task.DETECT, model="ssdlite320_mobilenet_v3_large", epochs="3", seed=7)

    assert advice.config.model == "ssdlite320_mobilenet_v3_large"
    assert (advice.config.epochs, advice.config.seed) == (3, 7)
    assert advice.config.batch_size == 8
    for name in ("model", "epochs", "seed"):
        assert str(advice.reasons[name]) == "Chosen by you."
    assert advice.config.image_size in range(320, 513)


def test_choosing_the_processor_overrules_the_card() -> None:
    advice = advise(Task.DETECT, machine=CARD, device="cpu")

    assert advice.config.device == "cpu"
    assert advice.minutes > 0


def test_from_scratch_the_smallest_network_is_taken() -> None:
    advice = advise(Task.INSTANCES, weights="scratch")

    assert advice.config.model == "maskrcnn_small_cnn_fpn"
    assert advice.config.weights is Weights.SCRATCH


def test_a_card_that_pytorch_cannot_use_is_named() -> None:
    advice = advise(Task.CLASSIFY, machine={**LAPTOP, "unused_gpu": "GeForce RTX 4070"})

    assert "GeForce RTX 4070, but this build of PyTorch" in str(advice.reasons["device"])


def test_smoothing_is_for_one_class_per_picture() -> None:
    several = pictures(Task.CLASSIFY, multi_label=True)

    assert advise(Task.CLASSIFY).config.label_smoothing == 0.1
    assert advise(Task.CLASSIFY, several).config.label_smoothing == 0


def test_many_pictures_need_little_augmentation() -> None:
    many = pictures(Task.CLASSIFY, 50_000)

    assert advise(Task.CLASSIFY, many, CARD).config.augmentation is Augmentation.LIGHT


def test_the_changes_of_images_go_with_the_augmentation_unless_chosen() -> None:
    advice = advise(Task.DETECT, augmentation="medium", blur=0.5)

    assert (advice.config.flip_horizontal, advice.config.zoom) == (0.5, 1.25)
    assert (advice.config.blur, advice.config.flip_vertical) == (0.5, 0.0)
    assert str(advice.reasons["blur"]) == "Chosen by you."
    assert advice.config.crop == -1


@pytest.mark.parametrize("optimizer", Optimizer)
def test_every_optimizer_gets_a_rate_that_suits_it(optimizer: Optimizer) -> None:
    plain = advise(Task.CLASSIFY).config
    config = advise(Task.CLASSIFY, optimizer=optimizer).config

    expected = {
        Optimizer.ADAMW: 1.0, Optimizer.ADAM: 1.0, Optimizer.SGD: 10.0, Optimizer.RMSPROP: 0.1,
        Optimizer.ADAGRAD: 10.0,
    }  # fmt: skip
    assert config.lr == pytest.approx(expected[optimizer] * plain.lr)
    assert config.weight_decay <= plain.weight_decay


def test_rare_classes_are_shown_more_often_and_the_counts_are_said() -> None:
    labels = (Label("a", "washer", "#000000", 0), Label("b", "nut", "#ffffff", 1))

    def found(washers: int) -> Advice:
        counts = {"a": washers, "b": 20}
        return advise(
            Task.CLASSIFY, pictures(Task.CLASSIFY, labels=labels, images_per_label=counts)
        )

    assert found(99).config.sampling is Sampling.UNIFORM
    assert "washer is on 99 images, nut on 20" in str(found(99).reasons["sampling"])
    assert found(100).config.sampling is Sampling.ROOT
    assert "washer is on 100 images, nut on 20" in str(found(100).reasons["sampling"])
    assert "5 to 1" in str(found(100).reasons["sampling"])


def test_reasons_do_not_contradict_what_was_chosen() -> None:
    whole = advise(Task.DETECT, model="fasterrcnn_resnet50_fpn")
    assert (whole.config.optimizer, whole.config.backbone_lr_factor) == (Optimizer.SGD, 1.0)
    assert "at one rate" in str(whole.reasons["backbone_lr_factor"])
    plain = advise(Task.CLASSIFY)
    assert plain.config.backbone_lr_factor < 1
    assert "move less" in str(plain.reasons["backbone_lr_factor"])
    assert "first tenth" in str(plain.reasons["warmup_steps"])
    fresh = advise(Task.CLASSIFY, weights="scratch")
    assert "No layer was trained before" in str(fresh.reasons["backbone_lr_factor"])
    assert "trained" not in str(fresh.reasons["warmup_steps"])
    long = advise(Task.CLASSIFY, pictures(Task.CLASSIFY, 100_000), CARD)
    assert long.config.warmup_steps == 500 and "tenth" not in str(long.reasons["warmup_steps"])


def test_a_few_steps_are_not_said_to_be_plenty() -> None:
    few = advise(Task.DETECT, pictures(Task.DETECT, 12), CARD)
    assert few.config.epochs == 60 and "so few images" in str(few.reasons["epochs"])
    many = advise(Task.DETECT, pictures(Task.DETECT, 2000), CARD)
    assert "plenty" in str(many.reasons["epochs"])


def test_new_layers_learn_first_where_there_is_time_for_it() -> None:
    assert advise(Task.SEGMENT, epochs=10).config.head_epochs == 1
    assert advise(Task.SEGMENT, epochs=9).config.head_epochs == 0
    assert advise(Task.SEGMENT, epochs=10, weights="scratch").config.head_epochs == 0
    assert advise(Task.CLASSIFY).config.head_epochs == 0  # a quick fit does it
    assert advise(Task.DETECT).config.head_epochs == 0


def test_few_images_are_normalised_by_the_statistics_that_the_model_was_trained_with() -> None:
    few, many = (pictures(Task.CLASSIFY, count) for count in (200, 20_000))
    assert advise(Task.CLASSIFY, few, CARD).config.batch_norm is BatchNorm.PRETRAINED
    assert advise(Task.CLASSIFY, many, CARD).config.batch_norm is BatchNorm.BATCH
    small = advise(Task.CLASSIFY, many, CARD, batch_size=4)
    assert small.config.batch_norm is BatchNorm.PRETRAINED
    assert "batches of 4" in str(small.reasons["batch_norm"])


def test_only_what_is_unusual_is_told_without_being_asked() -> None:
    advice = advise(Task.CLASSIFY)

    told = {name for name in advice.reasons if refinements.is_worth_telling(advice.config, name)}
    assert {"model", "lr", "epochs", "batch_norm"} <= told
    assert not told & {"seed", "momentum", "ema", "flip_horizontal", "sampling"}


@pytest.mark.parametrize(
    ("places", "flip", "sentence"),
    [
        (("nose", "left_eye", "right_eye"), 0.5, "left and right points change places"),
        (("tip", "tail"), 0.0, "do not tell left from right"),
    ],
)
def test_pictures_of_points_are_mirrored_where_names_tell_the_sides(
    places: tuple[str, ...], flip: float, sentence: str
) -> None:
    advice = recipe.advise(
        Task.KEYPOINTS, pictures(Task.KEYPOINTS, places=places), LAPTOP, ALL_HERE, {}
    )
    assert advice.config.flip_horizontal == flip
    assert sentence in str(advice.reasons["flip_horizontal"])


@pytest.mark.parametrize(
    ("task", "changes", "in_vain", "of_use"),
    [
        (Task.CLASSIFY, {}, {"tile_size", "mosaic", "zoom", "momentum"}, {"crop", "loss"}),
        (Task.DETECT, {}, {"crop", "loss", "class_weights"}, {"mixup", "mosaic", "tile_size"}),
        (Task.DETECT, {"model": "yolox_s"}, {"label_smoothing"}, {"loss"}),
        (Task.SEGMENT, {}, {"mixup", "cutmix", "focal_gamma"}, {"zoom", "class_weights"}),
        (Task.KEYPOINTS, {}, {"mixup", "mosaic", "loss", "crop"}, {"zoom", "tile_size"}),
        (Task.SEGMENT, {"loss": "focal"}, set(), {"focal_gamma"}),
        (Task.CLASSIFY, {"weights": "scratch"}, {"head_epochs"}, {"ema_decay"}),
        (Task.CLASSIFY, {"patience": 0, "ema": False}, {"min_epochs", "ema_decay"}, set()),
    ],
)  # fmt: skip
def test_it_is_known_which_settings_do_nothing(
    task: Task, changes: dict[str, Any], in_vain: set[str], of_use: set[str]
) -> None:
    config = advise(task, **changes).config
    assert not [name for name in in_vain if refinements.applies(config, name)]
    assert all(refinements.applies(config, name) for name in of_use)


@pytest.mark.parametrize(
    ("overrides", "sentence"),
    [
        ({"model": "yolo"}, "There is no model yolo"),
        ({"epochs": "many"}, "epochs cannot be"),
        ({"speed": 3}, "speed is not a setting"),
        ({"lr": 100}, "lr is 100.0; it must lie between"),
    ],
)
def test_a_choice_that_cannot_work_is_told(overrides: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        advise(Task.CLASSIFY, **overrides)
