"""Published weights: torchvision's own addresses, hashes and scores, as plain data without torch.

A test holds every row equal to torchvision's enumerations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from studio.errors import Sentence, say

ADDRESS = "https://download.pytorch.org/models/"
"""Where torchvision's files are published; their names end in the first digits of their SHA-256."""


class Pretraining(StrEnum):
    """What a file of weights was trained on."""

    COCO = "coco"
    IMAGENET = "imagenet"
    SHAPES = "shapes"
    """Generated scenes of simple shapes: the small network that ships with the program."""


def origin(pretraining: Pretraining, *, whole: bool) -> Sentence:
    """What a model has learned before, in words; not ``whole`` is its backbone alone."""
    match pretraining:
        case Pretraining.COCO:
            return say(
                "Starts from the whole model, trained on photographs of everyday things (COCO); "
                "only the part that names your classes is new."
            )
        case Pretraining.IMAGENET if whole:
            return say(
                "Starts from the whole network, trained on photographs of a thousand kinds of "
                "things (ImageNet); only the part that names your classes is new."
            )
        case Pretraining.IMAGENET:
            return say(
                "Starts from the part that sees, trained on photographs of a thousand kinds of "
                "things (ImageNet); what finds and names your classes is new."
            )
        case Pretraining.SHAPES:
            return say(
                "Starts from a small part that sees, trained on drawn shapes, which is always "
                "here; what finds and names your classes is new."
            )


@dataclass(frozen=True, slots=True)
class WeightsSource:
    """One published (or shipped) file of weights.

    ``architecture`` is the torchvision model whose key names the file has, and the stem of its
    name in a folder of weights. ``url`` is empty where the file ships with the program.
    ``norm_eps`` is the epsilon of the normalisation layers that the weights were trained with,
    None where each layer has the one that torchvision builds it with.
    ``score`` is top-1 accuracy (ImageNet), box AP (COCO) or mIoU, in percent.
    """

    architecture: str
    pretraining: Pretraining
    url: str
    size_mb: float
    parameters_m: float
    score: float
    norm_eps: float | None = 1e-5
    sha256: str = ""

    @property
    def file_name(self) -> str:
        """The name that torchvision gives the file in its cache."""
        return self.url.rpartition("/")[2]

    @property
    def hash_prefix(self) -> str:
        """The first digits of the file's SHA-256 in hexadecimal: ``sha256``, or from its name."""
        return self.sha256 or self.file_name.rpartition("-")[2].removesuffix(".pth")


TENSORFLOW_EPS = (
    "mobilenet_v3", "efficientnet_v2", "efficientnet_b5", "efficientnet_b6", "efficientnet_b7",
    "googlenet", "inception", "maxvit",
)  # fmt: skip
"""First parts of the names of networks whose BatchNorm adds 0.001 to the variance."""


def _imagenet(
    architecture: str, file: str, size_mb: float, parameters_m: float, top1: float
) -> WeightsSource:
    eps = 1e-3 if architecture.startswith(TENSORFLOW_EPS) else 1e-5
    return WeightsSource(
        architecture, Pretraining.IMAGENET, ADDRESS + file, size_mb, parameters_m, top1, eps
    )


