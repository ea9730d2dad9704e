"""The look: one palette, one accent, one scale of spaces and type sizes, light and dark.

Widgets take colours from their palette (``Highlight`` is the accent, ``Mid`` a border,
``PlaceholderText`` quiet text) and the few that have no role from ``current()``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from studio.ui.style_sheet import style_sheet

HAIR, TIGHT, SPACE, WIDE, LOOSE = 4, 8, 12, 16, 24
"""Spaces in px: within a control, between controls, around a panel, between groups, on a page."""

RADIUS = 6
"""Corner radius of controls in px."""

ICON_PX = 18
"""Size of icons in tool strips in px."""

STYLED = "fusion_is_set"
"""Property of the application; under a style sheet the style no longer tells its name."""

HAN_FAMILIES = (
    "Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC",
    "Source Han Sans SC", "WenQuanYi Micro Hei",
)  # fmt: skip
"""Sans-serif families with Simplified Chinese on Windows, macOS and Linux."""

_SIZES = {"caption": 0.86, "body": 1.0, "heading": 1.16, "title": 1.7}


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of one theme as ``#RRGGBB``.

    ``window`` is the ground of the window, ``panel`` of side panels and cards, ``field`` of lists
    and inputs, ``hover`` of what the pointer is over; ``canvas`` surrounds an image.
    """

    dark: bool
    window: str
    panel: str
    field: str
    hover: str
    border: str
    text: str
    quiet: str
    faint: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    success: str
    warning: str
    danger: str
    canvas: str


LIGHT = Theme(
    dark=False,
    window="#F5F6F8",
    panel="#FFFFFF",
    field="#FFFFFF",
    hover="#ECEEF2",
    border="#DDE0E6",
    text="#1C1F26",
    quiet="#5C6370",
    faint="#8E95A3",
    accent="#4C5FE0",
    accent_hover="#3E50CC",
    accent_soft="#E6E9FC",
    on_accent="#FFFFFF",
    success="#1E8E5A",
    warning="#B56A00",
    danger="#CC3B3B",
    canvas="#E4E6EB",
)

DARK = Theme(
    dark=True,
    window="#17181C",
    panel="#1E2025",
    field="#25272D",
    hover="#2C2F36",
    border="#34373F",
    text="#E8EAEE",
    quiet="#A3A9B5",
    faint="#747B88",
    accent="#7C8CFF",
    accent_hover="#92A0FF",
    accent_soft="#2A2F52",
    on_accent="#10121C",
    success="#4CC38A",
    warning="#E5A33A",
    danger="#F07178",
    canvas="#101114",
)

_current = LIGHT


def current() -> Theme:
    """The theme that was applied last."""
    return _current


def apply(app: QApplication, mode: str) -> Theme:
    """Give the whole program the theme ``light``, ``dark`` or that of the ``system``."""
    global _current
    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    hints = app.styleHints()
    if mode in schemes:
        hints.setColorScheme(schemes[mode])
    else:
        hints.unsetColorScheme()
    scheme = schemes.get(mode, hints.colorScheme())
    _current = DARK if scheme is Qt.ColorScheme.Dark else LIGHT
    if app.property(STYLED) is None:
        app.setStyle("fusion")
        app.setProperty(STYLED, True)
    app.setPalette(palette(_current))
    app.setStyleSheet(style_sheet(_current))
    return _current


def palette(theme: Theme) -> QPalette:
    """The theme as palette roles."""
    roles = QPalette.ColorRole
    colors = {
        roles.Window: theme.window,
        roles.WindowText: theme.text,
        roles.Base: theme.field,
        roles.AlternateBase: theme.panel,
        roles.Text: theme.text,
        roles.Button: theme.panel,
        roles.ButtonText: theme.text,
        roles.BrightText: theme.danger,
        roles.Highlight: theme.accent,
        roles.HighlightedText: theme.on_accent,
        roles.Accent: theme.accent,
        roles.Link: theme.accent,
        roles.LinkVisited: theme.accent,
        roles.PlaceholderText: theme.quiet,
        roles.ToolTipBase: theme.panel,
        roles.ToolTipText: theme.text,
        roles.Light: theme.panel,
        roles.Midlight: theme.hover,
        roles.Mid: theme.border,
        roles.Dark: theme.border,
        roles.Shadow: "#000000",
    }
    made = QPalette()
    for role, color in colors.items():
        made.setColor(role, QColor(color))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.faint))
    made.setColor(QPalette.ColorGroup.Disabled, roles.Highlight, QColor(theme.border))
    made.setColor(QPalette.ColorGroup.Disabled, roles.HighlightedText, QColor(theme.faint))
    return made


def font(size: str = "body", *, bold: bool = False) -> QFont:
    """The program's font at a named size: ``caption``, ``body``, ``heading`` or ``title``."""
    made = QFont(QApplication.font())
    made.setPointSizeF(round(made.pointSizeF() * _SIZES[size], 1))
    if bold:
        made.setWeight(QFont.Weight.DemiBold)
    return made


def with_han(font: QFont) -> QFont:
    """``font``, with families for Chinese after its own.

    Left to itself Qt may fall back on a bold face, or on the Japanese forms of characters.
    """
    made = QFont(font)
    made.setFamilies([*font.families(), *HAN_FAMILIES])
    return made


@cache
def monospace() -> QFont:
    """The system's fixed-width font, for tracebacks and file names in tables."""
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
