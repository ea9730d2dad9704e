"""The sample project: 160 pictures of washers, screws and nuts, most of them labelled.

A labelled picture has the outline of every part, washers as masks, screws and nuts as polygons;
its tag says of which kind they are, and a picture of several kinds has none. A dozen pictures
carry bare boxes instead of outlines, and a few show an empty bench. The last ones are left for
the user, or for a model.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from studio.domain import geometry as geo
from studio.domain.imports import ImportBatch, ImportedImage, ImportedShape
from studio.domain.project import Split
from studio.domain.shapes import Geometry
from studio.editing.importing import import_batch
from studio.editing.session import Session
from studio.errors import ProjectError
from studio.sample.reliefs import PARTS, Kind
from studio.sample.scenes import Drawn, Order, Scene, scene
from studio.sample.tracing import traced
from studio.storage.folder import is_project
from studio.vision import masks

PROJECT = "parts-on-a-bench"
"""The name of the project's folder."""
PICTURES = "pictures"
IMAGES = 160
UNLABELLED = 24
JPEG_QUALITY = 93


@dataclass(frozen=True, slots=True)
class Plan:
    """What picture ``index`` is to be, before it is drawn."""

    index: int
    labelled: bool
    split: Split | None
    mixed: bool
    bare_boxes: bool
    empty: bool


def plans(images: int, unlabelled: int) -> tuple[Plan, ...]:
    """The plan of each of ``images`` pictures; the last ``unlabelled`` are not annotated.

    Every fourth labelled picture is for validation. As kinds take turns in threes, each kind
    has its share there.
    """
    return tuple(
        Plan(
            index,
            labelled=(labelled := index < images - unlabelled),
            split=(Split.VAL if (validates := index % 4 == 3) else Split.TRAIN)
            if labelled
            else None,
            mixed=index % 7 == 6,
            bare_boxes=labelled and not validates and index % 11 == 5,
            empty=labelled and not validates and index % 34 == 20,
        )
        for index in range(images)
    )


def orders(rng: np.random.Generator, kinds: Sequence[Kind]) -> list[Order]:
    """A handful of parts, each of one of ``kinds``."""
    zoom = rng.uniform(0.88, 1.12)
    result: list[Order] = []
    for _ in range(int(rng.integers(3, 8))):
        kind = kinds[int(rng.integers(len(kinds)))]
        draw, least, greatest = PARTS[kind]
        result.append(Order(kind, draw, zoom * rng.uniform(least, greatest)))
    return result


def drawn(plan: Plan, seed: int) -> Scene:
    """The picture of ``plan``; the same for the same seed, whatever the other pictures are."""
    rng = np.random.default_rng([seed, plan.index])
    kinds = tuple(Kind) if plan.mixed else (tuple(Kind)[plan.index % len(Kind)],)
    return scene(rng, [] if plan.empty else orders(rng, kinds))


def batch(
    folder: Path,
    seed: int,
    images: int = IMAGES,
    unlabelled: int = UNLABELLED,
    should_stop: Callable[[], bool] = lambda: False,
) -> ImportBatch:
    """Write the pictures into ``folder`` and say what is on them.

    Raises:
        ProjectError: it was stopped between two pictures.
    """
    folder.mkdir(parents=True, exist_ok=True)

    def make(plan: Plan) -> ImportedImage:
        if should_stop():
            raise ProjectError("The sample project was not finished.")
        made = drawn(plan, seed)
        path = folder / f"bench-{plan.index + 1:03d}.jpg"
        bgr = cv2.cvtColor(made.picture, cv2.COLOR_RGB2BGR)
        jpeg = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1]
        path.write_bytes(jpeg.tobytes())
        return annotated(path, plan, made)

    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        return ImportBatch(tuple(pool.map(make, plans(images, unlabelled))), tuple(Kind))


def annotated(path: Path, plan: Plan, made: Scene) -> ImportedImage:
    """The picture at ``path`` with what a user would have said about it."""
    if not plan.labelled:
        return ImportedImage(path)
    return ImportedImage(
        path,
        tags=tag(made),
        shapes=tuple(_shapes(made.parts, plan.bare_boxes)),
        split=plan.split,
        tags_done=True,
        shapes_done=True,
    )


def tag(made: Scene) -> tuple[str, ...]:
    """The kind of a scene's parts, where they are all of one."""
    kinds = {part.kind for part in made.parts}
    return tuple(kinds) if len(kinds) == 1 else ()


def _shapes(parts: Sequence[Drawn], bare_boxes: bool) -> Iterator[ImportedShape]:
    for part in parts:
        geometry = _geometry(part)
        if geometry is not None:
            yield ImportedShape(part.kind, geo.bounds(geometry) if bare_boxes else geometry)


def _geometry(part: Drawn) -> Geometry | None:
    return masks.encode(part.visible) if part.kind == Kind.WASHER else traced(part.visible)


def create_sample(
    folder: Path,
    seed: int = 0,
    images: int = IMAGES,
    should_stop: Callable[[], bool] = lambda: False,
) -> Path:
    """Make the sample below ``folder``: its pictures, then its project, which is returned.

    Raises:
        ProjectError: there is a project there already, the folder cannot be written, or
            ``should_stop`` ended it between two pictures; then there is no project.
    """
    project = folder / PROJECT
    if is_project(project):
        raise ProjectError(
            "{project} already holds a project; choose another folder.", project=project
        )
    unlabelled = round(images * UNLABELLED / IMAGES)
    try:
        pictures = batch(folder / PICTURES, seed, images, unlabelled, should_stop)
    except OSError as error:
        raise ProjectError(
            "Cannot create {project}: {reason}.", project=project, reason=error.strerror or error
        ) from error
    session = Session.create(project)
    try:
        import_batch(session, pictures)
    finally:
        session.close()
    return session.project


def ensure_sample(
    folder: Path, seed: int = 0, should_stop: Callable[[], bool] = lambda: False
) -> Path:
    """The sample below ``folder``: the one that is there, else a new one.

    Raises:
        ProjectError: see ``create_sample``.
    """
    project = folder / PROJECT
    if is_project(project):
        return project
    return create_sample(folder, seed, should_stop=should_stop)
