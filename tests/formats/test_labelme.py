from __future__ import annotations

import base64
import json
import math
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow

from studio.domain import geometry as geo
from studio.domain.imports import ImportBatch, ImportedImage
from studio.domain.project import Split
from studio.domain.shapes import (
    Box,
    Geometry,
    Mask,
    Part,
    Points,
    Polygon,
    Polyline,
    RotatedBox,
)
from studio.errors import FormatError
from studio.formats.contract import ImportOptions
from studio.formats.labelme import reading as labelme
from studio.vision import masks
from tests.formats.whole import result_of
from tests.making import picture

Json = dict[str, Any]

TRIANGLE: list[list[float]] = [[10, 10], [30, 10], [30, 30]]

VERSION_3 = """{
  "version": "3.16.7", "flags": {},
  "shapes": [
    {"label": "cat", "line_color": null, "fill_color": null,
     "points": [[10, 10], [30, 10], [30, 30]]},
    {"label": "dog", "line_color": [0, 255, 0, 128], "fill_color": null,
     "points": [[40.5, 30.25], [20.5, 5.0]], "shape_type": "rectangle", "flags": {"far": true}}
  ],
  "lineColor": [0, 255, 0, 128], "fillColor": [255, 0, 0, 128],
  "imagePath": "..\\\\photos\\\\a.png", "imageData": "aGk=", "imageHeight": 48, "imageWidth": 64
}"""

X_ANYLABELING = """{
  "version": "4.2.1", "flags": {"__ignore__": false, "blurred": false, "sharp": true},
  "checked": true,
  "shapes": [
    {"label": "person", "score": 0.87, "points": [[5, 6], [25, 6], [25, 36], [5, 36]],
     "group_id": 3, "description": "by the door", "difficult": true, "shape_type": "rectangle",
     "flags": {}, "attributes": {"coat": "red"}, "kie_linking": []},
    {"label": "left eye", "score": null, "points": [[10.5, 9.0]], "group_id": 3,
     "description": null, "difficult": false, "shape_type": "point", "flags": null,
     "attributes": {}, "kie_linking": []},
    {"label": "right eye", "score": null, "points": [[19.5, 9.0]], "group_id": 3,
     "description": null, "difficult": true, "shape_type": "point", "flags": {},
     "attributes": {}, "kie_linking": []},
    {"label": "ship", "score": null, "points": [[30, 10], [50, 10], [50, 20], [30, 20]],
     "group_id": null, "description": "", "difficult": false, "shape_type": "rotation",
     "flags": {}, "attributes": {}, "kie_linking": [], "direction": 1.5707963267948966}
  ],
  "imagePath": "a.png", "imageData": null, "imageHeight": 48, "imageWidth": 64,
  "description": "", "tags": ["night", "sharp", " "]
}"""

