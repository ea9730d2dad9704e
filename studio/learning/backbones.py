"""Published weights: torchvision's own addresses, hashes and scores, as plain data without torch.

A test holds every row equal to torchvision's enumerations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

ADDRESS = "https://download.pytorch.org/models/"
"""Where torchvision's files are published; their names end in the first digits of their SHA-256."""


class Pretraining(StrEnum):
    """What a file of weights was trained on."""

    COCO = "coco"
    IMAGENET = "imagenet"
    SHAPES = "shapes"
    """Generated scenes of simple shapes: the small network that ships with the program."""


@dataclass(frozen=True, slots=True)
class WeightsSource:
    """One published (or shipped) file of weights.

    ``architecture`` is the torchvision model whose key names the file has, and the stem of its
    name in a folder of weights. ``url`` is empty where the file ships with the program.
    ``norm_eps`` is the epsilon of the normalisation layers that the weights were trained with.
    ``score`` is top-1 accuracy (ImageNet), box AP (COCO) or mIoU, in percent.
    """

    architecture: str
    pretraining: Pretraining
    url: str
    size_mb: float
    parameters_m: float
    score: float
    norm_eps: float = 1e-5

    @property
    def file_name(self) -> str:
        """The name that torchvision gives the file in its cache."""
        return self.url.rpartition("/")[2]

    @property
    def hash_prefix(self) -> str:
        """The first digits of the file's SHA-256 in hexadecimal, from its name."""
        return self.file_name.rpartition("-")[2].removesuffix(".pth")


def _imagenet(
    architecture: str, file: str, size_mb: float, parameters_m: float, top1: float
) -> WeightsSource:
    eps = 1e-3 if architecture.startswith(("mobilenet_v3", "efficientnet_v2")) else 1e-5
    return WeightsSource(
        architecture, Pretraining.IMAGENET, ADDRESS + file, size_mb, parameters_m, top1, eps
    )


def _coco(
    architecture: str, file: str, size_mb: float, parameters_m: float, score: float, eps: float
) -> WeightsSource:
    return WeightsSource(
        architecture, Pretraining.COCO, ADDRESS + file, size_mb, parameters_m, score, eps
    )


IMAGENET: Mapping[str, WeightsSource] = {
    source.architecture: source
    for source in (
        _imagenet("mobilenet_v3_large", "mobilenet_v3_large-5c1a4163.pth", 21.107, 5.483, 75.274),
        _imagenet("mobilenet_v3_small", "mobilenet_v3_small-047dcff4.pth", 9.829, 2.543, 67.668),
        _imagenet("mobilenet_v2", "mobilenet_v2-7ebf99e0.pth", 13.598, 3.505, 72.154),
        _imagenet("squeezenet1_0", "squeezenet1_0-b66bff10.pth", 4.778, 1.248, 58.092),
        _imagenet("squeezenet1_1", "squeezenet1_1-b8a52dc0.pth", 4.729, 1.235, 58.178),
        _imagenet("resnet18", "resnet18-f37072fd.pth", 44.661, 11.690, 69.758),
        _imagenet("resnet34", "resnet34-b627a593.pth", 83.275, 21.798, 73.314),
        _imagenet("resnet50", "resnet50-11ad3fa6.pth", 97.790, 25.557, 80.858),
        _imagenet("resnet101", "resnet101-cd907fc2.pth", 170.530, 44.549, 81.886),
        _imagenet("resnext50_32x4d", "resnext50_32x4d-1a0047aa.pth", 95.833, 25.029, 81.198),
        _imagenet("wide_resnet50_2", "wide_resnet50_2-9ba9bcbe.pth", 263.124, 68.883, 81.602),
        _imagenet(
            "efficientnet_b0", "efficientnet_b0_rwightman-7f5810bc.pth", 20.451, 5.289, 77.692
        ),
        _imagenet("efficientnet_b1", "efficientnet_b1-c27df63c.pth", 30.136, 7.794, 79.838),
        _imagenet(
            "efficientnet_b2", "efficientnet_b2_rwightman-c35c1473.pth", 35.174, 9.110, 80.608
        ),
        _imagenet("efficientnet_v2_s", "efficientnet_v2_s-dd5fe13b.pth", 82.704, 21.458, 84.228),
        _imagenet("convnext_tiny", "convnext_tiny-983f1562.pth", 109.119, 28.589, 82.520),
        _imagenet("regnet_y_400mf", "regnet_y_400mf-e6988f5f.pth", 16.806, 4.344, 75.804),
        _imagenet("regnet_y_1_6gf", "regnet_y_1_6gf-0d7bc02a.pth", 43.152, 11.202, 80.876),
        _imagenet("shufflenet_v2_x1_0", "shufflenetv2_x1-5666bf0f80.pth", 8.791, 2.279, 69.362),
        _imagenet("vgg16_bn", "vgg16_bn-6c64b313.pth", 527.866, 138.366, 73.360),
    )
}
"""ImageNet weights of torchvision's classifiers, by architecture."""