def _coco(
    architecture: str,
    file: str,
    size_mb: float,
    parameters_m: float,
    score: float,
    eps: float | None,
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
        _imagenet("alexnet", "alexnet-owt-7be5be79.pth", 233.087, 61.101, 56.522),
        _imagenet("convnext_base", "convnext_base-6075fbad.pth", 338.064, 88.591, 84.062),
        _imagenet("convnext_large", "convnext_large-ea097f82.pth", 754.537, 197.767, 84.414),
        _imagenet("convnext_small", "convnext_small-0c510722.pth", 191.703, 50.224, 83.616),
        _imagenet("densenet121", "densenet121-a639ec97.pth", 30.845, 7.979, 74.434),
        _imagenet("densenet161", "densenet161-8d451a50.pth", 110.369, 28.681, 77.138),
        _imagenet("densenet169", "densenet169-b2777c0a.pth", 54.708, 14.149, 75.600),
        _imagenet("densenet201", "densenet201-c1103571.pth", 77.373, 20.014, 76.896),
        _imagenet(
            "efficientnet_b3", "efficientnet_b3_rwightman-b3899882.pth", 47.184, 12.233, 82.008
        ),
        _imagenet(
            "efficientnet_b4", "efficientnet_b4_rwightman-23ab8bcd.pth", 74.489, 19.342, 83.384
        ),
        _imagenet(
            "efficientnet_b5", "efficientnet_b5_lukemelas-1a07897c.pth", 116.864, 30.390, 83.444
        ),
        _imagenet(
            "efficientnet_b6", "efficientnet_b6_lukemelas-24a108a5.pth", 165.362, 43.041, 84.008
        ),
        _imagenet(
            "efficientnet_b7", "efficientnet_b7_lukemelas-c5b4e57e.pth", 254.675, 66.348, 84.122
        ),
        _imagenet("efficientnet_v2_l", "efficientnet_v2_l-59c71312.pth", 454.573, 118.515, 85.808),
        _imagenet("efficientnet_v2_m", "efficientnet_v2_m-dc08266a.pth", 208.010, 54.139, 85.112),
        _imagenet("googlenet", "googlenet-1378be20.pth", 49.731, 6.625, 69.778),
        _imagenet("inception_v3", "inception_v3_google-0cc3c7bd.pth", 103.903, 27.161, 77.294),
        _imagenet("maxvit_t", "maxvit_t-bc5ab103.pth", 118.769, 30.920, 83.700),
        _imagenet("mnasnet0_5", "mnasnet0.5_top1_67.823-3ffadce67e.pth", 8.591, 2.219, 67.734),
        _imagenet("mnasnet0_75", "mnasnet0_75-7090bc5f.pth", 12.303, 3.170, 71.180),
        _imagenet("mnasnet1_0", "mnasnet1.0_top1_73.512-f206786ef8.pth", 16.915, 4.383, 73.456),
        _imagenet("mnasnet1_3", "mnasnet1_3-a4c69d6f.pth", 24.246, 6.282, 76.506),
        _imagenet("regnet_x_16gf", "regnet_x_16gf-ba3796d7.pth", 207.627, 54.279, 82.716),
        _imagenet("regnet_x_1_6gf", "regnet_x_1_6gf-a12f2b72.pth", 35.339, 9.190, 79.668),
        _imagenet("regnet_x_32gf", "regnet_x_32gf-6eb8fdc6.pth", 412.039, 107.812, 83.014),
        _imagenet("regnet_x_3_2gf", "regnet_x_3_2gf-7071aa85.pth", 58.756, 15.297, 81.196),
        _imagenet("regnet_x_400mf", "regnet_x_400mf-62229a5f.pth", 21.257, 5.496, 74.864),
        _imagenet("regnet_x_800mf", "regnet_x_800mf-94a99ebd.pth", 27.945, 7.260, 77.522),
        _imagenet("regnet_x_8gf", "regnet_x_8gf-2b70d774.pth", 151.456, 39.573, 81.682),
        _imagenet("regnet_y_128gf", "regnet_y_128gf_swag-c8ce3e52.pth", 2461.564, 644.813, 88.228),
        _imagenet("regnet_y_16gf", "regnet_y_16gf-3e4a00f9.pth", 319.490, 83.590, 82.886),
        _imagenet("regnet_y_32gf", "regnet_y_32gf-8db6d4b5.pth", 554.076, 145.047, 83.368),
        _imagenet("regnet_y_3_2gf", "regnet_y_3_2gf-9180c971.pth", 74.567, 19.436, 81.982),
        _imagenet("regnet_y_800mf", "regnet_y_800mf-58fc7688.pth", 24.774, 6.433, 78.828),
        _imagenet("regnet_y_8gf", "regnet_y_8gf-dc2b1b54.pth", 150.701, 39.381, 82.828),
        _imagenet("resnet152", "resnet152-f82ba261.pth", 230.474, 60.193, 82.284),
        _imagenet("resnext101_32x8d", "resnext101_32x8d-110c445d.pth", 339.673, 88.791, 82.834),
        _imagenet("resnext101_64x4d", "resnext101_64x4d-173b62eb.pth", 319.318, 83.455, 83.246),
        _imagenet("shufflenet_v2_x0_5", "shufflenetv2_x0.5-f707e7126e.pth", 5.282, 1.367, 60.552),
        _imagenet("shufflenet_v2_x1_5", "shufflenetv2_x1_5-3c479a10.pth", 13.557, 3.504, 72.996),
        _imagenet("shufflenet_v2_x2_0", "shufflenetv2_x2_0-8be3c8ee.pth", 28.433, 7.394, 76.230),
        _imagenet("swin_b", "swin_b-68c6b09e.pth", 335.364, 87.768, 83.582),
        _imagenet("swin_s", "swin_s-5e29d889.pth", 189.786, 49.606, 83.196),
        _imagenet("swin_t", "swin_t-704ceda3.pth", 108.190, 28.288, 81.474),
        _imagenet("swin_v2_b", "swin_v2_b-781e5279.pth", 336.372, 87.931, 84.112),
        _imagenet("swin_v2_s", "swin_v2_s-637d8ceb.pth", 190.675, 49.737, 83.712),
        _imagenet("swin_v2_t", "swin_v2_t-b137f0e2.pth", 108.626, 28.352, 82.072),
        _imagenet("vgg11", "vgg11-8a719046.pth", 506.840, 132.863, 69.020),
        _imagenet("vgg11_bn", "vgg11_bn-6002323d.pth", 506.881, 132.869, 70.370),
        _imagenet("vgg13", "vgg13-19584684.pth", 507.545, 133.048, 69.928),
        _imagenet("vgg13_bn", "vgg13_bn-abd245e5.pth", 507.590, 133.054, 71.586),
        _imagenet("vgg16", "vgg16-397923af.pth", 527.796, 138.358, 71.592),
        _imagenet("vgg19", "vgg19-dcbb9e9d.pth", 548.051, 143.667, 72.376),
        _imagenet("vgg19_bn", "vgg19_bn-c79401a0.pth", 548.143, 143.678, 74.218),
        _imagenet("vit_b_16", "vit_b_16-c867db91.pth", 330.285, 86.568, 81.072),
        _imagenet("vit_b_32", "vit_b_32-d86f8d99.pth", 336.604, 88.224, 75.912),
        _imagenet("vit_h_14", "vit_h_14_swag-80465313.pth", 2416.643, 633.470, 88.552),
        _imagenet("vit_l_16", "vit_l_16-852ce7e3.pth", 1161.023, 304.327, 79.662),
        _imagenet("vit_l_32", "vit_l_32-c7638314.pth", 1169.449, 306.535, 76.972),
        _imagenet("wide_resnet101_2", "wide_resnet101_2-d733dc28.pth", 484.747, 126.887, 82.510),
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
            "fasterrcnn_resnet50_fpn_v2", "fasterrcnn_resnet50_fpn_v2_coco-dd69338a.pth",
            167.104, 43.712, 46.7, 1e-5,
        ),
        _coco(
            "fasterrcnn_mobilenet_v3_large_320_fpn",
            "fasterrcnn_mobilenet_v3_large_320_fpn-907ea3f9.pth",
            74.239, 19.386, 22.8, 1e-5,
        ),
        _coco(
            "retinanet_resnet50_fpn", "retinanet_resnet50_fpn_coco-eeacb38b.pth",
            130.267, 34.015, 36.4, 0.0,
        ),
        _coco(
            "retinanet_resnet50_fpn_v2", "retinanet_resnet50_fpn_v2_coco-5905b1c5.pth",
            146.037, 38.199, 41.5, 1e-5,
        ),
        _coco(
            "fcos_resnet50_fpn", "fcos_resnet50_fpn_coco-99b0c9b7.pth",
            123.608, 32.270, 39.2, 1e-5,
        ),
        _coco("ssd300_vgg16", "ssd300_vgg16_coco-b556d3b4.pth", 135.988, 35.642, 25.1, 1e-5),
        _coco(
            "maskrcnn_resnet50_fpn", "maskrcnn_resnet50_fpn_coco-bf2d0c1e.pth",
            169.840, 44.401, 37.9, 0.0,
        ),
        _coco(
            "maskrcnn_resnet50_fpn_v2", "maskrcnn_resnet50_fpn_v2_coco-73cbd019.pth",
            177.219, 46.359, 47.4, 1e-5,
        ),
        _coco(
            "keypointrcnn_resnet50_fpn", "keypointrcnn_resnet50_fpn_coco-fc266e95.pth",
            226.054, 59.137, 54.6, 0.0,
        ),
        _coco(
            "ssdlite320_mobilenet_v3_large",
            "ssdlite320_mobilenet_v3_large_coco-a79551df.pth",
            13.418, 3.440, 21.3, 1e-3,
        ),
        _coco(
            "lraspp_mobilenet_v3_large", "lraspp_mobilenet_v3_large-d234d4ea.pth",
            12.490, 3.222, 57.9, None,
        ),
        _coco(
            "fcn_resnet50", "fcn_resnet50_coco-1167a1af.pth",
            135.009, 35.322, 60.5, None,
        ),
        _coco(
            "fcn_resnet101", "fcn_resnet101_coco-7ecb50ca.pth",
            207.711, 54.314, 63.7, None,
        ),
        _coco(
            "deeplabv3_mobilenet_v3_large", "deeplabv3_mobilenet_v3_large-fc3c493d.pth",
            42.301, 11.029, 60.3, None,
        ),
        _coco(
            "deeplabv3_resnet50", "deeplabv3_resnet50_coco-cd0a2569.pth",
            160.515, 42.004, 66.4, None,
        ),
        _coco(
            "deeplabv3_resnet101", "deeplabv3_resnet101_coco-586e9e4e.pth",
            233.217, 60.996, 67.4, None,
        ),
    )
}  # fmt: skip
"""COCO weights of whole detectors and segmenters, by architecture."""