ISAT = """{
    "version": "5.2.0.post4 | ISAT to LabelMe",
    "imagePath": "a.png", "imageData": null, "imageHeight": 48, "imageWidth": 64, "flags": {},
    "shapes": [
        {"label": "leaf", "points": [[1.0, 1.0], [9.0, 1.0], [9.0, 9.0]], "group_id": 1,
         "description": "torn", "shape_type": "polygon", "flags": {}},
        {"label": "leaf", "points": [[20.0, 1.0], [29.0, 1.0], [29.0, 9.0]], "group_id": 1,
         "description": "", "shape_type": "polygon", "flags": {}},
        {"label": "stem", "points": [[20.0, 1.0], [29.0, 1.0], [29.0, 9.0]], "group_id": 1,
         "description": "", "shape_type": "polygon", "flags": {}}
    ]
}"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    picture(tmp_path / "a.png", 64, 48)
    return tmp_path


def shape(kind: str, *points: object, label: object = "cat", **more: object) -> Json:
    return {"label": label, "shape_type": kind, "points": list(points), **more}


def document(*shapes: object, **more: object) -> Json:
    return {
        "version": "5.5.0",
        "flags": {},
        "shapes": list(shapes),
        "imagePath": "a.png",
        "imageData": None,
        "imageHeight": 48,
        "imageWidth": 64,
        **more,
    }


def write(path: Path, content: Json | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def read(source: Path, **options: Any) -> ImportBatch:
    return result_of(labelme.read(source, ImportOptions(**options)))


def batch_of(folder: Path, *shapes: object, **more: object) -> ImportBatch:
    write(folder / "a.json", document(*shapes, **more))
    return read(folder)


def image_of(folder: Path, *shapes: object, **more: object) -> ImportedImage:
    """The one image, all of whose labels were taken over without a word."""
    batch = batch_of(folder, *shapes, **more)
    assert [str(problem) for problem in batch.problems] == []
    [image] = batch.images
    return image


def geometry_of(folder: Path, *shapes: object, **more: object) -> Geometry:
    [found] = image_of(folder, *shapes, **more).shapes
    return found.geometry


def said(batch: ImportBatch) -> list[tuple[str, str]]:
    return [(problem.field, str(problem.sentence)) for problem in batch.problems]


# Whole files ------------------------------------------------------------------------------------


def test_labelme_3(tmp_path: Path) -> None:
    picture(tmp_path / "photos" / "a.png", 64, 48)
    write(tmp_path / "json" / "a.json", VERSION_3)
    batch = read(tmp_path)
    [image] = batch.images
    assert not batch.problems
    assert image.path == tmp_path / "photos" / "a.png"
    assert (image.shapes_done, image.tags_done) == (True, False)
    triangle, box = image.shapes
    assert triangle.geometry == geo.polygon((10, 10), (30, 10), (30, 30))
    assert (box.label, box.geometry) == ("dog", Box(20.5, 5, 40.5, 30.25))
    assert box.attributes == (("far", "1"),)
    assert batch.labels == ("cat", "dog")


def test_x_anylabeling(folder: Path) -> None:
    write(folder / "a.json", X_ANYLABELING)
    batch = read(folder)
    [image] = batch.images
    assert not batch.problems
    person, eyes, ship = image.shapes
    assert (person.label, person.geometry) == ("person", Box(5, 6, 25, 36))
    about = (("coat", "red"), ("description", "by the door"), ("difficult", "1"))
    assert person.attributes == about
    assert eyes.label == "person"
    names = ("left eye", "right eye")
    assert eyes.geometry == Points(((10.5, 9), (19.5, 9)), frozenset({1}), names)
    assert eyes.attributes == about
    assert ship.geometry == RotatedBox(40, 15, 10, 20, 90)
    assert (image.tags, image.tags_done) == (("sharp", "night"), True)
    assert image.shapes_done
    assert batch.labels == ("person", "ship", "sharp", "night", "blurred")


def test_isat(folder: Path) -> None:
    write(folder / "a.json", ISAT)
    [image] = read(folder).images
    leaf, stem = image.shapes
    part = Part(((20, 1), (29, 1), (29, 9)))
    assert leaf.geometry == Polygon((Part(((1, 1), (9, 1), (9, 9))), part))
    assert leaf.attributes == (("description", "torn"),)
    assert (stem.label, stem.geometry) == ("stem", Polygon((part,)))


# Kinds of shapes --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["polygon", "quadrilateral", None])
def test_polygons(folder: Path, kind: str) -> None:
    points = [[10, 10], [30, 10], [30, 30], [12, 33]]
    polygon = geo.polygon((10, 10), (30, 10), (30, 30), (12, 33))
    assert geometry_of(folder, shape(kind, *points)) == polygon


@pytest.mark.parametrize(
    "corners",
    [
        [[10, 5], [30, 25]],
        [[30, 25], [10, 5]],
        [[30, 5], [10, 25]],
        [[10, 5], [30, 5], [30, 25], [10, 25]],
        [[30, 25.0004], [10.0003, 25], [10, 5], [30, 5]],
    ],
)
def test_a_rectangle_has_two_corners_in_any_order_or_four(
    folder: Path, corners: list[list[float]]
) -> None:
    box = geo.bounds(geometry_of(folder, shape("rectangle", *corners)))
    assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx((10, 5, 30, 25), abs=0.001)


def test_a_circle_is_round(folder: Path) -> None:
    circle = geometry_of(folder, shape("circle", [32, 24], [32, 4]))
    assert isinstance(circle, Polygon)
    [part] = circle.parts
    assert {round(math.dist(point, (32, 24)), 6) for point in part.outer} == {20}
    assert geo.area(circle) == pytest.approx(math.pi * 400, rel=0.005)


def test_lines(folder: Path) -> None:
    image = image_of(folder, shape("line", [1, 2], [3, 4]), shape("linestrip", *TRIANGLE))
    assert [found.geometry for found in image.shapes] == [
        Polyline(((1, 2), (3, 4))),
        Polyline(((10, 10), (30, 10), (30, 30))),
    ]


def test_points(folder: Path) -> None:
    image = image_of(
        folder,
        shape("point", [1, 2]),
        shape("points", [1, 2], [3, 4]),
        shape("point", [5, 6], difficult=True),
    )
    assert [found.geometry for found in image.shapes] == [
        Points(((1, 2),)),
        Points(((1, 2), (3, 4))),
        Points(((5, 6),), frozenset({0})),
    ]


@pytest.mark.parametrize("kind", ["oriented_rectangle", "rotation"])
@pytest.mark.parametrize("clockwise", [True, False])
def test_rotated_boxes(folder: Path, kind: str, clockwise: bool) -> None:
    told = RotatedBox(30, 20, 20, 10, 30)
    corners = [[round(x, 1), round(y, 1)] for x, y in geo.corners(told)]
    if not clockwise:
        corners = [corners[i] for i in (1, 0, 3, 2)]
    found = geometry_of(folder, shape(kind, *corners))
    assert isinstance(found, RotatedBox)
    assert (found.cx, found.cy) == pytest.approx((30, 20), abs=0.1)
    assert (found.width, found.height) == pytest.approx((20, 10), abs=0.1)
    assert found.angle_deg == pytest.approx(30 if clockwise else -150, abs=0.5)


@pytest.mark.parametrize(("turned_deg", "sides"), [(0, (20, 10)), (90, (10, 20)), (270, (10, 20))])
def test_the_direction_says_from_which_side_a_box_is_told(
    folder: Path, turned_deg: float, sides: tuple[float, float]
) -> None:
    corners = geo.corners(RotatedBox(30, 20, 20, 10, 30))
    direction = math.radians(30 + turned_deg)
    found = geometry_of(folder, shape("rotation", *map(list, corners), direction=direction))
    assert isinstance(found, RotatedBox)
    assert (found.width, found.height) == pytest.approx(sides)
    assert math.cos(math.radians(found.angle_deg) - direction) == pytest.approx(1)


def test_a_rotated_box_may_leave_the_image(folder: Path) -> None:
    corners = geo.corners(RotatedBox(2, 2, 20, 10, 30))
    assert isinstance(geometry_of(folder, shape("rotation", *map(list, corners))), RotatedBox)


def test_what_is_no_rectangle_is_taken_otherwise_and_said(folder: Path) -> None:
    kite = [[30, 5], [40, 15], [30, 35], [20, 15]]
    batch = batch_of(folder, shape("oriented_rectangle", *kite), shape("rectangle", *kite))
    [image] = batch.images
    polygon = geo.polygon((30, 5), (40, 15), (30, 35), (20, 15))
    assert [found.geometry for found in image.shapes] == [polygon, Box(20, 5, 40, 35)]
    assert said(batch) == [
        (
            "shapes[0].points",
            "its corners are not those of a rectangle; it was taken as a polygon",
        ),
        (
            "shapes[1].points",
            "its corners are not those of a rectangle; the box around them was taken",
        ),
    ]
    assert not image.shapes_done


def test_a_cuboid_is_the_outline_around_it(folder: Path) -> None:
    front, back = [[10, 10], [30, 10], [30, 30], [10, 30]], [[15, 5], [35, 5], [35, 25], [15, 25]]
    batch = batch_of(folder, shape("cuboid", *front, *back))
    [found] = batch.images[0].shapes
    assert geo.area(found.geometry) == 20 * 20 + 5 * 20 * 2
    assert said(batch) == [("shapes", "1 cuboid(s) were taken as the outlines around them")]


def png(bitmap: Any) -> str:
    return base64.b64encode(cv2.imencode(".png", bitmap)[1].tobytes()).decode()


def ring(height: int, width: int) -> Any:
    bitmap = np.ones((height, width), np.uint8)
    bitmap[1:-1, 1:-1] = 0
    return bitmap


@pytest.mark.parametrize("value", [1, 255])
def test_a_mask_begins_at_its_first_corner(folder: Path, value: int) -> None:
    told = shape("mask", [10, 5], [13, 7], mask=png(ring(3, 4) * value))
    mask = geometry_of(folder, told)
    assert isinstance(mask, Mask)
    assert (mask.x, mask.y, mask.width, mask.height) == (10, 5, 4, 3)
    assert (masks.decode(mask) == ring(3, 4)).all()


def test_corners_between_pixels_and_masks_larger_than_they_say(folder: Path) -> None:
    larger = np.zeros((4, 5), np.uint8)
    larger[:3, :4] = ring(3, 4)
    larger[3, 4] = 1
    mask = geometry_of(folder, shape("mask", [9.6, 5.4], [12.6, 7.4], mask=png(larger)))
    assert isinstance(mask, Mask)
    assert (mask.x, mask.y, mask.width, mask.height) == (10, 5, 5, 4)


def test_a_mask_in_colours_and_one_that_leaves_the_image(folder: Path) -> None:
    colours = np.zeros((3, 4, 4), np.uint8)
    colours[..., 3] = 255
    colours[1, 2] = 200
    image = image_of(
        folder,
        shape("mask", [10, 5], [13, 7], mask=png(colours)),
        shape("mask", [62, 46], [66, 49], mask=png(np.ones((4, 5), np.uint8))),
    )
    boxes = [geo.bounds(found.geometry) for found in image.shapes]
    assert boxes == [Box(12, 6, 13, 7), Box(62, 46, 64, 48)]


def test_shapes_are_cut_to_the_image(folder: Path) -> None:
    image = image_of(
        folder,
        shape("rectangle", [-3, -3], [10, 10]),
        shape("polygon", [60, 40], [70, 40], [70, 47], [60, 47]),
    )
    assert [geo.bounds(found.geometry) for found in image.shapes] == [
        Box(0, 0, 10, 10),
        Box(60, 40, 64, 47),
    ]


@pytest.mark.parametrize(
    ("entry", "place", "sentence"),
    [
        (7, "", "this should be an object"),
        (shape("polygon", [1, 2], [3, 4]), ".points", "a polygon needs three points or more"),
        (shape("polygon"), ".points", "pairs of numbers"),
        (shape("polygon", *TRIANGLE, [1, None]), ".points", "pairs of numbers"),
        (shape("polygon", *TRIANGLE, [1, float("nan")]), ".points", "pairs of numbers"),
        (shape("polygon", *TRIANGLE, [1, float("inf")]), ".points", "pairs of numbers"),
        (shape("polygon", *TRIANGLE, [1, 1e300]), ".points", "pairs of numbers"),
        (shape("polygon", *TRIANGLE, [1, 10**400]), ".points", "pairs of numbers"),
        (shape("polygon", *TRIANGLE, [1, "2"]), ".points", "pairs of numbers"),
        (shape("polygon", *TRIANGLE, [1, 2, 3]), ".points", "pairs of numbers"),
        (shape("polygon", 1, 2, 3, 4, 5, 6), ".points", "pairs of numbers"),
        ({"label": "cat", "shape_type": "polygon", "points": "x"}, ".points", "pairs of numbers"),
        ({"label": "cat", "shape_type": "polygon"}, ".points", "pairs of numbers"),
        (shape("rectangle", [1, 2], [3, 4], [5, 6]), ".points", "two opposite corners"),
        (shape("rectangle", [5, 2], [5, 9]), ".points", "no area within the image"),
        (shape("rectangle", [500, 500], [510, 510]), ".points", "no area within the image"),
        (shape("circle", [5, 5]), ".points", "its centre and a point on it"),
        (shape("circle", [5, 5], [5, 5]), ".points", "no area within the image"),
        (shape("line", [5, 5]), ".points", "a line needs two points"),
        (shape("rotation", [5, 5], [6, 6]), ".points", "needs its four corners"),
        (shape("cuboid", [5, 5], [6, 6]), ".points", "needs its eight corners"),
        (shape("point", [64.5, 5]), ".points", "1 keypoint(s) lie outside the image"),
        (shape("spline", *TRIANGLE), ".shape_type", "spline is no known kind of shape"),
        (shape("mask", [5, 5], [6, 6]), ".mask", "no PNG in base64"),
        (shape("mask", [5, 5], [6, 6], mask=7), ".mask", "no PNG in base64"),
        (shape("mask", [5, 5], [6, 6], mask="größer"), ".mask", "no PNG in base64"),
        (shape("mask", [5, 5], [6, 6], mask=png(ring(3, 4))[:60]), ".mask", "no PNG in base64"),
        (shape("mask", [5, 5], mask=png(ring(3, 4))), ".points", "a mask needs two corners"),
        (shape("mask", [5, 5], [6, 6], mask=png(ring(3, 4) * 0)), ".mask", "the mask is empty"),
        (shape("mask", [5, 5], [6, 6], mask=png(ring(200, 4))), ".mask", "4 x 200 pixels, many"),
        (shape("polygon", *TRIANGLE, label=" "), ".label", "the object has no class"),
        (shape("polygon", *TRIANGLE, label=None), ".label", "the object has no class"),
    ],
)
def test_a_bad_entry_is_said_and_the_rest_goes_on(
    folder: Path, entry: Any, place: str, sentence: str
) -> None:
    batch = batch_of(folder, shape("polygon", *TRIANGLE), entry)
    [image] = batch.images
    assert len(image.shapes) == 1
    [(field, text)] = said(batch)
    assert field == f"shapes[1]{place}"
    assert sentence in text
    assert not image.shapes_done
    assert batch.problems[0].file == "a.json"


@pytest.mark.parametrize("name", ["1", "yes", "null", "螺母", 7])
def test_names_are_texts(folder: Path, name: object) -> None:
    [found] = image_of(folder, shape("polygon", *TRIANGLE, label=name)).shapes
    assert found.label == str(name)


def test_a_name_of_half_a_letter(folder: Path) -> None:
    [found] = image_of(folder, shape("polygon", *TRIANGLE, label="a\ud800")).shapes
    assert found.label == "a\\ud800"


def test_what_is_said_of_an_object(folder: Path) -> None:
    told = shape(
        "polygon",
        *TRIANGLE,
        flags={"far": True, "near": False},
        description="torn",
        text="A1",
        difficult=True,
        attributes={"colour": "red", "size": 3},
        score=0.9,
    )
    [found] = image_of(folder, told).shapes
    assert dict(found.attributes) == {
        "colour": "red",
        "size": "3",
        "description": "torn",
        "text": "A1",
        "difficult": "1",
        "far": "1",
    }


def test_regions_that_labelme_ignores(folder: Path) -> None:
    batch = batch_of(folder, shape("polygon", *TRIANGLE, label="__ignore__"))
    [found] = batch.images[0].shapes
    assert (found.label, found.ignore) == ("", True)
    assert batch.labels == ()


# Groups -----------------------------------------------------------------------------------------


def test_polygons_and_masks_of_a_group_are_one_mask(folder: Path) -> None:
    square = [[1, 1], [5, 1], [5, 5], [1, 5]]
    image = image_of(
        folder,
        shape("polygon", *square, group_id=0, description="left"),
        shape("polygon", *square, group_id=1),
        shape("mask", [10, 5], [13, 7], mask=png(ring(3, 4)), group_id=0, description="right"),
    )
    both, other = image.shapes
    assert isinstance(both.geometry, Mask)
    assert geo.area(both.geometry) == 16 + 10
    assert geo.bounds(both.geometry) == Box(1, 1, 14, 8)
    assert both.attributes == (("description", "left; right"),)
    assert isinstance(other.geometry, Polygon)


def test_boxes_of_a_group_stay_as_they_are(folder: Path) -> None:
    image = image_of(
        folder,
        shape("rectangle", [1, 1], [9, 9], group_id=1),
        shape("rectangle", [20, 1], [29, 9], group_id=1),
        shape("polygon", *TRIANGLE, group_id=1),
    )
    assert len(image.shapes) == 3


def test_points_of_one_name_and_group_are_one_object(folder: Path) -> None:
    image = image_of(
        folder,
        shape("point", [1, 1], group_id=1),
        shape("point", [2, 2], group_id=2),
        shape("point", [3, 3], group_id=1),
        shape("point", [4, 4]),
        shape("point", [5, 5], group_id=1, label="dog"),
    )
    assert [(found.label, found.geometry) for found in image.shapes] == [
        ("cat", Points(((1, 1), (3, 3)))),
        ("cat", Points(((2, 2),))),
        ("cat", Points(((4, 4),))),
        ("dog", Points(((5, 5),))),
    ]


def test_keypoints_of_a_polygon_and_those_that_bear_its_name(folder: Path) -> None:
    image = image_of(
        folder,
        shape("polygon", *TRIANGLE, group_id=1),
        shape("point", [1, 1], group_id=1, label="tail"),
        shape("polygon", *TRIANGLE, group_id=2),
        shape("point", [2, 2], group_id=2),
        shape("linestrip", *TRIANGLE, group_id=3),
        shape("point", [3, 3], group_id=3, label="tail"),
    )
    points = [found for found in image.shapes if isinstance(found.geometry, Points)]
    assert [(found.label, found.geometry) for found in points] == [
        ("cat", Points(((1, 1),), names=("tail",))),
        ("cat", Points(((2, 2),))),
        ("tail", Points(((3, 3),))),
    ]


@pytest.mark.parametrize("other", ["cat", "dog"])
def test_points_among_several_objects_are_objects_of_their_own(folder: Path, other: str) -> None:
    batch = batch_of(
        folder,
        shape("rectangle", [1, 1], [9, 9], group_id=1),
        shape("rectangle", [20, 1], [29, 9], group_id=1, label=other),
        shape("point", [3, 3], group_id=1, label="tail"),
        shape("point", [4, 4], group_id=1, label="nose"),
    )
    assert [found.label for found in batch.images[0].shapes] == ["cat", other, "tail", "nose"]
    assert said(batch) == [
        (
            "shapes[2]",
            "group 1 holds several objects, so there is no telling whose keypoints its points are; "
            "they were taken as objects of their own",
        )
    ]


def test_keypoints_outside_the_image_are_left_out(folder: Path) -> None:
    batch = batch_of(
        folder,
        shape("rectangle", [1, 1], [9, 9], group_id=1),
        shape("point", [3, 3], group_id=1, label="tail"),
        shape("point", [-4, 4], group_id=1, label="nose"),
    )
    assert batch.images[0].shapes[1].geometry == Points(((3, 3),), names=("tail",))
    assert said(batch) == [
        ("shapes[1].points", "1 keypoint(s) lie outside the image; they were left out")
    ]


# Tags, and what is done -------------------------------------------------------------------------


def test_no_shape_means_that_nothing_is_there(folder: Path) -> None:
    image = image_of(folder)
    assert (image.shapes, image.shapes_done, image.tags_done) == ((), True, False)


def test_flags_are_tags(folder: Path) -> None:
    batch = batch_of(folder, shape("point", [1, 1]), flags={"sharp": True, "dark": False, "": True})
    [image] = batch.images
    assert (image.tags, image.tags_done, image.shapes_done) == (("sharp",), True, True)
    assert batch.labels == ("cat", "sharp", "dark")


def test_where_only_flags_were_asked_for_shapes_are_not_done(folder: Path) -> None:
    picture(folder / "b.png")
    write(folder / "b.json", document(imagePath="b.png", flags={"sharp": False}, checked=True))
    batch = batch_of(folder, flags={"sharp": True})
    assert [image.tags_done for image in batch.images] == [True, True]
    assert [image.shapes_done for image in batch.images] == [False, True]


def test_labels_that_somebody_found_wrong_are_not_done(folder: Path) -> None:
    assert not image_of(folder, shape("point", [1, 1]), checked="failed").shapes_done


@pytest.mark.parametrize("flags", [None, [], ["sharp"], "sharp"])
def test_flags_that_are_none(folder: Path, flags: object) -> None:
    image = image_of(folder, flags=flags, tags=flags)
    assert image.tags_done == (flags == ["sharp"])


# Which image ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "a.png",
        "A.PNG",
        "a.jpg",
        "renamed.png",
        "C:\\photos\\a.png",
        "/home/other/a.png",
        "../x/a.png",
        "",
        None,
        7,
        "\ud800",
        "a\0.png",
        "x" * 5000,
    ],
)
def test_the_image_is_the_one_of_the_files_own_name(folder: Path, name: object) -> None:
    picture(folder / "b.png")
    assert image_of(folder, imagePath=name).path == folder / "a.png"


def test_an_image_of_another_name_is_found_by_what_the_file_says(folder: Path) -> None:
    write(folder / "labels" / "frame 1.json", document(imagePath="..\\a.png"))
    [image] = read(folder).images
    assert image.path == folder / "a.png"


def test_of_two_images_the_one_of_the_files_own_name_is_taken_and_said(folder: Path) -> None:
    picture(folder / "b.png")
    batch = batch_of(folder, imagePath="b.png")
    assert [image.path for image in batch.images] == [folder / "a.png"]
    assert said(batch) == [
        ("imagePath", "it names the image b.png, but a.png has its own name; that one was taken")
    ]


def test_one_stem_with_two_extensions(folder: Path) -> None:
    picture(folder / "a.bmp", 64, 48)
    assert image_of(folder, imagePath="a.bmp").path == folder / "a.bmp"


def test_a_folder_of_their_own_and_folders_of_splits(tmp_path: Path) -> None:
    for split in ("train", "val"):
        picture(tmp_path / "images" / split / "a.png", 64, 48)
        write(tmp_path / "annotations" / split / "a.json", document(shape("point", [1, 1])))
    picture(tmp_path / "images" / "test" / "b.png", 64, 48)
    write(tmp_path / "annotations" / "b.json", document(imagePath="b.png"))
    for source in (tmp_path, tmp_path / "annotations"):
        batch = read(source)
        assert not batch.problems
        assert {
            image.path.relative_to(tmp_path / "images"): image.split for image in batch.images
        } == {
            Path("train", "a.png"): Split.TRAIN,
            Path("val", "a.png"): Split.VAL,
            Path("test", "b.png"): Split.TEST,
        }
    assert {image.split for image in read(tmp_path, split=Split.VAL).images} == {Split.VAL}


def test_images_elsewhere_and_a_single_file(tmp_path: Path) -> None:
    picture(tmp_path / "photos" / "a.png", 64, 48)
    path = write(tmp_path / "labels" / "a.JSON", document(shape("point", [1, 1])))
    with pytest.raises(FormatError, match="say in which folder"):
        read(path.parent / "a.JSON", images=tmp_path / "labels")
    assert len(read(tmp_path / "labels", images=tmp_path / "photos").images) == 1
    assert len(read(path, also_in=(tmp_path / "photos",)).images) == 1


def test_a_picture_that_exists_only_inside_the_file(folder: Path) -> None:
    write(folder / "gone.json", document(imagePath="x\\gone.png", imageData="aGk="))
    batch = batch_of(folder)
    assert [image.path for image in batch.images] == [folder / "a.png"]
    assert said(batch) == [
        (
            "imagePath",
            "the image x\\gone.png was not found; the picture exists only inside this file "
            "(imageData): save it beside the file, under the file's name, and import again",
        )
    ]
    assert sorted(path.name for path in folder.iterdir()) == ["a.json", "a.png", "gone.json"]


def test_an_image_that_is_not_found_or_cannot_be_read(folder: Path) -> None:
    write(folder / "gone.json", document(imagePath="gone.png"))
    write(folder / "broken.json", document(shape("point", [1, 1]), imagePath="broken.png"))
    (folder / "broken.png").write_bytes(b"no picture")
    batch = batch_of(folder, shape("point", [1, 1]))
    assert [(problem.file, problem.field) for problem in batch.problems] == [
        ("broken.png", ""),
        ("gone.json", "imagePath"),
    ]
    assert [image.shapes_done for image in batch.images] == [True, False]


def test_two_files_about_one_image(folder: Path) -> None:
    write(folder / "backup" / "a.json", document())
    batch = batch_of(folder, shape("point", [1, 1]))
    [image] = batch.images
    assert (len(image.shapes), image.shapes_done) == (1, False)
    [problem] = batch.problems
    assert problem.file == str(Path("backup", "a.json"))


def test_another_size_than_the_files_is_said(folder: Path) -> None:
    batch = batch_of(folder, imageWidth=640, imageHeight=480)
    assert "640 x 480" in said(batch)[0][1]


def test_shapes_that_were_drawn_on_an_image_before_it_was_turned(folder: Path) -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 6  # the file's left is the picture's top
    Pillow.new("RGB", (64, 48)).save(folder / "a.png", exif=exif)
    told = [
        shape("rectangle", [0, 0], [10, 5]),
        shape("mask", [0, 0], [9, 4], mask=png(ring(5, 10))),
    ]
    batch = batch_of(folder, *told)
    boxes = [geo.bounds(found.geometry) for found in batch.images[0].shapes]
    assert boxes == [Box(43, 0, 48, 10), Box(43, 0, 48, 10)]
    assert "turned with it" in said(batch)[0][1]
    upright = image_of(folder, *told, imageWidth=48, imageHeight=64)
    assert geo.bounds(upright.shapes[0].geometry) == Box(0, 0, 10, 5)


@pytest.mark.parametrize("size", [None, -1, 0, "64", float("inf"), 10**400])
def test_a_size_that_is_none(folder: Path, size: object) -> None:
    assert image_of(folder, imageWidth=size, imageHeight=size).shapes_done


# Files of other programs, and broken ones -------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    ['{"name": "package"}', "[]", "7", '{"images": [], "annotations": []}', '{"shapes": {}}'],
)
def test_files_of_other_programs_are_passed_over(folder: Path, content: str) -> None:
    write(folder / "other.json", content)
    write(folder / ".checkpoints" / "a.json", document())
    write(folder / "__MACOSX" / "._a.json", "")
    assert len(image_of(folder, shape("point", [1, 1])).shapes) == 1


def test_large_files_are_read_where_they_mention_shapes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(labelme, "_LARGE_BYTES", 100)
    write(folder / "other.json", "[" * 1000)  # it would be said that this is broken
    assert len(image_of(folder, shape("point", [1, 1]), imageData="x" * 1000).shapes) == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "it is not valid JSON"),
        (b'{"shapes": [', "it is not valid JSON"),
        (b"[" * 100_000, "it is not valid JSON"),
        (b'{"shapes": [], "imageHeight": ' + b"9" * 5000 + b"}", "it is not valid JSON"),
        ('{"shapes": [{"label": "螺母"}]}'.encode("gbk"), "it is not in UTF-8; save it as such"),
    ],
)
def test_a_broken_file_is_said_and_the_others_go_on(
    folder: Path, content: bytes, sentence: str
) -> None:
    (folder / "broken.json").write_bytes(content)
    batch = batch_of(folder, shape("point", [1, 1]))
    assert len(batch.images) == 1
    [problem] = batch.problems
    assert problem.file == "broken.json"
    assert str(problem.sentence).startswith(sentence)
    with pytest.raises(FormatError, match=r"broken\.json cannot be read as a labelme file"):
        read(folder / "broken.json")


def test_a_byte_order_mark(folder: Path) -> None:
    (folder / "a.json").write_text(json.dumps(document()), encoding="utf-8-sig")
    assert len(read(folder).images) == 1


def test_nothing_there(folder: Path) -> None:
    (folder / "a.xml").write_text("<annotation/>")  # MIT's LabelMe
    with pytest.raises(FormatError, match="There is no labelme file"):
        read(folder)
    other = write(folder / "other.json", "{}")
    with pytest.raises(FormatError, match="is not a labelme file"):
        read(other)


def test_it_tells_how_far_it_is(folder: Path) -> None:
    write(folder / "a.json", document())
    write(folder / "b.json", "{}")
    steps = labelme.read(folder, ImportOptions())
    assert [(step.done, step.total) for step in steps] == [(1, 2), (2, 2)]