COCO: Mapping[str, WeightsSource] = {
    source.architecture: source
    for source in (
        _coco(
            "fasterrcnn_mobilenet_v3_large_fpn",
            "fasterrcnn_mobilenet_v3_large_fpn-fb6a3cc7.pth",
            74.239, 19.386, 32.8, 1e-5,
        ),
        _coco(
            "fasterrcnn_resnet50_fpn", "fasterrcnn_resnet50_fpn_coco-258fb6c6.pth",
            159.743, 41.755, 37.0, 0.0,
        ),
        _coco(
            "maskrcnn_resnet50_fpn", "maskrcnn_resnet50_fpn_coco-bf2d0c1e.pth",
            169.840, 44.401, 37.9, 0.0,
        ),
        _coco(
            "ssdlite320_mobilenet_v3_large",
            "ssdlite320_mobilenet_v3_large_coco-a79551df.pth",
            13.418, 3.440, 21.3, 1e-3,
        ),
        _coco(
            "lraspp_mobilenet_v3_large", "lraspp_mobilenet_v3_large-d234d4ea.pth",
            12.490, 3.222, 57.9, 1e-3,
        ),
    )
}  # fmt: skip
"""COCO weights of whole detectors and segmenters, by architecture."""

SHIPPED = WeightsSource("small_cnn", Pretraining.SHAPES, "", 0.0, 1.02, 0.0)
"""The small network in ``resources/weights``."""

FINGERPRINTS: Mapping[str, str] = {
    "080edbee": "mobilenet_v3_large",
    "19dc6196": "mobilenet_v3_small",
    "acb6d2e4": "mobilenet_v2",
    "c427d312": "squeezenet1_0",
    "b04bdef7": "squeezenet1_1",
    "c07e8d01": "resnet18",
    "a45c750a": "resnet34",
    "bc6c0778": "resnet50",
    "ebe1c1a2": "resnet101",
    "829e03ea": "resnext50_32x4d",
    "bd399654": "wide_resnet50_2",
    "280b1383": "efficientnet_b0",
    "724a1c4f": "efficientnet_b1",
    "efac6468": "efficientnet_b2",
    "494d3f65": "efficientnet_v2_s",
    "4ed5b4ca": "convnext_tiny",
    "cbde4909": "regnet_y_400mf",
    "61cd84b5": "regnet_y_1_6gf",
    "f5229162": "shufflenet_v2_x1_0",
    "5a2b9aac": "vgg16_bn",
    "e4bc0cc8": "fasterrcnn_mobilenet_v3_large_fpn",
    "0f26c780": "fasterrcnn_resnet50_fpn",
    "e0cc2b69": "maskrcnn_resnet50_fpn",
    "214b08e6": "ssdlite320_mobilenet_v3_large",
    "ebaf0299": "lraspp_mobilenet_v3_large",
}
"""Architectures by ``state_keys.fingerprint`` of the names and shapes in their files."""
