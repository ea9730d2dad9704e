"""Keypoints: targets that move with their image, points from maps, OKS, and learning from darts."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torchvision.models.detection import KeypointRCNN_ResNet50_FPN_Weights
from torchvision.models.detection.roi_heads import keypoints_to_heatmap

from studio.domain.labels import Label
from studio.domain.places import PERSON
from studio.domain.project import Split
from studio.domain.runs import Task
from studio.domain.shapes import Box, Points
from studio.learning import catalogue, predictor, registry, trainer
from studio.learning.adapter import Sample
from studio.learning.config import Augmentation
from studio.learning.data.tiling import Tile
from studio.learning.events import Ended, EpochEnded, ImagePredicted
from studio.learning.models.keypoint_rcnn import located
from studio.learning.snapshot import FrozenImage, Truth
from studio.learning.spec import ModelSpec
from studio.learning.tasks import keypoint_metrics
from studio.learning.tasks.keypoints import Keypoints
from studio.vision import images
from tests.learning import arrows, scenes

DART = Label("d", "dart", "#ff0000", 0)
BEE = Label("b", "bee", "#00ff00", 1)


def adapter(places: tuple[str, ...] = arrows.PLACES, **changes: object) -> Keypoints:
    config = scenes.config(Task.KEYPOINTS, **changes)
    places_of = {DART.id: tuple(range(len(places))), BEE.id: (0,)}
    return Keypoints(
        ModelSpec(Task.KEYPOINTS, config, (DART, BEE), places=places, places_of=places_of)
    )


def image(*truths: Truth, width: int = 64, height: int = 64) -> FrozenImage:
    return FrozenImage(1, "a.png", "a.png", "", width, height, Split.TRAIN, truths=truths)


# Targets --------------------------------------------------------------------------------------


def test_points_become_targets_at_their_places() -> None:
    points = Points(((10, 20), (30, 40)), frozenset({1}), ("right_wing", "tip"))
    source = image(Truth(DART.id, points, box=Box(4, 8, 40, 50)), width=128, height=128)
    target = adapter().prepare(np.zeros((128, 128, 3), np.uint8), source, None).target
    assert target["boxes"].tolist() == [[2, 4, 20, 25]] and target["labels"].tolist() == [1]
    assert target["keypoints"].tolist() == [[[15, 20, 1], [0, 0, 0], [5, 10, 2]]]
    assert target["keypoints"].dtype == torch.float32


@pytest.mark.parametrize(
    "change",
    [
        {"flip_horizontal": 1.0}, {"flip_vertical": 1.0}, {"quarter_turns": 1.0},
        {"rotation_deg": 20.0}, {"zoom": 1.4}, {"shear_deg": 15.0},
        {"flip_horizontal": 0.5, "quarter_turns": 0.5, "zoom": 1.2, "rotation_deg": 10.0},
    ],
)  # fmt: skip
def test_points_move_with_the_picture_and_mirrored_ones_change_sides(
    tmp_path: Path, change: dict[str, float]
) -> None:
    """Every dot has the ink of its place; in a mirrored picture the other wing's."""
    points = arrows.draw(tmp_path / "a.png", seed=3)
    rgb = images.read(tmp_path / "a.png")
    source = image(Truth(DART.id, points, box=Box(4, 4, 60, 60)))
    still = dict.fromkeys(("brightness", "contrast", "saturation", "hue", "blur"), 0.0)
    varied = adapter(augmentation="light", **(still | change))
    mirrors = 0
    for seed in range(8):
        torch.manual_seed(seed)
        sample = varied.prepare(rgb.copy(), source, Augmentation.LIGHT)
        if not len(sample.target["keypoints"]):
            continue
        [found] = sample.target["keypoints"]
        seen = [_ink_at(sample, place) for place in found.tolist()]
        inks = {"straight": (0, 1, 2), "mirrored": (0, 2, 1)}
        which = {
            name
            for name, order in inks.items()
            if all(s is None or s == o for s, o in zip(seen, order, strict=True))
        }
        assert which, f"{seen} after {change}"
        mirrors += "straight" not in which
    alone = {"flip_horizontal", "flip_vertical"} & change.keys() and len(change) == 1
    assert mirrors == 8 if alone else mirrors <= 8


