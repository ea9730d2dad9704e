"""One chart: named curves over epochs, with a readout, zoom, pan and reset.

Importing this module imports pyqtgraph (about a second): only the run page does, when it is
first shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.style_sheet import set_role

pg.setConfigOptions(antialias=True)


Values = Sequence[float] | NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a curve is drawn.

    ``points`` marks each value, as for one value an epoch; with no ``width`` nothing joins them.
    A ``noisy`` curve shows the span of what falls on one pixel column, any other curve one value
    of it.
    """

    color: QColor
    width: float = 2.0
    dashed: bool = False
    points: bool = False
    noisy: bool = False


NUMBER_PX = 22
"""Room for a number of two digits."""


class _EpochAxis(pg.AxisItem):
    """Whole epochs only: a tick at 2.5 epochs means nothing."""

    def tickSpacing(self, minVal: float, maxVal: float, size: float):  # noqa: N803
        """Spacings of whole epochs, whose numbers do not touch each other."""
        levels = super().tickSpacing(minVal, maxVal, size)
        per_epoch_px = size / max(maxVal - minVal, 1e-9)
        whole = [level for level in levels if level[0] >= 1] or [(1.0, 0.0)]
        return [level for level in whole if level[0] * per_epoch_px >= NUMBER_PX] or whole[:1]


class _DecadeAxis(_EpochAxis):
    """Powers of ten, of which the values are the exponents."""

    def tickStrings(self, values, scale, spacing):
        """10 to the power of each value."""
        return [f"{10.0**value:.0e}" for value in values]


class _ValueAxis(pg.AxisItem):
    """Plain numbers times ``factor``: no SI prefixes, no offsets."""

    factor = 1.0

    def tickStrings(self, values, scale, spacing):
        """Numbers with as many digits as the spacing needs."""
        step = max(spacing * self.factor, 1e-12)
        digits = max(0, int(np.ceil(-np.log10(step))))
        if digits > 4:
            return [_scientific(value * self.factor, step) for value in values]
        return [f"{value * self.factor:.{digits}f}" for value in values]


def _scientific(value: float, step: float) -> str:
    """A small number as a power of ten, told apart from one that is ``step`` away."""
    if abs(value) < step / 2:
        return "0"
    digits = np.floor(np.log10(abs(value))) - np.floor(np.log10(step))
    return f"{value:.{max(0, int(digits))}e}"


