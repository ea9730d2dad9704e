"""Reading order: line by line, whatever the sizes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studio.domain.reading_order import reading_order
from studio.domain.shapes import Box


def at(x: float, y: float, width: float = 10, height: float = 10) -> Box:
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def test_lines_are_read_from_left_to_right_though_they_are_not_level() -> None:
    boxes = [at(70, 12), at(10, 14), at(40, 10), at(60, 41), at(20, 43)]
    assert reading_order(boxes) == [1, 2, 0, 4, 3]


def test_a_box_around_everything_does_not_make_one_line_of_it() -> None:
    boxes = [at(50, 50, 100, 100), at(80, 10), at(20, 10), at(80, 90), at(20, 90)]
    assert reading_order(boxes) == [2, 1, 0, 4, 3]


def test_points_without_any_height_have_an_order_too() -> None:
    assert reading_order([at(5, 9, 0, 0), at(9, 1, 0, 0), at(1, 1, 0, 0)]) == [2, 1, 0]
    assert reading_order([]) == []


@given(st.lists(st.builds(at, *[st.floats(0, 100)] * 4), max_size=12), st.randoms())
def test_the_order_is_the_same_however_the_boxes_come(boxes: list[Box], random) -> None:
    order = reading_order(boxes)
    assert sorted(order) == list(range(len(boxes)))
    shuffled = random.sample(boxes, len(boxes))
    again = [shuffled[i] for i in reading_order(shuffled)]
    assert [_centre(b) for b in again] == [_centre(boxes[i]) for i in order]


def _centre(box: Box) -> tuple[float, float]:
    return ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
