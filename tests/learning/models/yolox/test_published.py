"""Published weights: recognised, put in their places, and computing what they computed."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import onnxruntime
import pytest
import torch
from torch import Tensor

from studio.domain.runs import Task
from studio.errors import WeightsUnusable
from studio.learning import registry
from studio.learning.catalogue.published import YOLOX, Pretraining, WeightsSource
from studio.learning.config import TrainConfig
from studio.learning.models.yolox.blocks import NORM_EPS
from studio.learning.models.yolox.network import Detector, on_canvas
from studio.learning.pretrained import state_keys, weights
from studio.learning.pretrained.fingerprints import FINGERPRINTS
from studio.learning.pretrained.loading import load_state
from tests.learning.models.yolox import onnx_file, releases

CLASSES = 3
NAMES = list(releases.PUBLISHED)


def put(folder: Path, name: str, checkpoint: object | None = None) -> Path:
    path = folder / f"{name}.pth"
    torch.save(checkpoint or releases.checkpoint(name), path)
    return path


def build(name: str, folder: Path, classes: int = CLASSES):
    return registry.build(
        TrainConfig(Task.DETECT, name, image_size=64), classes, weights_folder=folder
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_published_checkpoint_fills_everything_but_the_classes(name: str, tmp_path: Path) -> None:
    put(tmp_path, name)

    model, report = build(name, tmp_path)

    assert report.whole and report.pretraining is Pretraining.COCO
    assert len(report.new) == 6 and all("class_outputs" in key for key in report.new)
    assert len(report.unused) == 6 and all("class_outputs" in key for key in report.unused)
    assert len(report.matched) == len(model.state_dict()) - 6
    whole = sum(np.prod(shape) for key, shape in releases.shapes(name).items() if is_learned(key))
    assert whole / 1e6 == pytest.approx(YOLOX[name].parameters_m, abs=1e-3)


def is_learned(key: str) -> bool:
    return not key.endswith(("running_mean", "running_var", "num_batches_tracked"))


@pytest.mark.parametrize("name", NAMES)
def test_a_published_checkpoint_is_known_by_its_names_and_can_be_added(
    name: str, tmp_path: Path
) -> None:
    path = put(tmp_path, name)
    shapes = state_keys.shapes(path)
    assert shapes == releases.shapes(name)
    assert FINGERPRINTS[state_keys.fingerprint(shapes)] == name

    said = weights.add(path.rename(tmp_path / "downloaded.pth"), name)

    assert name in str(said)
    _, report = registry.build(TrainConfig(Task.DETECT, name, image_size=64), CLASSES)
    assert Path(report.path).parent == weights.added_folder()


def test_a_file_that_lacks_a_layer_is_refused(tmp_path: Path) -> None:
    checkpoint = releases.checkpoint("yolox_nano")
    state = checkpoint["model"]
    assert isinstance(state, dict)
    del state["backbone.C3_n3.conv2.conv.weight"]
    put(tmp_path, "yolox_nano", checkpoint)

    with pytest.raises(WeightsUnusable, match=r"neck\.return4\.conv2\.conv\.weight is missing"):
        build("yolox_nano", tmp_path)


def coco_checkpoint(exported: Path) -> dict[str, object]:
    """The exported graph's weights under the published names.

    Exporting folds BatchNorm into the convolution before it; here one with a deviation of one
    and a mean of zero takes the bias back out.
    """
    found = onnx_file.initialisers(exported)
    folded = iter([each for key, each in found.items() if key.startswith("onnx::Conv")])
    width, separable = releases.PUBLISHED["yolox_nano"]
    state: dict[str, Tensor] = {}
    for layer in releases.layers(width, separable=separable):
        if layer.plain:
            state |= {f"{layer.name}.{key}": found[f"{layer.name}.{key}"] for key in BOTH}
            continue
        weight, bias = next(folded), next(folded)
        assert tuple(weight.shape) == layer.shape
        state |= {
            f"{layer.name}.conv.weight": weight,
            f"{layer.name}.bn.weight": torch.ones_like(bias),
            f"{layer.name}.bn.bias": bias,
            f"{layer.name}.bn.running_mean": torch.zeros_like(bias),
            f"{layer.name}.bn.running_var": torch.full_like(bias, 1 - NORM_EPS),
        }
    assert next(folded, None) is None
    return {"model": state}


BOTH = ("weight", "bias")


@pytest.fixture
def exported(data_sets: Path) -> Path:
    path = data_sets / "weights" / "foreign" / "yolox_nano_coco.onnx"
    if not path.is_file():
        pytest.skip(f"no exported YOLOX-Nano at {path}")
    return path


@pytest.fixture
def coco_model(exported: Path, tmp_path: Path) -> Detector:
    """YOLOX-Nano with its COCO weights and their 80 classes."""
    put(tmp_path, "yolox_nano", coco_checkpoint(exported))
    model, report = build("yolox_nano", tmp_path, classes=80)
    assert report.new == ()
    assert isinstance(model, Detector)
    return model.eval()


def picture(data_sets: Path, side_px: int = 416) -> Tensor:
    """(3, H, W) RGB in 0..1, the longer side ``side_px``."""
    bgr = cv2.imread(str(data_sets / "data" / "photos" / "kite_and_cold.jpg"))
    assert bgr is not None
    scale = side_px / max(bgr.shape[:2])
    bgr = cv2.resize(bgr, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return torch.from_numpy(bgr[..., ::-1].copy()).permute(2, 0, 1).float() / 255


@pytest.mark.data
@torch.no_grad()
def test_coco_weights_say_what_the_exported_graph_says(
    coco_model: Detector, exported: Path, data_sets: Path
) -> None:
    session = onnxruntime.InferenceSession(exported, providers=["CPUExecutionProvider"])
    image = picture(data_sets)
    letterboxed = torch.full((1, 3, 416, 416), 114.0)
    letterboxed[0, :, : image.shape[1], : image.shape[2]] = image.flip(0) * 255
    [expected] = session.run(None, {"images": letterboxed.numpy()})

    said = coco_model.say(letterboxed)

    said[..., 4:] = said[..., 4:].sigmoid()
    np.testing.assert_allclose(said.numpy(), np.asarray(expected), rtol=1e-3, atol=1e-3)
    seen = on_canvas([image])
    assert torch.equal(seen, letterboxed[..., : seen.shape[2], : seen.shape[3]])


@pytest.mark.data
@torch.no_grad()
def test_coco_weights_find_the_kites_and_the_people(
    coco_model: Detector, exported: Path, data_sets: Path
) -> None:
    names = (exported.parent / "coco80.txt").read_text().split("\n")

    [found] = coco_model([picture(data_sets)])

    sure = found["scores"] > 0.5
    assert {names[label - 1] for label in found["labels"][sure].tolist()} == {"kite", "person"}


@pytest.mark.parametrize("source", YOLOX.values(), ids=lambda source: source.architecture)
def test_a_download_is_held_to_its_whole_hash(source: WeightsSource) -> None:
    assert source.url.startswith("https://github.com/Megvii-BaseDetection/YOLOX/releases/")
    assert source.file_name == f"{source.architecture}.pth"
    assert len(source.hash_prefix) == 64
    int(source.hash_prefix, 16)


def test_tables_that_training_wrapped_are_unwrapped(tmp_path: Path) -> None:
    path = put(tmp_path, "yolox_nano")

    assert set(load_state(path)) == set(releases.shapes("yolox_nano"))