class Chart(QWidget):
    """Curves by name over epochs, or over ``decades``: powers of ten, given by their exponents.

    The wheel zooms about the cursor, dragging pans, a double click or the button shows all.
    """

    def __init__(
        self, factor: float = 1.0, parent: QWidget | None = None, *, decades: bool = False
    ) -> None:
        super().__init__(parent)
        self._title = QLabel()
        set_role(self._title, "heading")
        self._legend = QLabel()
        self._legend.setTextFormat(Qt.TextFormat.RichText)
        # A long legend is cut off; it must not make the page wider.
        self._legend.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._reset = QToolButton()
        self._reset.setIcon(icon("zoom-fit"))
        self._reset.setIconSize(QSize(16, 16))
        self._reset.setAutoRaise(True)
        self._reset.clicked.connect(self.show_all)
        y_axis = _ValueAxis("left")
        y_axis.factor = factor
        x_axis = _DecadeAxis("bottom") if decades else _EpochAxis("bottom")
        axes = {"bottom": x_axis, "left": y_axis}
        self._plot: Any = pg.PlotWidget(axisItems=axes)
        self._plot.setBackground(None)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # no key does anything here
        self._item: Any = self._plot.plotItem
        self._factor = factor
        self._curves: dict[str, Any] = {}
        self._strokes: dict[str, Stroke] = {}
        self._captions: dict[str, str] = {}
        self._edges = pg.PlotCurveItem(pen=None), pg.PlotCurveItem(pen=None)
        self._band = pg.FillBetweenItem(*self._edges)
        self._best = pg.InfiniteLine(angle=90, movable=False)
        self._cursor = pg.InfiniteLine(angle=90, movable=False)
        self._set_up_plot()
        self._lay_out()
        self._restyle()

    def _set_up_plot(self) -> None:
        item = self._item
        item.setMenuEnabled(False)
        item.hideButtons()
        item.showGrid(x=False, y=True, alpha=0.12)
        item.getViewBox().setDefaultPadding(0.04)
        for side in ("left", "bottom"):
            item.getAxis(side).enableAutoSIPrefix(False)
        for line in (self._best, self._cursor):
            line.setVisible(False)
            item.addItem(line, ignoreBounds=True)
        self._plot.setMinimumHeight(140)
        self._plot.scene().sigMouseMoved.connect(self._show_readout)
        self._plot.scene().sigMouseClicked.connect(self._clicked)
        item.getViewBox().sigRangeChangedManually.connect(lambda *_: self._reset.setEnabled(True))
        self._reset.setEnabled(False)

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.setSpacing(theme.SPACE)
        header.addWidget(self._title)
        header.addStretch(1)
        header.addWidget(self._reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HAIR)
        column.addLayout(header)
        column.addWidget(self._legend)
        column.addWidget(self._plot, 1)

    # What is drawn -------------------------------------------------------------------------

    def say(self, title: str, x_label: str, y_label: str, reset_hint: str) -> None:
        """Set the chart's texts, translated."""
        self._title.setText(title)
        self._reset.setToolTip(reset_hint)
        item = self._item
        item.setLabel("bottom", x_label)
        item.setLabel("left", y_label)
        self._restyle()

    def draw(self, name: str, caption: str, values: tuple[Values, Values], s: Stroke) -> None:
        """Draw or redraw curve ``name``; gaps where a value is not a number.

        ``values`` are x and y; an empty ``caption`` keeps it out of the legend.
        """
        # Copies: a view would forbid the run's log to grow.
        xs, ys = (np.array(axis, dtype=float) for axis in values)
        curve = self._curves.get(name)
        if curve is None:
            curve = self._curves[name] = pg.PlotDataItem(connect="finite")
            # Thick lines of many points are slow to paint: one for each pixel column is enough.
            curve.opts["autoDownsampleFactor"] = 1.0
            curve.setClipToView(True)
            self._plot.addItem(curve)
        self._captions[name] = caption
        if self._strokes.get(name) != s:
            self._strokes[name] = s
            self._apply(name)
        curve.setData(xs, ys)
        self._show_legend()

    def shade(self, xs: Values, between: tuple[Values, Values], color: QColor) -> None:
        """Shade what lies between two curves that are not drawn themselves; none with no ``xs``."""
        for edge, ys in zip(self._edges, between, strict=True):
            edge.setData(np.array(xs, dtype=float), np.array(ys, dtype=float))
        soft = QColor(color)
        soft.setAlphaF(0.18)
        self._band.setBrush(pg.mkBrush(soft))
        # While there is nothing to shade they are no part of the plot, which would show them at 0.
        shown = self._band in self._item.items
        for part in (*self._edges, self._band):
            if len(xs) and not shown:
                self._item.addItem(part)
            elif shown and not len(xs):
                self._item.removeItem(part)

    def bound(self, low: float, high: float) -> None:
        """Show no values beyond these."""
        spare = 0.02 * (high - low)
        self._item.getViewBox().setLimits(yMin=low - spare, yMax=high + spare)

    def curve(self, name: str) -> tuple[list[float], list[float]]:
        """The x and y values of a curve as it is drawn; empty when there is none."""
        item = self._curves.get(name)
        if item is None or item.xData is None:
            return [], []
        return list(item.xData), list(item.yData)

    @property
    def names(self) -> frozenset[str]:
        """The curves that are drawn."""
        return frozenset(self._curves)

    def keep_only(self, names: set[str]) -> None:
        """Take away every curve that is not in ``names``."""
        for name in set(self._curves) - names:
            self._plot.removeItem(self._curves.pop(name))
            del self._strokes[name], self._captions[name]
        self._show_legend()

    def mark_best(self, epoch: float | None) -> None:
        """Mark the best epoch with a vertical line; None takes the mark away."""
        self._best.setVisible(epoch is not None)
        if epoch is not None:
            self._best.setValue(epoch)

    def link(self, other: Chart) -> None:
        """Zoom and pan along epochs together with ``other``."""
        self._plot.setXLink(other._plot)

    def show_all(self) -> None:
        """Fit the view to the curves, and keep it fitted."""
        self._item.enableAutoRange()
        self._reset.setEnabled(False)

    # How it looks --------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Take up the colours of another theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._restyle()
        super().changeEvent(event)

    def _restyle(self) -> None:
        text = self.palette().color(QPalette.ColorRole.PlaceholderText)
        line = QColor(text)
        line.setAlphaF(0.35)
        item = self._item
        for side in ("left", "bottom"):
            axis = item.getAxis(side)
            axis.setPen(pg.mkPen(line))
            axis.setTextPen(pg.mkPen(text))
            axis.setLabel(axis.labelText, color=text.name())
        self._best.setPen(pg.mkPen(text, width=1, style=Qt.PenStyle.DashLine))
        self._cursor.setPen(pg.mkPen(line, width=1))
        for name in self._curves:
            self._apply(name)

    def _apply(self, name: str) -> None:
        stroke, curve = self._strokes[name], self._curves[name]
        style = Qt.PenStyle.DashLine if stroke.dashed else Qt.PenStyle.SolidLine
        curve.setDownsampling(auto=True, method="peak" if stroke.noisy else "subsample")
        pen = pg.mkPen(stroke.color, width=stroke.width, style=style) if stroke.width else None
        curve.setPen(pen)
        curve.setSymbol("o" if stroke.points else None)
        if stroke.points:
            curve.setSymbolSize(5 if stroke.width else 8)
            curve.setSymbolBrush(stroke.color)
            curve.setSymbolPen(None)

    def _show_legend(self, at: float | None = None) -> None:
        """Name the curves; with ``at``, an epoch, say also how high each is there."""
        entries: list[str] = []
        for name, caption in self._captions.items():
            if caption:
                value = None if at is None else self._value_at(name, at)
                number = "" if value is None else f" <b>{value * self._factor:.4g}</b>"
                color = self._strokes[name].color.name()
                entries.append(f'<span style="color:{color}">●</span> {caption}{number}')
        self._legend.setText("&nbsp; ".join(entries) or "&nbsp;")

    # Hands ---------------------------------------------------------------------------------

    def leaveEvent(self, event: QEvent) -> None:
        """Take the readout away."""
        self._cursor.setVisible(False)
        self._show_legend()
        super().leaveEvent(event)

    def _clicked(self, event: Any) -> None:
        if event.double():
            self.show_all()

    def _show_readout(self, position: QPointF) -> None:
        box = self._item.getViewBox()
        if not box.sceneBoundingRect().contains(position):
            return
        x = box.mapSceneToView(position).x()
        self._cursor.setVisible(bool(self._curves))
        self._cursor.setValue(x)
        self._show_legend(x)

    def _value_at(self, name: str, x: float) -> float | None:
        xs, ys = self._curves[name].xData, self._curves[name].yData
        if xs is None or len(xs) == 0:
            return None
        value = float(ys[int(np.abs(xs - x).argmin())])
        return value if np.isfinite(value) else None
