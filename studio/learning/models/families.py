"""Every family of architectures, by the name that cards know it by."""

from __future__ import annotations

from collections.abc import Mapping

from studio.learning.models.classify import Classifier
from studio.learning.models.family import Family
from studio.learning.models.lraspp import LiteSegmenter
from studio.learning.models.rcnn import RegionDetector
from studio.learning.models.small import SmallNetworks
from studio.learning.models.ssdlite import LiteDetector
from studio.learning.models.unet import UNets

FAMILIES: Mapping[str, Family] = {
    "classifier": Classifier(),
    "lraspp": LiteSegmenter(),
    "rcnn": RegionDetector(),
    "small": SmallNetworks(),
    "ssdlite": LiteDetector(),
    "unet": UNets(),
}
