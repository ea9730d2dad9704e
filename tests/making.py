"""Builders that tests share: small pictures and small projects."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from studio.domain.edits import Title, created
from studio.domain.facts import ImagesFound, RootAdded
from studio.domain.labels import Label, new_label
from studio.domain.project import Image, Root
from studio.editing.session import Session
from studio.storage.folder import path_for_root


def picture(path: Path, width: int = 64, height: int = 48, seed: int = 0) -> Path:
    """A PNG of smooth noise, different for every seed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_png(width, height, seed))
    return path


@lru_cache(maxsize=64)
def _png(width: int, height: int, seed: int) -> bytes:
    noise = np.random.default_rng(seed).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    resized = cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)
    return cv2.imencode(".png", resized)[1].tobytes()


def film(path: Path, seconds: int = 3, fps: int = 10) -> Path:
    """A video of 64 x 48 px: a second of red, one of green, one of blue, and so on, with a
    white square that moves two pixels a frame."""
    colors = ((40, 40, 200), (40, 200, 40), (200, 40, 40))  # BGR
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), fps, (64, 48))
    for index in range(seconds * fps):
        frame = np.full((48, 64, 3), colors[index // fps % 3], np.uint8)
        left = 2 * index % 50
        frame[20:30, left : left + 10] = 255
        writer.write(frame)
    writer.release()
    return path


def project(folder: Path, images: int = 3, width: int = 64, height: int = 48) -> Session:
    """A project of its own folder with ``images`` pictures; the caller closes it."""
    pictures = folder / "pictures"
    names = [f"{index:03d}.png" for index in range(images)]
    for seed, name in enumerate(names):
        picture(pictures / name, width, height, seed)
    session = Session.create(folder / "project")
    [root_id] = session.store.reserve_ids("root")
    ids = session.store.reserve_ids("image", images)
    session.record(
        RootAdded(Root(root_id, path_for_root(session.project, pictures))),
        ImagesFound(
            tuple(
                Image(image_id, root_id, name, width, height)
                for image_id, name in zip(ids, names, strict=True)
            )
        ),
    )
    return session


def labels(session: Session, *names: str) -> list[Label]:
    """Add classes to a project, in this order."""
    made: list[Label] = []
    for name in names:
        made.append(new_label(name, session.reader.labels()))
        session.apply(created(Title.ADD_CLASS, made[-1]))
    return made
