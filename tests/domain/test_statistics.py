from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain import statistics
from studio.domain.statistics import Objects


def objects(*boxes: tuple[float, float, float, float], labels=None, images=None) -> Objects:
    count = len(boxes)
    bounds = np.array(boxes, dtype=float).reshape(-1, 4)
    return Objects(
        bounds=bounds,
        areas=np.prod(bounds[:, 2:] - bounds[:, :2], axis=1),
        images=np.full((count, 2), [200.0, 100.0]),
        labels=np.array(labels or [0] * count, dtype=np.intp),
        image_ids=np.array(images or range(count), dtype=np.intp),
    )


@given(st.lists(st.floats(0, 5000), min_size=1, max_size=200))
def test_every_size_is_in_the_bin_that_says_so(sizes: list[float]) -> None:
    bins = statistics.size_bins(np.array(sizes))
    for each in bins[:-1]:
        assert each.count == sum(each.low <= size < each.high for size in sizes)
    assert sum(each.count for each in bins) == len(sizes)


def test_sides_shrink_with_the_image() -> None:
    small = objects((0, 0, 20, 8), (0, 30, 90, 30))  # of an image 200 px wide; a line lies below
    assert small.shorter_sides_at(100).tolist() == [4.0]
    assert statistics.share_below(small.shorter_sides_at(100), 8) == 1.0


def test_what_covers_nothing_is_of_no_size() -> None:
    assert objects((0, 0, 20, 5), (0, 30, 90, 30)).sizes.tolist() == [10.0]


def test_aspects_are_of_width_over_height() -> None:
    bins = statistics.aspect_bins(objects((0, 0, 10, 10), (0, 0, 30, 10), (0, 0, 5, 50)).sides)
    found = {(each.low, each.high): each.count for each in bins if each.count}
    assert found == {(1 / 1.25, 1.25): 1, (2.0, 4.0): 1, (0.0, 1 / 8): 1}


def test_heat_is_where_the_objects_are() -> None:
    cells = statistics.HEAT_CELLS
    heat = statistics.heat_map(objects((0, 0, 100, 50), (0, 0, 200, 100)))
    assert heat.shape == (cells, cells)
    assert heat[0, 0] == 1.0
    assert heat[-1, -1] == 0.5
    assert heat[cells // 2, 0] == 0.5
    assert statistics.heat_map(objects()).sum() == 0


def test_heat_of_an_object_outside_stays_at_the_border() -> None:
    heat = statistics.heat_map(objects((250, 120, 300, 140)))
    assert heat[-1, -1] == 1.0 == heat.sum()


def test_what_is_together_on_images() -> None:
    box = (0, 0, 1, 1)
    made = objects(box, box, box, box, labels=[0, 1, 1, 2], images=[7, 7, 7, 9])
    assert statistics.co_occurrence(made, 3).tolist() == [[1, 1, 0], [1, 1, 0], [0, 0, 1]]


@pytest.mark.parametrize("label", (-1, 0, 1))
def test_a_class_alone(label: int) -> None:
    made = objects((0, 0, 1, 1), (0, 0, 2, 2), labels=[0, 1])
    assert made.of(label).sizes.tolist() == ([1.0, 2.0] if label < 0 else [label + 1.0])
