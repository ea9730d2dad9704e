"""Icons: our own SVGs, drawn in the palette's text colour so that they fit both themes."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtSvg import QSvgRenderer

from studio.paths import resources


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _renderer(name: str, color: str) -> QSvgRenderer:
    svg = _source(name).replace("currentColor", color)
    return QSvgRenderer(QByteArray(svg.encode()))


def _rendered(name: str, color: str, size: QSize, ratio: float) -> QPixmap:
    """The icon in ``size`` logical pixels; lists draw the same few in every row."""
    key = f"{name} {color} {size.width()}x{size.height()} {ratio}"
    pixmap = QPixmap()
    if not QPixmapCache.find(key, pixmap):
        pixmap = QPixmap(size * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            _renderer(name, color).render(painter, QRectF(QPointF(), QSizeF(size)))
        QPixmapCache.insert(key, pixmap)
    return pixmap


class _SvgIcon(QIconEngine):
    """Renders one SVG at any size; colours are taken from the palette at paint time."""

    def __init__(self, name: str, color: str, on_accent: bool) -> None:
        super().__init__()
        self._name = name
        self._color = color
        self._on_accent = on_accent

    def clone(self) -> QIconEngine:
        return _SvgIcon(self._name, self._color, self._on_accent)

    def paint(self, painter: QPainter, rect, mode: QIcon.Mode, state: QIcon.State) -> None:
        palette = QGuiApplication.palette()
        group = (
            QPalette.ColorGroup.Disabled
            if mode is QIcon.Mode.Disabled
            else QPalette.ColorGroup.Active
        )
        roles = QPalette.ColorRole
        role = roles.HighlightedText if self._on_accent else roles.ButtonText
        if state is QIcon.State.On and mode is not QIcon.Mode.Disabled:
            role = roles.Highlight
        color = QColor(self._color) if self._color else palette.color(group, role)
        if rect.isEmpty():
            return
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect, _rendered(self._name, color.name(), rect.size(), ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        if pixmap.isNull():  # A widget without room asks for an empty picture.
            return pixmap
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        return pixmap


def icon(name: str, color: str = "", *, on_accent: bool = False) -> QIcon:
    """The icon ``resources/icons/<name>.svg``; in ``color`` (``#RRGGBB``) where it is given.

    ``on_accent`` is for a button that is filled with the accent's colour.
    """
    _source(name)  # A name that is wrong is told here: within a paint event it would abort.
    return QIcon(_SvgIcon(name, color, on_accent))
