"""Whatever is drawn comes back as it was."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain import geometry as geo
from studio.domain.imports import ImportBatch, ImportedImage, ImportedShape
from studio.domain.shapes import Box, Geometry, Mask, Part, Points, Polygon, RotatedBox
from studio.editing.importing import import_batch
from studio.editing.session import Session
from studio.formats.contract import ImportOptions
from studio.vision import masks
from tests.formats.whole import coco
from tests.making import picture

WIDTH, HEIGHT = 40, 30

names = st.sampled_from(["nut", "bolt", "螺母", 'a "quoted" name', "1", "yes"])
xs = st.floats(0, WIDTH, allow_nan=False, width=32)
ys = st.floats(0, HEIGHT, allow_nan=False, width=32)


@st.composite
def boxes(draw: st.DrawFn) -> Geometry:
    # Whole and half pixels: COCO stores a width, so any float might come back rounded.
    x0, y0 = draw(st.integers(0, 2 * WIDTH - 3)) / 2, draw(st.integers(0, 2 * HEIGHT - 3)) / 2
    x1 = draw(st.integers(int(2 * x0) + 2, 2 * WIDTH)) / 2
    y1 = draw(st.integers(int(2 * y0) + 2, 2 * HEIGHT)) / 2
    return Box(x0, y0, x1, y1)


rings = st.lists(st.tuples(xs, ys), min_size=3, max_size=8).map(tuple)


@st.composite
def polygons(draw: st.DrawFn) -> Geometry:
    return Polygon(tuple(map(Part, draw(st.lists(rings, min_size=1, max_size=3)))))


@st.composite
def polygons_with_holes(draw: st.DrawFn) -> Geometry:
    parts = st.builds(Part, rings, st.lists(rings, min_size=1, max_size=2).map(tuple))
    return Polygon(tuple(draw(st.lists(parts, min_size=1, max_size=2))))


@st.composite
def bitmaps(draw: st.DrawFn) -> Geometry:
    seed, share = draw(st.integers(0, 2**32 - 1)), draw(st.floats(0.01, 0.99))
    bitmap = np.random.default_rng(seed).random((HEIGHT, WIDTH)) < share
    bitmap[3, 3] = True
    mask = masks.encode(bitmap)
    assert isinstance(mask, Mask)
    return mask


@st.composite
def rotated_boxes(draw: st.DrawFn) -> Geometry:
    sides = st.floats(1, 30, width=32)
    angles = st.floats(-180, 180, width=32)
    return RotatedBox(draw(xs), draw(ys), draw(sides), draw(sides), draw(angles))


@st.composite
def keypoints(draw: st.DrawFn) -> Geometry:
    points = draw(st.lists(st.tuples(xs, ys), min_size=1, max_size=5))
    occluded = draw(st.frozensets(st.integers(0, len(points) - 1)))
    return Points(tuple(points), occluded)


def drawn(*geometries: st.SearchStrategy[Geometry]) -> st.SearchStrategy[ImportedShape]:
    """Shapes of these geometries, of any class, with attributes, to be ignored or not."""
    return st.builds(
        ImportedShape,
        names,
        st.one_of(*geometries).filter(lambda shape: not geo.is_degenerate(shape)),
        st.booleans(),
        st.lists(
            st.tuples(st.text(min_size=1), st.text()), max_size=2, unique_by=lambda a: a[0]
        ).map(tuple),
    )


shapes = drawn(boxes(), rotated_boxes(), polygons(), bitmaps(), keypoints())
"""What every format can tell in one way or another."""


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(shapes | drawn(polygons_with_holes()), max_size=5), min_size=1, max_size=3)
)
def test_shapes_through_a_project_and_coco(images: list[list[ImportedShape]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        batch = ImportBatch(
            tuple(
                ImportedImage(
                    picture(folder / "images" / f"{n}.png", WIDTH, HEIGHT),
                    shapes=tuple(found),
                    shapes_done=True,
                )
                for n, found in enumerate(images)
            )
        )
        session = Session.create(folder / "project")
        try:
            import_batch(session, batch)
            coco.write(session.reader, folder / "out.json")
        finally:
            session.close()
        again = coco.read(folder / "out.json", ImportOptions(images=folder / "images"))
    assert again.images == batch.images
    assert not again.problems