YOLOX_ADDRESS = "https://github.com/Megvii-BaseDetection/YOLOX/releases/download/0.1.1rc0/"
"""Where the authors of YOLOX publish their weights, under Apache-2.0."""


def _yolox(
    architecture: str, sha256: str, size_mb: float, parameters_m: float, score: float
) -> WeightsSource:
    url = f"{YOLOX_ADDRESS}{architecture}.pth"
    return WeightsSource(
        architecture, Pretraining.COCO, url, size_mb, parameters_m, score, 1e-3, sha256
    )


YOLOX: Mapping[str, WeightsSource] = {
    source.architecture: source
    for source in (
        _yolox(
            "yolox_nano", "cd28f55fbbc1829f99d9ac9b38a16d259a22889739c8728ea877610201feff7b",
            7.338, 0.912, 25.8,
        ),
        _yolox(
            "yolox_tiny", "9de513de589ac98bb92d3bca53b5af7b9acfa9b0bacb831f7999d0f7afaee8f0",
            38.867, 5.056, 32.8,
        ),
        _yolox(
            "yolox_s", "f55ded7181e1b0c13285c56e7790b8f0e8f8db590fe4edb37f0b7f345c913a30",
            68.749, 8.968, 40.5,
        ),
    )
}  # fmt: skip
"""COCO weights of whole one-stage detectors, by architecture."""

SHIPPED = WeightsSource("small_cnn", Pretraining.SHAPES, "", 0.0, 1.02, 0.0)
"""The small network in ``resources/weights``."""
