"""The entries of the Predict workspace as pictures of a strip, with the findings that are shown."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QObject

from studio.ui.canvas import painting
from studio.ui.marks import Mark
from studio.ui.predict.findings import Entry, Finding, FindingFilter
from studio.ui.predict.predictions import Predictions
from studio.ui.widgets.picture_grid import Index, Picture, PictureModel


class EntryModel(PictureModel):
    """Rows are entries; a picture is put together when it is painted."""

    def __init__(self, predictions: Predictions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._predictions = predictions
        self._count = 0
        self.finding_filter = FindingFilter()
        predictions.reset.connect(self._on_reset)
        predictions.added.connect(self._on_added)
        predictions.updated.connect(self._on_updated)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The number of entries."""
        return 0 if parent.isValid() else self._count

    def picture(self, row: int) -> Picture:
        """An entry with what is shown of it."""
        entry = self._predictions.entries[row]
        shown = self.finding_filter.shown(entry)
        mark = "check" if entry.accepted and not self.finding_filter.open(entry) else ""
        return Picture(
            entry.path,
            entry.size,
            tuple(mark_of(each) for each in shown if each.geometry is not None),
            _caption(entry, shown),
            mark,
            str(entry.path),
        )

    def rows_of(self, path: Path) -> list[int]:
        """The row that shows a file."""
        row = self._predictions.row_of(path)
        return [row] if row >= 0 else []

    def _on_reset(self) -> None:
        self.beginResetModel()
        self._count = len(self._predictions.entries)
        self.endResetModel()

    def _on_added(self) -> None:
        count = len(self._predictions.entries)
        if count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()

    def _on_updated(self, rows: list[int]) -> None:
        for row in rows:
            if row < self._count:
                self.dataChanged.emit(self.index(row), self.index(row))


def mark_of(finding: Finding) -> Mark:
    """A finding as it is drawn; one that is held back has no fill."""
    assert finding.geometry is not None
    label = finding.label
    style = painting.Style(outline=1.0, fill=0.0, dashed=True) if finding.held else None
    text = f"{label.name} {finding.score:.0%}"
    color = painting.color_of({label.name: label.color}, label.name)
    return Mark(finding.geometry, color, text, style or painting.PREDICTED)


def _caption(entry: Entry, shown: tuple[Finding, ...]) -> str:
    tags = [each for each in shown if each.geometry is None]
    if tags:
        return f"{tags[0].label.name} {tags[0].score:.0%}"
    if entry.prediction is not None and "scores" in entry.prediction:
        return entry.path.name
    return f"{entry.path.stem} · {len(shown)}" if entry.predicted else entry.path.name