@pytest.mark.parametrize("change", ["flip_horizontal", "flip_vertical", "quarter_turns"])
def test_a_point_stays_on_its_very_pixel(change: str) -> None:
    rgb = np.zeros((64, 64, 3), np.uint8)
    rgb[20, 10] = 255
    source = image(Truth(DART.id, Points(((10.5, 20.5),)), box=Box(2, 2, 60, 60)))
    still = dict.fromkeys(("brightness", "contrast", "saturation", "hue", "flip_horizontal"), 0.0)
    varied = adapter(augmentation="light", **(still | {change: 1.0}))
    sample = varied.prepare(rgb, source, Augmentation.LIGHT)
    [[row, column]] = (sample.image[0] == 255).nonzero().tolist()
    assert (column, row) != (10, 20)
    assert sample.target["keypoints"][0, 0].tolist() == [column + 0.5, row + 0.5, 2]


def _ink_at(sample: Sample, point: list[float]) -> int | None:
    """Which of the inks a point has below it; None where it is not in the picture."""
    x, y, seen = point
    if not seen:
        return None
    colour = sample.image[:, int(y), int(x)].float()
    distances = [float((colour - torch.tensor(ink)).norm()) for ink in arrows.INKS]
    return int(np.argmin(distances))


def test_points_that_are_cut_off_are_not_learned() -> None:
    points = Points(((2, 30), (30, 30), (40, 30)), names=arrows.PLACES)
    part = replace(Truth(DART.id, points, box=Box(0, 20, 50, 40)).moved(-10, 0))
    assert part.box == Box(-10, 20, 40, 40)
    target = adapter().prepare(np.zeros((64, 64, 3), np.uint8), image(part), None).target
    assert target["keypoints"][0, :, 2].tolist() == [0, 2, 2]


def test_points_on_the_very_edges_are_learned_whichever_way_the_picture_lies() -> None:
    """A point that is dragged beyond an edge stays on it, and counts when it is judged."""
    points = Points(((0, 64), (64, 0), (64, 64)), names=arrows.PLACES)
    truth = Truth(DART.id, points, box=Box(0, 0, 64, 64))
    still = dict.fromkeys(("brightness", "contrast", "saturation", "hue"), 0.0)
    for chance in (0.0, 1.0):
        varied = adapter(augmentation="light", flip_horizontal=chance, **still)
        sample = varied.prepare(np.zeros((64, 64, 3), np.uint8), image(truth), Augmentation.LIGHT)
        wanted = sample.target["keypoints"][0]
        assert wanted[:, 2].tolist() == [2, 2, 2]
        cells, valid = keypoints_to_heatmap(wanted[None], sample.target["boxes"], 56)
        assert valid.all() and cells.max() < 56**2


def test_truths_are_told_as_predictions_are() -> None:
    points = Points(((10, 20), (30, 40)), frozenset({1}), ("right_wing", "tip"))
    ignored = Truth(DART.id, Box(50, 50, 60, 60), ignore=True)
    told = adapter().truth(image(Truth(DART.id, points, box=Box(4, 8, 40, 50)), ignored))
    first, second = told["objects"]
    assert first["bbox"] == [4, 8, 36, 42] and not first["ignore"]
    assert first["keypoints"] == [
        {"name": "right_wing", "x": 10, "y": 20, "score": 1.0, "occluded": False},
        {"name": "tip", "x": 30, "y": 40, "score": 1.0, "occluded": True},
    ]
    assert second["ignore"] and "keypoints" not in second


# Maps -----------------------------------------------------------------------------------------


def test_points_are_where_the_loss_wants_them() -> None:
    """torchvision turns points into cells to be learned; a sure map of those gives them back."""
    boxes = torch.tensor([[10.0, 20.0, 66.0, 48.0], [0.0, 0.0, 28.0, 56.0]])
    wanted = torch.tensor([[[13.0, 30.0, 2.0], [60.0, 25.0, 2.0]], [[0.2, 55.0, 2.0], [14, 28, 2]]])
    cells, valid = keypoints_to_heatmap(wanted, boxes, 56)
    assert valid.all()
    maps = torch.full((2, 2, 56 * 56), -20.0).scatter(2, cells[..., None], 20.0)
    found = located(maps.view(2, 2, 56, 56), boxes)
    cell = (boxes[:, 2:] - boxes[:, :2]) / 56
    assert ((found[..., :2] - wanted[..., :2]).abs() <= cell[:, None] / 2 + 1e-3).all()
    assert found[..., 2] == pytest.approx(torch.ones(2, 2), abs=1e-4)


