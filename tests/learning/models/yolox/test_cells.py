"""What cells say becomes boxes exactly, and back."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from studio.learning.models.yolox.cells import Cells

CPU = torch.device("cpu")


def test_cells_lie_level_by_level_row_by_row() -> None:
    cells = Cells.of(64, 96, CPU)

    assert len(cells.strides) == 8 * 12 + 4 * 6 + 2 * 3
    assert cells.corners[12].tolist() == [0, 8]
    assert cells.centres[96 + 6 + 2].tolist() == [40, 24]
    assert cells.strides[[0, 96, 120]].tolist() == [8, 16, 32]
    assert len(Cells.of(416, 416, CPU).strides) == 3549


def test_a_box_is_decoded_to_the_pixel() -> None:
    cells = Cells.of(64, 96, CPU)
    said = torch.zeros(len(cells.strides), 4)
    at = 96 + 6 + 2  # stride 16, upper left corner (32, 16)
    said[at] = torch.tensor([0.5, 0.25, math.log(2), math.log(3)])

    box = cells.decode(said)[at]

    torch.testing.assert_close(box, torch.tensor([24.0, -4.0, 56.0, 44.0]))


def test_boxes_are_exact_in_half_precision_and_never_overflow() -> None:
    cells = Cells.of(640, 640, CPU)
    said = torch.zeros(1, len(cells.strides), 4, dtype=torch.bfloat16)
    said[..., 2] = 1000

    boxes = cells.decode(said)

    assert boxes.dtype is torch.float32 and bool(boxes.isfinite().all())
    middles = (boxes[0, :, 1] + boxes[0, :, 3]) / 2
    assert torch.equal(middles, cells.corners[:, 1])


boxes = st.tuples(
    st.floats(0, 90, width=32), st.floats(0, 60, width=32),
    st.floats(0.5, 100, width=32), st.floats(0.5, 100, width=32),
)  # fmt: skip


@given(box=boxes, cell=st.integers(0, 125))
def test_what_is_encoded_is_decoded_again(box: tuple[float, ...], cell: int) -> None:
    cells = Cells.of(64, 96, CPU)
    x, y, width, height = box
    wanted = torch.tensor([[x, y, x + width, y + height]])

    said = torch.zeros(len(cells.strides), 4)
    said[cell] = cells.encode(wanted, torch.tensor([cell]))[0]

    assert cells.decode(said)[cell].tolist() == pytest.approx(wanted[0].tolist(), abs=1e-3)
