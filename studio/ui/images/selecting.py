"""Selections of many rows, as stretches of rows: never one index an image."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractItemModel, QItemSelection
from PySide6.QtWidgets import QAbstractItemView

from studio.ui.images.model import ImageListModel


def selected_rows(view: QAbstractItemView) -> list[int]:
    """The selected rows, in their order."""
    stretches = (range(r.top(), r.bottom() + 1) for r in view.selectionModel().selection().toList())
    return sorted({row for stretch in stretches for row in stretch})


def selected_count(view: QAbstractItemView) -> int:
    """How many rows are selected."""
    return sum(r.height() for r in view.selectionModel().selection().toList())


def selection_of(
    images: ImageListModel,
    image_ids: Iterable[int],
    model: QAbstractItemModel,
    last_column: int = 0,
) -> QItemSelection:
    """What selects these images in a view of ``model``, whose rows are those of ``images``."""
    rows = sorted(row for row in map(images.row_of, image_ids) if row >= 0)
    return selection_of_rows(model, rows, last_column)


def selection_of_rows(
    model: QAbstractItemModel, rows: Sequence[int], last_column: int = 0
) -> QItemSelection:
    """What selects these rows, which are given from the top."""
    selection = QItemSelection()
    first = 0
    for place, row in enumerate(rows):
        if place + 1 == len(rows) or rows[place + 1] != row + 1:
            selection.select(model.index(rows[first], 0), model.index(row, last_column))
            first = place + 1
    return selection
