"""A few validation images with what the present model sees on them, renewed every epoch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from studio.learning.events import SamplesDrawn
from studio.ui import marks, theme
from studio.ui.document import Document
from studio.ui.style_sheet import set_role
from studio.ui.thumbnails.loader import ThumbnailLoader
from studio.ui.widgets.picture_grid import Picture, PictureGrid

CELL_PX = 156
MIN_SCORE = 0.3
"""Objects below this are left out, so that the strip shows what the model means."""


class SampleStrip(QWidget):
    """The samples of one run."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._epoch = 0
        self._title = QLabel()
        set_role(self._title, "heading")
        self.grid = PictureGrid(ThumbnailLoader.of(document), CELL_PX)
        self.grid.as_strip()
        self._empty = QLabel()
        set_role(self._empty, "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HAIR)
        column.addWidget(self._title)
        column.addWidget(self._empty)
        column.addWidget(self.grid)
        self.grid.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Take texts from the present language."""
        if self._epoch:
            self._title.setText(
                self.tr("What the model sees after epoch {epoch}").format(epoch=self._epoch)
            )
        else:
            self._title.setText(self.tr("What the model sees"))
        self._empty.setText(self.tr("A few validation images will appear after the first epoch."))

    def clear(self) -> None:
        """Show nothing."""
        self._epoch = 0
        self.grid.pictures.show(())
        self.grid.hide()
        self._empty.show()
        self.retranslate()

    def show_samples(self, drawn: SamplesDrawn, folder: Path) -> None:
        """Show what ``drawn`` names; its path may be relative to the run's ``folder``."""
        try:
            text = (folder / drawn.path).read_text(encoding="utf-8")
            predictions: list[Mapping[str, Any]] = json.loads(text)
        except (OSError, ValueError):
            return
        row = self.grid.horizontalScrollBar().value()
        self._epoch = drawn.epoch
        colors = {label.name: label.color for label in self._document.reader.labels()}
        self.grid.pictures.show(_picture(each, colors) for each in predictions)
        self.grid.horizontalScrollBar().setValue(row)
        self._empty.hide()
        self.grid.show()
        self.retranslate()


def _picture(prediction: Mapping[str, Any], colors: Mapping[str, str]) -> Picture:
    path = Path(prediction["file"])
    size = (int(prediction["width"]), int(prediction["height"]))
    scores: Mapping[str, float] = prediction.get("scores") or {}
    caption = path.name
    if scores:
        name, score = max(scores.items(), key=lambda item: item[1])
        caption = f"{name} {score:.0%}"
    drawn = tuple(marks.predicted(prediction, colors, MIN_SCORE))
    return Picture(path, size, drawn, caption, hint=str(path))
