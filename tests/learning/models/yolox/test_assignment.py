"""Which cells answer for which object, against cases worked by hand and a slow reference."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from studio.learning.models.yolox.assignment import Assignment, assign
from studio.learning.models.yolox.cells import Cells

CELLS = Cells.of(64, 64, torch.device("cpu"))
COUNT = 64 + 16 + 4
CLASSES = 2
OBJECT = torch.tensor([[16.0, 16.0, 32.0, 32.0]])
FIRST = torch.tensor([0])


def unsure() -> Tensor:
    return torch.zeros(COUNT, 1 + CLASSES)


def nowhere() -> Tensor:
    return torch.tensor([[500.0, 500.0, 501.0, 501.0]]).repeat(COUNT, 1)


def test_ten_perfect_boxes_near_the_middle_all_answer() -> None:
    answer = assign(CELLS, OBJECT.repeat(COUNT, 1), unsure(), OBJECT, FIRST)

    # Around (24, 24): four cells of stride 8, nine of stride 16, four of stride 32. The ten best
    # overlaps add up to ten; among equals the first answer.
    near = [2 * 8 + 2, 2 * 8 + 3, 3 * 8 + 2, 3 * 8 + 3]
    near += [64 + row * 4 + column for row in range(2) for column in range(3)]
    assert answer.cells.tolist() == near
    assert answer.overlaps.tolist() == [1.0] * 10


def test_one_cell_answers_where_the_boxes_are_bad() -> None:
    boxes = nowhere()
    boxes[64 + 5] = torch.tensor([16.0, 16.0, 32.0, 24.0])  # half of it

    answer = assign(CELLS, boxes, unsure(), OBJECT, FIRST)

    assert answer.cells.tolist() == [64 + 5]
    assert answer.overlaps.tolist() == [0.5]


def test_perfect_boxes_far_from_the_middle_do_not_answer() -> None:
    boxes = nowhere()
    boxes[0] = OBJECT[0]

    answer = assign(CELLS, boxes, unsure(), OBJECT, FIRST)

    assert 0 not in answer.cells.tolist() and len(answer.cells) == 1


def test_of_two_equal_boxes_the_one_of_the_right_class_answers() -> None:
    boxes, logits = nowhere(), unsure()
    boxes[[18, 27]] = torch.tensor([16.0, 16.0, 32.0, 28.0])  # three quarters, together 1.5
    logits[18, 1:] = torch.tensor([-2.0, 2.0])
    logits[27, 1:] = torch.tensor([2.0, -2.0])

    answer = assign(CELLS, boxes, logits, OBJECT, FIRST)

    assert answer.cells.tolist() == [27]


def test_a_cell_that_two_objects_want_goes_to_the_better_fitting() -> None:
    boxes = nowhere()
    boxes[18] = torch.tensor([16.0, 16.0, 32.0, 32.0])
    truths = torch.tensor([[16.0, 16.0, 32.0, 36.0], [16.0, 16.0, 32.0, 32.0]])

    answer = assign(CELLS, boxes, unsure(), truths, torch.tensor([0, 0]))

    assert answer.objects[answer.cells.tolist().index(18)] == 1


def test_an_image_without_objects_has_no_answers() -> None:
    nothing = torch.zeros(0, dtype=torch.int64)
    answer = assign(CELLS, OBJECT.repeat(COUNT, 1), unsure(), torch.zeros(0, 4), nothing)
    assert len(answer.cells) == len(answer.objects) == len(answer.overlaps) == 0


def iou(a: list[float], b: list[float]) -> float:
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    shared = max(0.0, width) * max(0.0, height)
    both = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in (a, b)) - shared
    return shared / both


def slowly(boxes: Tensor, logits: Tensor, truths: Tensor, classes: Tensor) -> dict[int, int]:
    """The object of each cell that answers, one number after the other."""
    wanted: dict[int, list[tuple[float, int]]] = {}
    for number, (truth, name) in enumerate(zip(truths.tolist(), classes.tolist(), strict=True)):
        costs: list[tuple[float, int, float]] = []
        for cell in range(COUNT):
            x, y = CELLS.centres[cell].tolist()
            reach = 1.5 * float(CELLS.strides[cell])
            middle = ((truth[0] + truth[2]) / 2, (truth[1] + truth[3]) / 2)
            if abs(x - middle[0]) >= reach or abs(y - middle[1]) >= reach:
                continue
            there, *chances = torch.sigmoid(logits[cell]).tolist()
            cost = 0.0
            for each, chance in enumerate(chances):
                p = math.sqrt(there * chance)
                cost -= math.log(max(p if each == name else 1 - p, 1e-7))
            overlap = iou(boxes[cell].tolist(), truth)
            costs.append((cost - 3 * math.log(max(overlap, 1e-8)), cell, overlap))
        many = max(1, int(sum(sorted((c[2] for c in costs), reverse=True)[:10])))
        for cost, cell, _ in sorted(costs)[:many]:
            wanted.setdefault(cell, []).append((cost, number))
    return {cell: min(asking)[1] for cell, asking in wanted.items()}


@settings(max_examples=30)
@given(seed=st.integers(0, 2**31), objects=st.integers(0, 6))
def test_cells_answer_as_the_slow_way_says(seed: int, objects: int) -> None:
    generator = torch.Generator().manual_seed(seed)

    def random(*shape: int) -> Tensor:
        return torch.rand(shape, generator=generator)

    corners = random(objects, 2) * 40
    truths = torch.cat((corners, corners + 4 + random(objects, 2) * 20), dim=1)
    centres = CELLS.centres + (random(COUNT, 2) - 0.5) * 8
    halves = 2 + random(COUNT, 2) * 14
    boxes = torch.cat((centres - halves, centres + halves), dim=1)
    logits = (random(COUNT, 1 + CLASSES) - 0.5) * 6
    classes = torch.randint(CLASSES, (objects,), generator=generator)

    answer: Assignment = assign(CELLS, boxes, logits, truths, classes)

    found = dict(zip(answer.cells.tolist(), answer.objects.tolist(), strict=True))
    assert found == slowly(boxes, logits, truths, classes)
    for cell, number, overlap in zip(
        answer.cells.tolist(), answer.objects.tolist(), answer.overlaps.tolist(), strict=True
    ):
        assert overlap == pytest.approx(
            iou(boxes[cell].tolist(), truths[number].tolist()), abs=1e-5
        )
