"""Flood, scissors, GrabCut and holes on pictures made by hand, to the pixel where that is due."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from shapely.geometry import LineString
from shapely.geometry import Point as ShapelyPoint

from studio.domain import geometry as geo
from studio.domain.shapes import Box, Geometry, Mask, Part, Point, Polygon
from studio.vision import assist, masks
from studio.vision.assist import Crop, Region
from studio.vision.segmenter import GrabCut, Prompt, Scribble

WIDTH, HEIGHT = 160, 120


def whole(rgb: NDArray[np.uint8]) -> Crop:
    """A crop that is the whole picture at full size."""
    return Crop(rgb, 0, 0, 1, rgb.shape[1], rgb.shape[0])


def disc(cx: float, cy: float, radius: float) -> NDArray[np.bool_]:
    ys, xs = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    return np.hypot(xs - cx, ys - cy) <= radius


def on_noise(shape: NDArray[np.bool_], seed: int = 0) -> NDArray[np.uint8]:
    """A reddish shape on bluish ground, both noisy, 90 grey values apart at least."""
    noise = np.random.default_rng(seed).integers(-15, 16, (HEIGHT, WIDTH, 3))
    colors = np.where(shape[..., None], (180, 60, 60), (60, 60, 180))
    return (colors + noise).astype(np.uint8)


def bitmap_of(mask: Geometry | None) -> NDArray[np.bool_]:
    assert mask is not None
    return masks.rasterise(mask, WIDTH, HEIGHT)


# The wand -------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_the_wand_takes_a_disc_out_of_noise(seed: int) -> None:
    shape = disc(70, 60, 30)
    found = assist.flood(whole(on_noise(shape, seed)), (70.5, 60.5), 40).cleaned()
    assert np.array_equal(bitmap_of(found.mask()), shape)


def test_tolerance_is_by_channel_and_inclusive() -> None:
    rgb = np.zeros((1, 6, 3), np.uint8)
    rgb[0, :, 1] = (10, 20, 31, 10, 10, 10)
    row = bitmap_row(assist.flood(whole(rgb), (0.5, 0.5), 10))
    assert row == [1, 1]
    assert bitmap_row(assist.flood(whole(rgb), (0.5, 0.5), 21)) == [1] * 6


def bitmap_row(region: Region) -> list[int]:
    return region.bitmap[0].tolist()


def test_diagonal_neighbours_are_not_joined() -> None:
    rgb = np.zeros((2, 2, 3), np.uint8)
    rgb[0, 0] = rgb[1, 1] = 200
    assert assist.flood(whole(rgb), (0.5, 0.5), 5).bitmap.tolist() == [[1]]


def test_specks_are_filled_and_holes_are_kept() -> None:
    shape = disc(80, 60, 50)
    hole, speck = disc(80, 60, 12), disc(110, 60, 1.5)
    found = assist.flood(whole(on_noise(shape & ~hole & ~speck)), (50.5, 60.5), 40)
    assert np.array_equal(bitmap_of(found.mask()), shape & ~hole & ~speck)
    assert np.array_equal(bitmap_of(found.cleaned().mask()), shape & ~hole)


def test_a_flood_up_to_the_border_of_the_picture_covers_all_of_it() -> None:
    found = assist.flood(whole(np.full((HEIGHT, WIDTH, 3), 77, np.uint8)), (0, 0), 0)
    assert bitmap_of(found.mask()).all()


def test_a_press_on_the_far_border_is_on_the_last_pixel() -> None:
    found = assist.flood(whole(on_noise(disc(70, 60, 30))), (float(WIDTH), float(HEIGHT)), 40)
    assert np.array_equal(bitmap_of(found.mask()), ~disc(70, 60, 30))


def test_a_region_of_a_reduced_picture_lies_where_it_does_in_the_whole() -> None:
    shape = disc(70, 60, 40)
    small = cv2.resize(on_noise(shape), (WIDTH // 4, HEIGHT // 4), interpolation=cv2.INTER_AREA)
    crop = Crop(np.asarray(small[5:, 3:], np.uint8), 12, 20, 4, WIDTH, HEIGHT)
    found = bitmap_of(assist.flood(crop, (70, 60), 60).mask())
    assert iou(found, shape) > 0.93
    ys, xs = np.nonzero(found)
    assert (xs.mean() + 0.5, ys.mean() + 0.5) == pytest.approx((70, 60), abs=1)


def test_a_region_never_leaves_the_image() -> None:
    # 41 x 31 pixels halved make 21 x 16, which jut out by one.
    crop = Crop(np.zeros((16, 21, 3), np.uint8), 0, 0, 2, 41, 31)
    mask = assist.flood(crop, (3, 3), 5).mask()
    assert mask is not None
    assert (mask.x, mask.y, mask.width, mask.height) == (0, 0, 41, 31)
    assert geo.area(mask) == 41 * 31


@given(st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=30)
def test_adding_and_taking_away_are_those_of_sets(seed: int) -> None:
    rng = np.random.default_rng(seed)
    a, b = (rng.random((HEIGHT, WIDTH)) < share for share in (0.5, 0.01))
    base, found = masks.encode(a), masks.encode(b)
    assert base
    size = (WIDTH, HEIGHT)
    assert np.array_equal(bitmap_of(assist.combined(base, found, size, add=True)), a | b)
    assert np.array_equal(bitmap_of(assist.combined(base, found, size, add=False)), a & ~b)
    assert assist.combined(base, base, size, add=False) is None
    assert assist.combined(base, base, size, add=True) is base


# The scissors ---------------------------------------------------------------------------------


def rectangle_picture() -> NDArray[np.uint8]:
    shape = np.zeros((HEIGHT, WIDTH), bool)
    shape[30:90, 40:120] = True
    return on_noise(shape)


def test_the_path_follows_the_border_of_a_rectangle() -> None:
    way = assist.EdgeMap(whole(rectangle_picture()), (40, 30)).path_to((120, 90))
    assert way[0] == (40, 30)
    assert way[-1] == (120, 90)
    border = LineString([(40, 30), (120, 30), (120, 90), (40, 90), (40, 30)])
    assert max(border.distance(ShapelyPoint(p)) for p in dense(way)) <= 2
    assert LineString(way).length == pytest.approx(140, rel=0.1)


def dense(way: list[Point]) -> list[Point]:
    line = LineString(way)
    steps = np.linspace(0, line.length, 400)
    return [(p.x, p.y) for p in (line.interpolate(step) for step in steps)]


def test_outside_its_window_the_path_goes_on_straight() -> None:
    crop = Crop(rectangle_picture()[20:70, 30:90], 30, 20, 1, WIDTH, HEIGHT)
    way = assist.EdgeMap(crop, (40, 30)).path_to((120, 30))
    assert way[-1] == (120, 30)
    assert LineString(way).hausdorff_distance(LineString([(40, 30), (120, 30)])) <= 2


@pytest.mark.parametrize("size", [(1, 1), (1, 7), (7, 1), (2, 2)])
def test_the_smallest_pictures_have_paths_too(size: tuple[int, int]) -> None:
    crop = whole(np.zeros((*size, 3), np.uint8))
    end = (float(size[1]), float(size[0]))
    way = assist.EdgeMap(crop, (0, 0)).path_to(end)
    assert (way[0], way[-1]) == ((0, 0), end)


def test_a_click_near_an_edge_snaps_to_it_and_one_far_off_does_not() -> None:
    crop = whole(rectangle_picture())
    x, y = assist.nearest_edge(crop, (44.5, 60.5), 6)
    assert abs(x - 40) <= 1
    assert abs(y - 60.5) <= 6
    corner = assist.nearest_edge(crop, (40.5, 30.5), 6)
    assert np.hypot(corner[0] - 40.5, corner[1] - 30.5) <= 1.5
    flat = whole(np.full((HEIGHT, WIDTH, 3), 50, np.uint8))
    assert assist.nearest_edge(flat, (44.5, 60.5), 6) == (44.5, 60.5)


coordinates = st.floats(0, 200, allow_nan=False, width=32)
lines = st.lists(st.tuples(coordinates, coordinates), min_size=0, max_size=60)


@given(lines)
@settings(deadline=None)
def test_a_thinned_line_keeps_its_ends_and_stays_near(points: list[Point]) -> None:
    thin = assist.thinned(points, 0.7)
    assert thin[:1] == points[:1]
    assert thin[-1:] == points[-1:]
    assert len(thin) <= len(points)
    if len(thin) >= 2:
        line = LineString(thin)
        assert max(line.distance(ShapelyPoint(p)) for p in points) <= 0.71


# GrabCut --------------------------------------------------------------------------------------


class Picture:
    """A picture that parts can be taken of at full size."""

    def __init__(self, rgb: NDArray[np.uint8]) -> None:
        self.rgb = rgb

    def crop(self, box: Box, max_pixels: int) -> Crop | None:
        x0, y0 = max(0, int(box.x0)), max(0, int(box.y0))
        part = self.rgb[y0 : int(box.y1), x0 : int(box.x1)]
        return Crop(part, x0, y0, 1, WIDTH, HEIGHT) if part.size else None


def go_on() -> bool:
    return False


def iou(a: NDArray[np.bool_], b: NDArray[np.bool_]) -> float:
    return np.count_nonzero(a & b) / np.count_nonzero(a | b)


def cut(rgb: NDArray[np.uint8], prompt: Prompt) -> NDArray[np.bool_]:
    region = GrabCut().segment(Picture(rgb), prompt, go_on)
    assert region is not None
    return bitmap_of(region.mask())


def test_grabcut_finds_a_disc_in_its_box() -> None:
    shape = disc(70, 60, 30)
    assert iou(cut(on_noise(shape), Prompt(Box(35, 25, 105, 95))), shape) > 0.9


def test_the_same_prompt_finds_the_same_object() -> None:
    prompt = Prompt(Box(35, 25, 105, 95))
    rgb = on_noise(disc(70, 60, 30))
    assert np.array_equal(cut(rgb, prompt), cut(rgb, prompt))


def test_strokes_take_away_and_add() -> None:
    left, right = disc(50, 60, 20), disc(110, 60, 20)
    rgb = on_noise(left | right)
    box = Box(25, 35, 135, 85)
    assert iou(cut(rgb, Prompt(box)), left | right) > 0.9
    out = Scribble(((96.0, 60.0), (124.0, 60.0)), 24.0, inside=False)
    without = cut(rgb, Prompt(box, (out,)))
    assert not without[60, 100:120].any()
    assert without[60, 40:60].all()
    # A stroke outside the box says that the object goes on there.
    inside = Scribble(((100.0, 60.0), (120.0, 60.0)), 6.0, inside=True)
    assert cut(rgb, Prompt(Box(25, 35, 75, 85), (inside,)))[60, 100:120].all()


def test_a_later_stroke_wins() -> None:
    rgb = on_noise(disc(70, 60, 30))
    way = ((60.0, 60.0), (80.0, 60.0))
    prompt = Prompt(Box(35, 25, 105, 95), (Scribble(way, 6, True), Scribble(way, 6, False)))
    assert not cut(rgb, prompt)[60, 61:79].any()


@pytest.mark.parametrize(
    "box",
    [
        Box(0, 0, WIDTH, HEIGHT),
        Box(-20, -20, WIDTH + 20, HEIGHT + 20),
        Box(10, 10, 11, 11),
        Box(158, 118, 160, 120),
        Box(0, 0, 1, HEIGHT),
    ],
)
def test_any_box_is_worked_on(box: Box) -> None:
    region = GrabCut().segment(Picture(on_noise(disc(70, 60, 30))), Prompt(box), go_on)
    assert region is not None


def test_a_flat_picture_is_no_error() -> None:
    flat = Picture(np.full((HEIGHT, WIDTH, 3), 90, np.uint8))
    assert GrabCut().segment(flat, Prompt(Box(30, 30, 60, 60)), go_on) is not None


def test_work_can_be_stopped() -> None:
    picture = Picture(on_noise(disc(70, 60, 30)))
    assert GrabCut().segment(picture, Prompt(Box(35, 25, 105, 95)), lambda: True) is None
    assert GrabCut().segment(picture, Prompt(Box(300, 300, 350, 350)), go_on) is None


# Holes ----------------------------------------------------------------------------------------


def test_a_click_in_a_masks_hole_fills_just_that_hole() -> None:
    ring, other = disc(50, 60, 30) & ~disc(50, 60, 10), disc(120, 60, 25) & ~disc(120, 60, 8)
    mask = masks.encode(ring | other)
    assert mask
    filled = assist.fill_hole(mask, (50, 60))
    assert isinstance(filled, Mask)
    assert np.array_equal(bitmap_of(filled), disc(50, 60, 30) | other)
    assert assist.fill_hole(mask, (30, 60)) is None  # on the mask
    assert assist.fill_hole(mask, (85, 60)) is None  # between the two
    assert assist.fill_hole(mask, (5, 5)) is None


def test_a_hole_whose_wall_touches_at_corners_only_is_closed() -> None:
    bitmap = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], bool)
    mask = masks.encode(bitmap, 10, 10)
    assert mask
    filled = assist.fill_hole(mask, (11.5, 11.5))
    assert isinstance(filled, Mask)
    assert geo.area(filled) == 5


def test_a_polygon_loses_the_hole_and_stays_a_polygon() -> None:
    outer = ((0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0))
    hole = ((20.0, 20.0), (60.0, 20.0), (60.0, 60.0), (20.0, 60.0))
    small = ((70.0, 70.0), (80.0, 70.0), (80.0, 80.0))
    island = Part(((30.0, 30.0), (40.0, 30.0), (40.0, 40.0)))
    polygon = Polygon((Part(outer, (hole, small)), island))
    assert assist.fill_hole(polygon, (50, 50)) == Polygon((Part(outer, (small,)),))
    assert assist.fill_hole(polygon, (38, 32)) is None  # on the island
    assert assist.fill_hole(polygon, (10, 10)) is None
    assert assist.fill_hole(Box(0, 0, 9, 9), (3, 3)) is None
