"""Colours that tell curves and runs apart, on light and dark ground, to colour-blind eyes too."""

from __future__ import annotations

from PySide6.QtGui import QColor

from studio.ui import theme

_SERIES = {
    False: ("#4C5FE0", "#D9730D", "#1E8E5A"),
    True: ("#8C9AFF", "#F2A65A", "#4CC38A"),
}
_RUNS = ("#8E6CC9", "#2E9CA6", "#C25B8B", "#9A8B2F", "#6B8E9E", "#B0704A")


def series_colors() -> tuple[QColor, QColor, QColor]:
    """Colours of the first, second and third curve of a chart in the present theme."""
    first, second, third = (QColor(color) for color in _SERIES[theme.current().dark])
    return first, second, third


def run_color(number: int) -> QColor:
    """The colour of a run wherever it is compared with others; it reads on both grounds."""
    return QColor(_RUNS[number % len(_RUNS)])
