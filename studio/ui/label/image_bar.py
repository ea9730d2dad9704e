"""The bar above the canvas: which image this is, how far it has got, brush size and zoom."""

from __future__ import annotations

import math
from collections.abc import Mapping

from PySide6.QtCore import QEvent, QLocale, QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSlider,
    QSpinBox,
    QToolButton,
    QWidget,
)

from studio.domain.project import Changes, State
from studio.storage import search
from studio.ui import theme
from studio.ui.actions import Actions
from studio.ui.canvas.canvas import Canvas
from studio.ui.canvas.tools.brush import LARGEST_PX
from studio.ui.icons import icon
from studio.ui.label.film_strip import FilmStrip
from studio.ui.style_sheet import repolish, set_role
from studio.ui.widgets.elided_label import ElidedLabel

HEIGHT_PX = 40
SLIDER_STEPS = 100
STATE_ICONS = {
    State.NEW: "circle",
    State.IN_PROGRESS: "label",
    State.DONE: "check-circle",
    State.SKIPPED: "skip",
}


class ImageBar(QFrame):
    """Name and number of the image; its state; the brush's size while one is in use; the zoom."""

    def __init__(
        self, canvas: Canvas, film: FilmStrip, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._document = canvas.document
        self._film = film
        self._actions = actions
        self._name = ElidedLabel()
        self._number = QLabel()
        set_role(self._number, "quiet")
        self._shown = State.NEW
        self._state = QToolButton(toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._state.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._zoom = QLabel(alignment=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        set_role(self._zoom, "quiet")
        self._zoom.setFixedWidth(52)
        self._view = QToolButton(toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._view.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._view.setObjectName("view")
        self._brush = BrushSizeField(canvas, actions)
        self._preserve = _small(actions, "label.preserve")
        set_role(self, "bar")
        self.setFixedHeight(HEIGHT_PX)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        menu = QMenu(self)
        for name in ("done", "skip", "reopen"):
            menu.addAction(self._actions[f"label.{name}"])
        menu.addSeparator()
        menu.addAction(self._actions["label.image_note"])
        self._state.setMenu(menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.TIGHT, 0, theme.SPACE, 0)
        row.setSpacing(theme.TIGHT)
        for name in ("previous", "next"):
            row.addWidget(_small(self._actions, f"label.{name}"))
        row.addWidget(self._name)
        row.addWidget(self._number)
        row.addStretch(1)
        row.addWidget(self._brush)
        row.addWidget(self._preserve)
        for name in ("names", "hide_all", "solo"):
            row.addWidget(_small(self._actions, f"label.{name}"))
        row.addWidget(self._view)
        row.addWidget(self._zoom)
        row.addWidget(self._state)

    def _connect(self) -> None:
        self._document.image_shown.connect(self.refresh)
        self._document.changed.connect(self._follow)
        self._film.images.modelReset.connect(self.refresh)
        self._film.images.rowsInserted.connect(self.refresh)
        self._film.images.rowsRemoved.connect(self.refresh)
        self._canvas.view.changed.connect(self._show_zoom)
        self._canvas.tool_changed.connect(self._show_brush)
        self._canvas.looking.changed.connect(self._show_look)
        self._canvas.showing.changed.connect(self._show_look)
        self._canvas.showing.changed.connect(self._show_zoom)  # its size may be known only now
        self._view.clicked.connect(self._actions["label.view_panel"].trigger)

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self._brush.retranslate()
        self._show_look()
        self._make_room()
        self.refresh()
        self._show_brush(self._canvas.tool.id)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the state's icon in the colours of a new theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._draw_state()
            self._show_look()
        super().changeEvent(event)

    def _follow(self, changes: Changes) -> None:
        if changes.image_list or self._document.image_id in changes.images:
            self.refresh()

    def refresh(self, *_: object) -> None:
        """Show the image that has the focus."""
        image_id = self._document.image_id
        number, count = self._film.position()
        self._state.setVisible(bool(image_id))
        place = " / ".join(map(QLocale().toString, (number, count)))
        self._number.setText(place if image_id and number else "")
        if not image_id:
            self._name.setText("")
            return
        summary = search.summaries(self._document.reader, [image_id])[image_id]
        self._name.setText(summary.path.rpartition("/")[2])
        self._name.setToolTip(summary.path)
        self._state.setText(self._state_names()[summary.state])
        self._shown = summary.state
        self._draw_state()
        self._show_zoom()

    def _state_names(self) -> Mapping[State, str]:
        return {
            State.NEW: self.tr("New"),
            State.IN_PROGRESS: self.tr("In progress"),
            State.DONE: self.tr("Done"),
            State.SKIPPED: self.tr("Skipped"),
        }

    def _make_room(self) -> None:
        """Let the buttons beside the state stay where they are, whatever it is."""
        widths: list[int] = []
        for name in self._state_names().values():
            self._state.setText(name)
            widths.append(self._state.sizeHint().width())
        self._state.setFixedWidth(max(widths))

    def _draw_state(self) -> None:
        colors = theme.current()
        color = colors.success if self._shown is State.DONE else colors.quiet
        self._state.setIcon(icon(STATE_ICONS[self._shown], color))

    def _show_zoom(self) -> None:
        percent = self._canvas.viewport.scale * self._canvas.devicePixelRatioF() * 100
        self._zoom.setText(f"{percent:.0f}%" if self._canvas.can_draw else "")

    def _show_look(self) -> None:
        """Have it seen, in a word too, that the picture is shown otherwise than it is."""
        altered = self._canvas.looking.alters_picture
        self._view.setText(self.tr("View: altered") if altered else self.tr("View"))
        colors = theme.current()
        self._view.setIcon(icon("adjust", colors.accent if altered else ""))
        tip = self._actions["label.view_panel"].toolTip()
        hint = self.tr("The picture is shown altered; its file is as it was.")
        self._view.setToolTip(f"{hint}\n{tip}" if altered else tip)
        if self._view.property("altered") != altered:
            self._view.setProperty("altered", altered)
            repolish(self._view)

    def _show_brush(self, tool_id: str) -> None:
        self._brush.setVisible(tool_id in ("brush", "eraser"))
        self._preserve.setVisible(tool_id == "brush")


class BrushSizeField(QWidget):
    """A slider, fine for small brushes and coarse for large ones, and the number of pixels."""

    def __init__(self, canvas: Canvas, actions: Actions) -> None:
        super().__init__()
        self._size = canvas.brush_size
        self._actions = actions
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, SLIDER_STEPS)
        self._slider.setFixedWidth(120)
        self._number = QSpinBox()
        self._number.setRange(1, LARGEST_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.TIGHT, 0)
        row.setSpacing(theme.TIGHT)
        row.addWidget(self._slider)
        row.addWidget(self._number)
        for widget in (self._slider, self._number):
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._slider.valueChanged.connect(
            lambda value: self._size.set(LARGEST_PX ** (value / SLIDER_STEPS))
        )
        self._number.valueChanged.connect(self._size.set)
        self._size.changed.connect(self._show)
        actions.keys_changed.connect(self.retranslate)
        self._show(self._size.diameter_px)

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self._number.setSuffix(self.tr(" px"))
        self._number.setFixedWidth(self._number.sizeHint().width())
        texts = self._actions.key_texts
        keys = " ".join([*texts("label.smaller"), *texts("label.larger")])
        self._number.setToolTip(
            self.tr("Diameter in image pixels ({keys}, or Shift and the wheel)").format(keys=keys)
            if keys
            else self.tr("Diameter in image pixels (Shift and the wheel)")
        )
        self._slider.setToolTip(self._number.toolTip())

    def _show(self, diameter_px: int) -> None:
        position = round(SLIDER_STEPS * math.log(diameter_px) / math.log(LARGEST_PX))
        for widget, value in ((self._slider, position), (self._number, diameter_px)):
            widget.blockSignals(True)
            widget.setValue(value)
            widget.blockSignals(False)


def _small(actions: Actions, action_id: str) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(actions[action_id])
    button.setIconSize(QSize(theme.ICON_PX, theme.ICON_PX))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
