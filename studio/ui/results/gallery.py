"""The validation images, worst first, with truth and prediction drawn together."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.ui import marks, theme
from studio.ui.document import Document
from studio.ui.icons import icon
from studio.ui.results.evaluation import Judged, called
from studio.ui.results.keypoint_errors import error_lines
from studio.ui.style_sheet import set_role
from studio.ui.thumbnails.loader import ThumbnailLoader
from studio.ui.widgets.picture_grid import Picture, PictureGrid

CELL_PX = 200


class Gallery(QWidget):
    """A grid of judged images, which can be narrowed to some of them.

    Signals:
        opened(int): an image, by its place in ``shown``, is to be seen large.
        cleared(): the filter was taken away.
    """

    opened = Signal(int)
    cleared = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Judged, ...] = ()
        self.shown: tuple[Judged, ...] = ()
        self._min_score = 0.0
        self._colors: Mapping[str, str] = {}
        self._title, self._count = QLabel(), QLabel()
        set_role(self._title, "heading")
        set_role(self._count, "quiet")
        self.chip = QPushButton(icon("close"), "")
        self.chip.clicked.connect(self.cleared)
        self.chip.hide()
        self.grid = PictureGrid(ThumbnailLoader.of(document), CELL_PX)
        self.grid.clicked.connect(lambda index: self.opened.emit(index.row()))
        self.grid.activated.connect(lambda index: self.opened.emit(index.row()))
        head = QHBoxLayout()
        head.setSpacing(theme.TIGHT)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self.chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.SPACE, theme.WIDE, theme.SPACE)
        column.setSpacing(theme.TIGHT)
        column.addLayout(head)
        column.addWidget(self.grid, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Take texts from the present language."""
        self._title.setText(self.tr("Worst first"))
        count = self.tr("%n image(s)", "", len(self.shown))
        drawn = any(judged.truth.get("objects") for judged in self.shown)
        legend = self.tr("outlined: labelled, filled: predicted")
        self._count.setText(f"{count} · {legend}" if drawn else count)
        self.grid.pictures.show(self._picture(each) for each in self.shown)

    def show_images(
        self, images: tuple[Judged, ...], colors: Mapping[str, str], min_score: float
    ) -> None:
        """Show other images; objects below ``min_score`` are left out."""
        self._all, self._colors, self._min_score = images, colors, min_score
        self.narrow("", lambda _: True)

    def narrow(self, text: str, keep: Callable[[Judged], bool]) -> None:
        """Show only images that ``keep`` wants; ``text`` says which, "" for all."""
        self.shown = tuple(each for each in self._all if keep(each))
        self.chip.setText(text)
        self.chip.setToolTip(self.tr("Show all images again"))
        self.chip.setVisible(bool(text))
        self.retranslate()

    def _picture(self, judged: Judged) -> Picture:
        size = (int(judged.truth["width"]), int(judged.truth["height"]))
        caption, mark = judged.file.name, ""
        if "scores" in judged.prediction:
            true, found = called(judged.truth), called(judged.prediction)
            caption = found if found == true else f"{true} → {found}"
            mark = "check" if found == true else "warning"
        drawn = (
            *marks.predicted(judged.prediction, self._colors, self._min_score),
            *marks.true(judged.truth, self._colors),
            *error_lines(judged.truth, judged.prediction, self._min_score),
        )
        hint = self.tr("{file}\nWrong by {part}").format(
            file=judged.file.name, part=f"{judged.badness:.0%}"
        )
        return Picture(judged.file, size, drawn, caption, mark, hint)
