"""A classifier's answer: a bar for each class, as long as it is probable."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui import theme
from studio.ui.wording import messages

ROW_PX = 34
BAR_PX = 6
MOST = 8
"""So many classes are shown, the most probable ones."""


class ScoreBars(QWidget):
    """Probabilities by class, best first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scores: tuple[tuple[str, float], ...] = ()
        self._colors: Mapping[str, str] = {}
        self._threshold = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_scores(
        self, scores: Mapping[str, float], colors: Mapping[str, str], threshold: float
    ) -> None:
        """Show probabilities; classes below ``threshold`` are dimmed."""
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        self.scores = tuple(ranked[:MOST])
        self._colors, self._threshold = colors, threshold
        self.setAccessibleDescription(messages.listed(f"{n} {s:.0%}" for n, s in self.scores))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A row for each class."""
        return QSize(200, ROW_PX * len(self.scores))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Name, number and bar of each class."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row, (name, score) in enumerate(self.scores):
            self._paint_row(painter, row * ROW_PX, name, score)

    def _paint_row(self, painter: QPainter, top: float, name: str, score: float) -> None:
        passes = score >= self._threshold
        painter.setPen(QColor(theme.current().text if passes else theme.current().faint))
        painter.setFont(theme.font("body", bold=passes))
        line = QRectF(0, top, self.width(), ROW_PX - BAR_PX - 6)
        number = f"{score:.0%}"
        metrics = QFontMetricsF(painter.font())
        room = self.width() - metrics.horizontalAdvance(number) - theme.TIGHT
        text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        bottom = Qt.AlignmentFlag.AlignBottom
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | bottom), text)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | bottom), number)
        track = QRectF(0, line.bottom() + 3, self.width(), BAR_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().hover))
        painter.drawRoundedRect(track, BAR_PX / 2, BAR_PX / 2)
        color = QColor(self._colors.get(name, "#9AA0AA"))
        color.setAlphaF(1.0 if passes else 0.45)
        painter.setBrush(color)
        track.setWidth(max(BAR_PX, track.width() * score))
        painter.drawRoundedRect(track, BAR_PX / 2, BAR_PX / 2)
