"""Every family of architectures, by the name that cards know it by."""

from __future__ import annotations

from collections.abc import Mapping

from studio.learning.models.classify import Classifier
from studio.learning.models.dense import DenseDetector
from studio.learning.models.family import Family
from studio.learning.models.rcnn import RegionDetector
from studio.learning.models.segmenters import PublishedSegmenters
from studio.learning.models.segnet import SegNets
from studio.learning.models.small import SmallNetworks
from studio.learning.models.ssd import SingleShotDetector
from studio.learning.models.ssdlite import LiteDetector
from studio.learning.models.unet import UNets
from studio.learning.models.yolox import YoloxDetector

FAMILIES: Mapping[str, Family] = {
    "classifier": Classifier(),
    "dense": DenseDetector(),
    "rcnn": RegionDetector(),
    "segmenter": PublishedSegmenters(),
    "segnet": SegNets(),
    "small": SmallNetworks(),
    "ssd": SingleShotDetector(),
    "ssdlite": LiteDetector(),
    "unet": UNets(),
    "yolox": YoloxDetector(),
}