def test_between_two_cells_lies_the_middle_and_spread_belief_is_unsure() -> None:
    maps = torch.full((1, 2, 56, 56), -30.0)
    maps[0, 0, 20, 30:32] = 5.0
    maps[0, 1] = 0.0
    found = located(maps, torch.tensor([[0.0, 0.0, 56.0, 56.0]]))
    assert found[0, 0].tolist() == pytest.approx([31.0, 20.5, 1.0], abs=1e-3)
    assert found[0, 1, 2] == pytest.approx(16 / 56**2, abs=0.02)


# OKS and PCK ----------------------------------------------------------------------------------


def told(
    points: list[tuple[float, float]], score: float = 1.0, box: tuple[float, ...] = (0, 0, 40, 40)
) -> dict[str, Any]:
    x0, y0, x1, y1 = box
    named = [
        {"name": name, "x": x, "y": y, "score": 1.0}
        for name, (x, y) in zip(arrows.PLACES, points, strict=True)
    ]
    head = {"label": "dart", "label_id": DART.id, "score": score}
    return {**head, "bbox": [x0, y0, x1 - x0, y1 - y0], "keypoints": named}


def on(*objects: dict[str, Any]) -> dict[str, Any]:
    return {"file": "a.png", "width": 64, "height": 64, "objects": list(objects)}


def test_oks_is_that_of_the_formula() -> None:
    """One point is off by d, the others by nothing: OKS = (2 + exp(-d² / (2 · 40² · 0.1²))) / 3."""
    right = [(10.0, 10.0), (10.0, 30.0), (30.0, 30.0)]
    for off in (2.0, 4.0, 6.0, 12.0):
        found = on(told([(10.0 + off, 10.0), *right[1:]], score=0.9))
        scores = keypoint_metrics.keypoint_scores(
            [on(told(right))], [found], [DART], arrows.PLACES, 0.5
        )
        oks = (2 + math.exp(-(off**2) / (2 * 40**2 * 0.1**2))) / 3
        passed = np.arange(0.5, 1.0, 0.05) <= oks
        assert scores.metrics["oks_map"] == pytest.approx(passed.mean(), abs=1e-6)
        assert scores.metrics["oks_ar"] == pytest.approx(passed.mean(), abs=1e-6)
        assert scores.metrics["pck"] == pytest.approx(1 if off < 4 else 2 / 3)
        [row] = scores.per_class
        assert row["oks_map"] == scores.metrics["oks_map"] and row["precision"] == 1


def test_points_of_missed_objects_are_not_found_and_ignored_ones_do_not_count() -> None:
    right = [(10.0, 10.0), (10.0, 30.0), (30.0, 30.0)]
    away = {**told(right, box=(44, 44, 60, 60)), "keypoints": [], "ignore": True}
    found = on(told(right, 0.9), told([(50, 50)] * 3, 0.8, (44, 44, 60, 60)))
    scores = keypoint_metrics.keypoint_scores(
        [on(told(right), away)], [found], [DART], arrows.PLACES, 0.5
    )
    assert scores.metrics["pck"] == scores.metrics["oks_map"] == 1
    of = keypoint_metrics.keypoint_scores
    nothing = of([on(told(right))], [on()], [DART], arrows.PLACES, 0.5)
    assert nothing.metrics["pck"] == nothing.metrics["oks_map"] == 0
    assert adapter().badness(on(told(right)), on()) == 1
    assert adapter().badness(on(told(right)), found) == pytest.approx(1 - 2 / 3)


def test_the_published_figure_is_torchvisions() -> None:
    [card] = [c for c in catalogue.cards(Task.KEYPOINTS) if c.whole]
    told = KeypointRCNN_ResNet50_FPN_Weights.COCO_V1.meta["_metrics"]["COCO-val2017"]["kp_map"]
    assert str(card.published) == f"{told}% keypoint AP on COCO"
    assert card.weights[0].url == KeypointRCNN_ResNet50_FPN_Weights.COCO_V1.url


