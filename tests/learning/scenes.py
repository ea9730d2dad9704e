"""Projects of drawn scenes: bright squares ("square") and discs ("disc") on grey noise."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from studio.domain.edits import Title, created
from studio.domain.facts import ImagesFound, RootAdded
from studio.domain.labels import Label, Tag
from studio.domain.project import Image, Root
from studio.domain.runs import Task
from studio.domain.shapes import Box, Shape
from studio.editing.session import Session
from studio.learning.config import Augmentation, TrainConfig, Weights
from studio.storage.folder import path_for_root
from studio.vision import masks
from tests import making

SIDE_PX = 64
NAMES = ("square", "disc")
COLOURS = ((230, 60, 40), (40, 90, 230))

MODELS = {
    Task.CLASSIFY: "small_cnn",
    Task.DETECT: "fasterrcnn_small_cnn_fpn",
    Task.INSTANCES: "maskrcnn_small_cnn_fpn",
    Task.SEGMENT: "unet_small_cnn",
    Task.KEYPOINTS: "keypointrcnn_small_cnn_fpn",
}


def config(task: Task, **changes: object) -> TrainConfig:
    """Small, quick and from random weights."""
    start = TrainConfig(
        task=task,
        model=MODELS[task],
        epochs=2,
        image_size=SIDE_PX,
        batch_size=4,
        lr=3e-3,
        augmentation=Augmentation.LIGHT,
        device="cpu",
        weights=Weights.SCRATCH,
        warmup_steps=2,
        workers=0,
        val_fraction=0.25,
    )
    return start.changed(changes)


def draw(path: Path, kind: int, seed: int) -> tuple[Box, np.ndarray]:
    """Write one scene; return the object's box and its (H, W) bitmap."""
    random = np.random.default_rng(seed)
    rgb = random.integers(90, 130, (SIDE_PX, SIDE_PX, 3), dtype=np.uint8)
    side = int(random.integers(20, 34))
    x, y = (int(v) for v in random.integers(2, SIDE_PX - side - 2, 2))
    bitmap = np.zeros((SIDE_PX, SIDE_PX), dtype=np.uint8)
    if kind == 0:
        bitmap[y : y + side, x : x + side] = 1
    else:
        cv2.circle(bitmap, (x + side // 2, y + side // 2), side // 2, 1, -1)
    rgb[bitmap > 0] = COLOURS[kind]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(".png", rgb[..., ::-1])[1].tobytes())
    mask = masks.encode(bitmap > 0)
    assert mask is not None
    return Box(mask.x, mask.y, mask.x + mask.width, mask.y + mask.height), bitmap > 0


def project(folder: Path, count: int = 12) -> Path:
    """A project of ``count`` scenes, every one tagged and with one mask; returns its folder."""
    session = open_project(folder, count)
    session.close()
    return folder / "project"


def open_project(folder: Path, count: int = 12) -> Session:
    """As ``project``, still open for edits."""
    session = Session.create(folder / "project")
    pictures = folder / "pictures"
    [root_id] = session.store.reserve_ids("root")
    image_ids = list(session.store.reserve_ids("image", count))
    shape_ids = list(session.store.reserve_ids("shape", count))
    drawn = [draw(pictures / f"{i:03d}.png", i % 2, seed=i) for i in range(count)]
    session.record(
        RootAdded(Root(root_id, path_for_root(session.project, pictures))),
        ImagesFound(
            tuple(
                Image(image_id, root_id, f"{i:03d}.png", SIDE_PX, SIDE_PX)
                for i, image_id in enumerate(image_ids)
            )
        ),
    )
    labels = making.labels(session, *NAMES)
    session.apply(
        created(Title.TAG, *(Tag(n, 1, labels[i % 2].id) for i, n in enumerate(image_ids)))
    )
    shapes = [
        Shape(shape_id, image_id, labels[i % 2].id, _mask(bitmap))
        for i, (shape_id, image_id, (_, bitmap)) in enumerate(
            zip(shape_ids, image_ids, drawn, strict=True)
        )
    ]
    session.apply(created(Title.PAINT_MASK, *shapes))
    return session


def _mask(bitmap: np.ndarray):
    mask = masks.encode(bitmap)
    assert mask is not None
    return mask


def labels(session: Session) -> tuple[Label, ...]:
    """square, disc."""
    return session.reader.labels()


def never() -> str:
    """Nobody stops the run."""
    return ""
