"""A one-stage detector without anchors, built from the YOLOX paper.

Ge, Liu, Wang, Li and Sun: "YOLOX: Exceeding YOLO Series in 2021", arXiv 2107.08430. Every cell of
three maps (strides 8, 16 and 32) says one box, how sure it is that an object is there, and of
which class; SimOTA decides which cells answer for which object in training.
"""

from __future__ import annotations

from studio.learning.models.yolox.family import YoloxDetector

__all__ = ["YoloxDetector"]
