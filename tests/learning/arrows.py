"""Projects of drawn darts on grey noise, each with a red tip, a green left and a blue right wing.

Their points are labelled; what encloses them is not, unless asked for.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from studio.domain import geometry as geo
from studio.domain.edits import Title, created
from studio.domain.facts import ImagesFound, RootAdded
from studio.domain.project import Image, Root
from studio.domain.shapes import Points, Shape
from studio.editing.session import Session
from studio.storage.folder import path_for_root
from tests import making

SIDE_PX = 64
PLACES = ("tip", "left_wing", "right_wing")
INKS = ((230, 60, 40), (60, 200, 60), (50, 90, 240))
DART = np.array([(0.0, -1.0), (-0.7, 0.8), (0.7, 0.8)])


def draw(path: Path, seed: int) -> Points:
    """Write one scene; return its dart's points."""
    random = np.random.default_rng(seed)
    rgb = random.integers(90, 130, (SIDE_PX, SIDE_PX, 3), dtype=np.uint8)
    size = random.uniform(11, 15)
    angle = random.uniform(-0.6, 0.6)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    found = DART @ turn.T * size + random.uniform(20, SIDE_PX - 20, 2)
    cv2.fillPoly(rgb, [np.round(found - 0.5).astype(np.int32)], (235, 235, 225))
    for (x, y), ink in zip(found, INKS, strict=True):
        cv2.circle(rgb, (round(x - 0.5), round(y - 0.5)), 4, ink, -1)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(".png", rgb[..., ::-1])[1].tobytes())
    return Points(tuple((float(x), float(y)) for x, y in found), names=PLACES)


def open_project(folder: Path, count: int = 12, names: tuple[str, ...] = PLACES) -> Session:
    """A project of ``count`` darts, all of class "dart", still open for edits."""
    session = Session.create(folder / "project")
    pictures = folder / "pictures"
    [root_id] = session.store.reserve_ids("root")
    image_ids = list(session.store.reserve_ids("image", count))
    drawn = [draw(pictures / f"{i:03d}.png", seed=i) for i in range(count)]
    session.record(
        RootAdded(Root(root_id, path_for_root(session.project, pictures))),
        ImagesFound(
            tuple(
                Image(image_id, root_id, f"{i:03d}.png", SIDE_PX, SIDE_PX)
                for i, image_id in enumerate(image_ids)
            )
        ),
    )
    [dart] = making.labels(session, "dart")
    ids = session.store.reserve_ids("shape", count)
    shapes = [
        Shape(shape_id, image_id, dart.id, Points(points.points, names=names))
        for shape_id, image_id, points in zip(ids, image_ids, drawn, strict=True)
    ]
    session.apply(created(Title.SET_POINTS, *shapes))
    return session


def project(folder: Path, count: int = 12) -> Path:
    """As ``open_project``, closed; its folder."""
    session = open_project(folder, count)
    session.close()
    return folder / "project"


def size_of(points: Points) -> float:
    """The longer side of the points' bounds."""
    box = geo.bounds(points)
    return max(box.width, box.height)