def test_the_published_network_gets_the_users_points() -> None:
    config = scenes.config(Task.KEYPOINTS, model="keypointrcnn_resnet50_fpn", weights="pretrained")
    with torch.device("meta"):
        model, _ = registry.build(config, 2, 5, pretrained=False)
    assert model.roi_heads.keypoint_predictor.kps_score_lowres.out_channels == 5
    millions = sum(p.numel() for p in model.parameters()) / 1e6
    assert catalogue.find(config.model).parameters_m == pytest.approx(millions, abs=0.1)


def test_a_person_has_the_deviations_that_coco_measured() -> None:
    assert keypoint_metrics.sigmas(PERSON)[:2] == [0.026, 0.025]
    assert keypoint_metrics.sigmas(PERSON[::-1])[0] == 0.089
    assert keypoint_metrics.sigmas(("tip", "tail")) == [0.05, 0.05]


# Predictions ----------------------------------------------------------------------------------


def test_a_class_is_told_the_places_it_was_taught_and_no_others() -> None:
    output = {
        "boxes": torch.tensor([[0.0, 0, 32, 32], [0.0, 0, 30, 30]]),
        "labels": torch.tensor([1, 2]),
        "scores": torch.tensor([0.9, 0.8]),
        "keypoints": torch.tensor([[[1.0, 2, 0.5], [3, 4, 0.1], [5, 6, 1]]] * 2),
    }
    source = image(width=128, height=128)
    sample = Sample(torch.zeros(3, 64, 64, dtype=torch.uint8), {}, source)
    dart, bee = adapter().objects(sample, output)
    assert [point["name"] for point in dart["keypoints"]] == list(arrows.PLACES)
    assert bee["keypoints"] == [{"name": "tip", "x": 2, "y": 4, "score": 0.5}]


def test_views_of_tiles_make_one_object_with_the_surest_points() -> None:
    left, right = Tile(0, 0, 40, 64), Tile(24, 0, 40, 64)
    seen = told([(26.0, 10), (30.0, 20), (39.0, 30)], 0.9, (20, 4, 40, 40))
    seen["keypoints"][2]["score"] = 0.2
    other = told([(1.0, 10), (6.0, 20), (20.0, 30)], 0.8, (0, 4, 25, 40))
    for point in other["keypoints"][:2]:
        point["score"] = 0.6
    whole = adapter().joined(image(), [(left, on(seen)), (right, on(other))])
    [found] = whole["objects"]
    assert found["bbox"][0] == 20 and found["bbox"][0] + found["bbox"][2] == 49
    points = {point["name"]: (point["x"], point["y"]) for point in found["keypoints"]}
    assert points == {"tip": (26, 10), "left_wing": (30, 20), "right_wing": (44, 30)}


# Learning -------------------------------------------------------------------------------------


def _error_px(project: Path, number: int, threshold: float) -> float:
    """The mean distance of the best object's points from the true ones; absent ones count 64."""
    pictures = sorted((project.parent / "pictures").iterdir())
    told = predictor.predict(project, number, pictures, threshold, scenes.never)
    distances: list[float] = []
    for event in told:
        if isinstance(event, ImagePredicted):
            seed = int(Path(event.prediction["file"]).stem)
            wanted = arrows.draw(project.parent / "again.png", seed)
            best = next(iter(event.prediction["objects"]), {"keypoints": ()})
            found = {p["name"]: (p["x"], p["y"]) for p in best["keypoints"]}
            for name, point in zip(arrows.PLACES, wanted.points, strict=True):
                distances.append(math.dist(point, found.get(name, (-64, -64))))
    return float(np.mean(distances))


@pytest.mark.slow
def test_darts_are_learned_with_their_points(tmp_path: Path) -> None:
    project = arrows.project(tmp_path, 24)
    config = scenes.config(
        Task.KEYPOINTS, epochs=7, weights="pretrained", backbone_lr_factor=0.5, lr=3e-3
    )
    told = list(trainer.train(project, config, scenes.never))
    ended = told[-1]
    assert isinstance(ended, Ended) and ended.state == "finished"
    first, *_, last = (event for event in told if isinstance(event, EpochEnded))
    assert last.train_loss < first.train_loss - 1.5
    assert ended.metrics["pck"] > 0.3
    assert _error_px(project, 1, 0.05) < 10, "guesses are off by some 20 px"
