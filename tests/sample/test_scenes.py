"""What the drawn pictures are like."""

from __future__ import annotations

import numpy as np
import pytest

from studio.domain.shapes import Polygon
from studio.sample import shapes
from studio.sample.bench import SURFACES, Surface
from studio.sample.reliefs import PARTS, Kind
from studio.sample.scenes import HEIGHT, WIDTH, Order, scene
from studio.sample.tracing import traced
from studio.vision import masks


def picture_of(kind: Kind, seed: int = 0, count: int = 1, length_px: float = 60):
    draw = PARTS[kind][0]
    return scene(np.random.default_rng(seed), [Order(kind, draw, length_px)] * count)


def test_same_seed_same_picture() -> None:
    first, again = picture_of(Kind.SCREW, 3, count=4), picture_of(Kind.SCREW, 3, count=4)
    assert np.array_equal(first.picture, again.picture)
    assert all(
        np.array_equal(a.visible, b.visible) for a, b in zip(first.parts, again.parts, strict=True)
    )
    assert not np.array_equal(first.picture, picture_of(Kind.SCREW, 4, count=4).picture)


def test_a_picture_is_rgb_with_light_and_dark() -> None:
    made = picture_of(Kind.NUT, count=5)
    assert made.picture.shape == (HEIGHT, WIDTH, 3)
    assert made.picture.dtype == np.uint8
    assert 30 < made.picture.mean() < 200
    assert made.picture.std() > 15


@pytest.mark.parametrize("surface", SURFACES)
def test_every_bench_fills_its_size(surface: Surface) -> None:
    made = surface(np.random.default_rng(0), 90, 120)
    assert made.shape == (90, 120, 3)
    assert np.isfinite(made).all()
    assert 0 < made.mean() < 1.2


@pytest.mark.parametrize("kind", [Kind.WASHER, Kind.NUT])
def test_washers_and_nuts_have_real_holes(kind: Kind) -> None:
    whole = 0
    for seed in range(6):
        [part] = picture_of(kind, seed).parts
        outline = traced(part.visible)
        assert isinstance(outline, Polygon)
        whole += len(outline.parts) == 1 and len(outline.parts[0].holes) == 1
    assert whole >= 3  # a spring washer's slit opens its hole; the border may cut a part


def test_screws_are_long_and_solid() -> None:
    [part] = picture_of(Kind.SCREW, 1, length_px=100).parts
    rows, columns = np.nonzero(part.visible)
    spread = np.linalg.eigvalsh(np.cov(np.stack((rows, columns))))
    assert (spread[1] / spread[0]) ** 0.5 > 2.5


def test_parts_on_top_take_pixels_from_those_below() -> None:
    parts = picture_of(Kind.WASHER, 2, count=12, length_px=90).parts
    assert len(parts) > 3
    assert np.sum([part.visible for part in parts], axis=0).max() == 1
    assert all(part.visible.sum() > 0 for part in parts)


def test_the_traced_outline_covers_the_part() -> None:
    [part] = picture_of(Kind.SCREW, 5, length_px=110).parts
    outline = traced(part.visible)
    assert outline is not None
    filled = masks.rasterise(outline, WIDTH, HEIGHT)
    overlap = (filled & part.visible).sum() / (filled | part.visible).sum()
    assert overlap > 0.93


def test_specks_have_no_outline() -> None:
    visible = np.zeros((40, 40), dtype=bool)
    assert traced(visible) is None
    visible[20, 20] = True
    assert traced(visible) is None


def test_pretraining_never_sees_the_samples_kinds() -> None:
    assert not {*shapes.NAMES} & {*Kind}
    made = scene(np.random.default_rng(0), shapes.orders(np.random.default_rng(1)))
    assert made.parts
    assert {part.kind for part in made.parts} <= {*shapes.NAMES}


def test_pretraining_shapes_are_solid() -> None:
    for name, draw in shapes.DRAWS.items():
        [part] = scene(np.random.default_rng(1), [Order(name, draw, 80)]).parts
        outline = traced(part.visible)
        assert outline is not None
        assert not any(piece.holes for piece in outline.parts), name
