"""``models``: what can be trained."""

from __future__ import annotations

from tests.cli.conftest import Studio


def test_the_usual_models_of_a_task_or_all_of_them(studio: Studio) -> None:
    usual = [each["model"] for each in studio("models", "--task", "classify", "--json").json]
    every = studio("models", "--task", "classify", "--all", "--json").json

    assert "mobilenet_v3_large" in usual and "alexnet" not in usual
    assert [each["model"] for each in every][: len(usual)] == usual
    inception = next(each for each in every if each["model"] == "inception_v3")
    assert (inception["image_size"], inception["least_image_size"]) == (299, 75)
    assert inception["present"] is False


def test_the_table_names_every_task(studio: Studio) -> None:
    printed = studio("models").out

    assert all(task in printed for task in ("classify", "detect", "instances", "segment"))
    assert "unet_mobilenet_v2" in printed and "resnet18" in printed
