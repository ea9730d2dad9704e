"""Shapes made out of shapes: what stays, what goes, what is refused."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import numpy as np
import pytest

from studio.domain import geometry as geo
from studio.domain.edits import Edit, Title
from studio.domain.shapes import (
    Box,
    Geometry,
    Mask,
    Part,
    Points,
    Polygon,
    Polyline,
    RotatedBox,
    Shape,
)
from studio.editing import reshaping
from studio.editing.reshaping import Kind
from studio.errors import EditConflict
from studio.vision import masks

SIZE = (100, 80)


def shape(shape_id: int, geometry: Geometry, **more: object) -> Shape:
    return replace(Shape(shape_id, 1, f"class {shape_id}", geometry), **more)


def square(x: float, y: float, side: float) -> Polygon:
    return geo.as_polygon(Box(x, y, x + side, y + side))


def bitmap(x: int, y: int, side: int) -> Mask:
    mask = masks.encode(np.ones((side, side), dtype=bool), x, y)
    assert mask is not None
    return mask


def after(edit: Edit) -> dict[int, Shape]:
    return {row.id: row for change in edit.changes if isinstance(row := change.after, Shape)}


def gone(edit: Edit) -> set[int]:
    return {
        change.before.id
        for change in edit.changes
        if isinstance(change.before, Shape) and change.after is None
    }


LOW = shape(1, Box(10, 10, 30, 30), note="seen from above", attributes=(("side", "left"),))
HIGH = shape(2, square(20, 20, 20))
APART = shape(3, square(60, 40, 10))


def test_uniting_keeps_the_lowest_with_all_it_says() -> None:
    edit = reshaping.unite([LOW, HIGH], SIZE)
    assert edit.title is Title.UNITE
    assert gone(edit) == {2}
    [united] = after(edit).values()
    assert replace(united, geometry=LOW.geometry) == LOW
    assert geo.area(united.geometry) == pytest.approx(700)


def test_joining_makes_parts_of_one_object_of_the_topmost_class() -> None:
    edit = reshaping.join([LOW, HIGH, APART], SIZE)
    assert gone(edit) == {1, 2}
    joined = after(edit)[3]
    assert joined.label == "class 3"
    assert isinstance(joined.geometry, Polygon)
    assert sorted(geo.area(Polygon((part,))) for part in joined.geometry.parts) == [100, 700]
    assert APART.geometry.parts[0] in joined.geometry.parts


def test_subtracting_uses_the_upper_shapes_up() -> None:
    edit = reshaping.subtract([LOW, HIGH], SIZE)
    assert gone(edit) == {2}
    assert geo.area(after(edit)[1].geometry) == pytest.approx(300)


def test_intersecting_keeps_what_is_common() -> None:
    edit = reshaping.intersect([LOW, HIGH], SIZE)
    assert gone(edit) == {2}
    assert geo.bounds(after(edit)[1].geometry) == Box(20, 20, 30, 30)


def test_a_mask_makes_the_result_a_mask() -> None:
    edit = reshaping.unite([LOW, shape(5, bitmap(25, 25, 10))], SIZE)
    united = after(edit)[1].geometry
    assert isinstance(united, Mask)
    assert geo.area(united) == 400 + 100 - 25


@pytest.mark.parametrize("verb", [reshaping.unite, reshaping.subtract, reshaping.intersect])
@pytest.mark.parametrize(
    "shapes",
    [
        [],
        [LOW],
        [LOW, replace(HIGH, locked=True)],
        [LOW, shape(7, Polyline(((1.0, 1.0), (20.0, 20.0))))],
        [shape(7, Points(((1.0, 1.0),))), LOW],
    ],
)
def test_what_cannot_be_done_is_refused(verb, shapes: list[Shape]) -> None:
    with pytest.raises(EditConflict):
        verb(shapes, SIZE)


def test_nothing_is_made_of_nothing() -> None:
    with pytest.raises(EditConflict, match="no area in common"):
        reshaping.intersect([LOW, APART], SIZE)
    with pytest.raises(EditConflict, match="Nothing would be left"):
        reshaping.subtract([LOW, shape(4, Box(0, 0, 50, 50))], SIZE)


def test_the_overlap_is_taken_from_what_is_below_alone() -> None:
    locked, inside = shape(4, Box(10, 30, 30, 50), locked=True), shape(5, Box(22, 22, 26, 26))
    above = shape(9, Box(30, 30, 50, 50))
    taker = replace(HIGH, id=8)
    outcome = reshaping.take_overlap([taker], [LOW, APART, locked, inside, taker, above], SIZE)
    assert outcome.count == 1  # what is covered wholly stays
    assert after(outcome.edit).keys() == {1}
    assert geo.area(after(outcome.edit)[1].geometry) == pytest.approx(300)
    assert not gone(outcome.edit)


def test_of_several_selected_the_upper_take_from_the_lower() -> None:
    outcome = reshaping.take_overlap([LOW, HIGH], [LOW, HIGH, APART], SIZE)
    assert after(outcome.edit).keys() == {1}


def test_there_may_be_no_overlap_to_take() -> None:
    with pytest.raises(EditConflict, match="Nothing below"):
        reshaping.take_overlap([LOW], [LOW, HIGH], SIZE)
    with pytest.raises(EditConflict, match="covered wholly"):
        reshaping.take_overlap([shape(9, Box(0, 0, 90, 70))], [LOW], SIZE)


def test_slicing_leaves_the_largest_piece_what_it_was() -> None:
    numbers = count(50)
    edit = reshaping.slice_shapes(
        [LOW, HIGH, APART, replace(HIGH, id=6, locked=True)],
        ((0.0, 25.0), (50.0, 25.0)),
        lambda n: [next(numbers) for _ in range(n)],
    )
    pieces = after(edit)
    assert pieces.keys() == {1, 2, 50, 51}
    assert replace(pieces[50], id=1, geometry=LOW.geometry) == LOW
    assert geo.bounds(pieces[1].geometry) == Box(10, 10, 30, 25)
    assert geo.bounds(pieces[50].geometry) == Box(10, 25, 30, 30)
    with pytest.raises(EditConflict, match="cuts no shape"):
        reshaping.slice_shapes([APART], ((0.0, 25.0), (50.0, 25.0)), range)


def test_conversions_there_and_back() -> None:
    mask = after(reshaping.convert([HIGH], Kind.MASK, SIZE))[2]
    assert geo.area(mask.geometry) == 400
    polygon = after(reshaping.convert([mask], Kind.POLYGON, SIZE))[2]
    assert isinstance(polygon.geometry, Polygon)
    assert len(polygon.geometry.parts[0].outer) == 4
    assert after(reshaping.convert([polygon], Kind.MASK, SIZE))[2] == mask
    assert after(reshaping.convert([mask], Kind.BOX, SIZE))[2].geometry == Box(20, 20, 40, 40)
    turned = after(reshaping.convert([LOW], Kind.ROTATED_BOX, SIZE))[1].geometry
    assert turned == RotatedBox(20, 20, 20, 20, 0)


def test_a_conversion_that_changes_or_leaves_nothing_is_refused() -> None:
    with pytest.raises(EditConflict, match="already"):
        reshaping.convert([LOW], Kind.BOX, SIZE)
    with pytest.raises(EditConflict, match="too small"):
        reshaping.convert([HIGH, shape(4, Box(200, 200, 210, 210))], Kind.MASK, SIZE)


def test_shapes_of_the_kind_already_stay_in_a_mixed_conversion() -> None:
    assert after(reshaping.convert([LOW, HIGH], Kind.BOX, SIZE)).keys() == {2}


def test_holes_are_filled_where_there_are_any() -> None:
    ring = Part(square(10, 10, 50).parts[0].outer, (square(20, 20, 10).parts[0].outer,))
    edit = reshaping.fill_holes([LOW, shape(4, Polygon((ring,)))])
    assert after(edit).keys() == {4}
    assert geo.area(after(edit)[4].geometry) == 2500
    with pytest.raises(EditConflict, match="no holes"):
        reshaping.fill_holes([LOW])


def test_simplifying_leaves_other_shapes_and_locked_ones_alone() -> None:
    dense = geo.polygon(*((float(x), 10.0) for x in range(10, 60)), (60.0, 40.0), (10.0, 40.0))
    shapes = [LOW, shape(4, dense), shape(5, dense, locked=True), shape(6, bitmap(1, 1, 5))]
    outcome = reshaping.simplify_outlines(shapes, 0.5)
    assert after(outcome.edit).keys() == {4}
    assert geo.area(after(outcome.edit)[4].geometry) == pytest.approx(geo.area(dense))
    assert not reshaping.simplify_outlines(shapes, 0).edit


def test_only_much_work_takes_long() -> None:
    assert not reshaping.takes_long([LOW, HIGH], Kind.BOX)
    assert reshaping.takes_long([shape(4, Box(0, 0, 3000, 2000))], Kind.MASK)
    assert reshaping.takes_long([shape(4, Mask(0, 0, 3000, 2000, b""))])
