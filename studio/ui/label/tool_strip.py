"""The tools on the left: one button each, with name and key in its tooltip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtWidgets import QFrame, QToolButton, QToolTip, QVBoxLayout, QWidget

from studio.ui import theme
from studio.ui.actions import Actions
from studio.ui.canvas.canvas import Canvas
from studio.ui.style_sheet import set_role

TOOLS = (
    ("select",),
    ("box", "rotated_box"),
    ("polygon", "line", "points"),
    ("brush", "eraser", "fill"),
    ("wand", "scissors", "smart"),
    ("slice", "redraw"),
    ("tag",),
)
"""The tools from top to bottom, a line between two groups."""

WIDTH_PX = 44
TIP_ABOVE_PX = 24
"""As much as Qt puts a tooltip below the place it is asked for, to leave room for the mouse."""


class ToolStrip(QFrame):
    """Shows which tool is in use and takes up another."""

    def __init__(self, canvas: Canvas, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setFixedWidth(WIDTH_PX)
        self._canvas = canvas
        self._actions = actions
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.HAIR, theme.TIGHT, theme.HAIR, theme.TIGHT)
        column.setSpacing(theme.HAIR)
        for group in TOOLS:
            if group is not TOOLS[0]:
                column.addWidget(_line())
            for name in group:
                button = _button(actions, f"label.{name}")
                column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        for name in ("zoom_in", "zoom_out", "fit"):
            column.addWidget(_button(actions, f"label.{name}"), 0, Qt.AlignmentFlag.AlignHCenter)
        canvas.tool_changed.connect(self._show_tool)
        self._show_tool(canvas.tool.id)

    def _show_tool(self, tool_id: str) -> None:
        self._actions[f"label.{tool_id}"].setChecked(True)


class _ToolButton(QToolButton):
    """A button whose tooltip comes up beside the strip; below the mouse it would lie over the next
    tools and take the click that is meant for them."""

    def event(self, event: QEvent) -> bool:
        """Show the tooltip beside the strip."""
        if event.type() is not QEvent.Type.ToolTip:
            return super().event(event)
        beside = QPoint(WIDTH_PX - self.x(), -TIP_ABOVE_PX)
        QToolTip.showText(self.mapToGlobal(beside), self.toolTip(), self)
        return True


def _button(actions: Actions, action_id: str) -> QToolButton:
    button = _ToolButton()
    button.setDefaultAction(actions[action_id])
    button.setIconSize(QSize(theme.ICON_PX + 2, theme.ICON_PX + 2))
    button.setFixedSize(34, 28)
    set_role(button, "tool")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("role", "line")
    return line
