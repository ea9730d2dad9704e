"""A panel over the canvas that says how picture and shapes are looked at; no file is changed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.ui import theme
from studio.ui.actions import Actions
from studio.ui.canvas.canvas import Canvas
from studio.ui.canvas.look import LIMITS, Look, ShapeLook
from studio.ui.icons import icon
from studio.ui.label.levels_editor import LevelsEditor
from studio.ui.style_sheet import set_role
from studio.vision.tone import UNCHANGED

WIDTH_PX = 300
LABEL_PX = 76
MARGIN_PX = 12
STEPS = 200
SHAPE_SLIDERS, TONE_SLIDERS = ("fill", "line", "width_px"), ("brightness", "contrast", "gamma")
SHOWN = (
    "crosshair", "pixel_grid", "minimap", "names", "suggestions", "quick_classifier",
)  # fmt: skip


class ViewPanel(QFrame):
    """Lies in the upper right corner of ``canvas``.

    Signals:
        hidden(): it was closed, or its workspace left.
    """

    hidden = Signal()

    def __init__(self, canvas: Canvas, actions: Actions) -> None:
        super().__init__(canvas)
        set_role(self, "card")
        # What is pressed or turned here is not meant for the canvas underneath.
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFixedWidth(WIDTH_PX)
        self._canvas = canvas
        self._looking = canvas.looking
        self._actions = actions
        self._body = QWidget()
        set_role(self._body, "page")
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._body)
        self._title = QLabel()
        self._close = QToolButton()
        self._close.setIcon(icon("close"))
        self._close.setIconSize(QSize(14, 14))
        self._headings = {name: QLabel() for name in ("shapes", "picture", "levels")}
        self._resets = {name: QPushButton() for name in ("shapes", "picture")}
        self.sliders = {name: NamedSlider(name) for name in (*SHAPE_SLIDERS, *TONE_SLIDERS)}
        self.levels = LevelsEditor()
        self.boxes = {name: QCheckBox() for name in SHOWN}
        self._build()
        self._connect()
        self.retranslate()
        self.hide()

    def _build(self) -> None:
        for label in (self._title, *self._headings.values()):
            set_role(label, "heading" if label is self._title else "quiet")
        for button in self._resets.values():
            set_role(button, "link")
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self._close)
        head.setContentsMargins(theme.SPACE, 0, theme.SPACE, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.TIGHT, 0, theme.SPACE)
        whole.setSpacing(theme.HAIR)
        whole.addLayout(head)
        whole.addWidget(self._scroll)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(theme.SPACE, 0, theme.SPACE, 0)
        column.setSpacing(theme.HAIR)
        column.addLayout(self._group("shapes", SHAPE_SLIDERS))
        column.addSpacing(theme.TIGHT)
        column.addLayout(self._group("picture", TONE_SLIDERS))
        column.addSpacing(theme.HAIR)
        column.addWidget(self._headings["levels"])
        column.addWidget(self.levels)
        column.addSpacing(theme.TIGHT)
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.TIGHT)
        for index, box in enumerate(self.boxes.values()):
            grid.addWidget(box, index // 2, index % 2)
        column.addLayout(grid)

    def _group(self, name: str, sliders: tuple[str, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.TIGHT)
        grid.setVerticalSpacing(theme.HAIR)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, LABEL_PX)
        grid.addWidget(self._headings[name], 0, 0, 1, 2)
        grid.addWidget(self._resets[name], 0, 2, Qt.AlignmentFlag.AlignRight)
        for row, each in enumerate(sliders, 1):
            named = self.sliders[each]
            grid.addWidget(named.label, row, 0)
            grid.addWidget(named.slider, row, 1)
            grid.addWidget(named.number, row, 2)
        return grid

    def _connect(self) -> None:
        for name, named in self.sliders.items():
            named.slider.valueChanged.connect(lambda _, name=name: self._turn(name))
        for name, box in self.boxes.items():
            action = self._actions[f"label.{name}"]
            box.clicked.connect(action.trigger)
            action.toggled.connect(box.setChecked)
            box.setChecked(action.isChecked())
        self._close.clicked.connect(self.hide)
        self._resets["shapes"].clicked.connect(self._reset_shapes)
        self._resets["picture"].clicked.connect(self._actions["label.reset_look"].trigger)
        self.levels.changed.connect(self._looking.set_levels)
        self._looking.changed.connect(self._follow)
        self._canvas.showing.changed.connect(self._follow)
        self._canvas.view.changed.connect(self._place)

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self._title.setText(self.tr("View"))
        self._close.setToolTip(self.tr("Close"))
        self._close.setAccessibleName(self._close.toolTip())
        self._headings["shapes"].setText(self.tr("Shapes"))
        self._headings["picture"].setText(self.tr("Picture, on screen only"))
        self._headings["levels"].setText(self.tr("Raw values, from black to white"))
        for button in self._resets.values():
            button.setText(self.tr("Reset"))
        names = {
            "fill": self.tr("Fill"),
            "line": self.tr("Lines"),
            "width_px": self.tr("Line width"),
            "brightness": self.tr("Brightness"),
            "contrast": self.tr("Contrast"),
            "gamma": self.tr("Gamma"),
        }
        self.sliders["width_px"].suffix = self.tr(" px")
        for name, text in names.items():
            self.sliders[name].name(text)
        for name, box in self.boxes.items():
            action = self._actions[f"label.{name}"]
            box.setText(action.text())
            box.setToolTip(action.toolTip())
        self.levels.retranslate()
        self._follow()

    # Following --------------------------------------------------------------------------------

    def _follow(self) -> None:
        if self.isHidden():
            return
        look = self._looking.look
        for name in SHAPE_SLIDERS:
            self.sliders[name].show_value(getattr(look.shapes, name))
        for name in TONE_SLIDERS:
            self.sliders[name].show_value(getattr(look.tone, name))
        plain = ShapeLook(names=look.shapes.names)
        self._resets["shapes"].setEnabled(look.shapes != plain)
        is_altered = look.tone != UNCHANGED or self._looking.levels is not None
        self._resets["picture"].setEnabled(is_altered)
        levels, image = self._looking.shown, self._canvas.scene.image
        if self._canvas.showing.shows_whole or image is None:
            self.levels.setVisible(levels is not None)
            self._headings["levels"].setVisible(levels is not None)
        if levels and image:
            self.levels.show_image(self._canvas.document.reader.path_of(image), levels)
        self._place()

    def _place(self) -> None:
        """Lie in the corner, as high as need be and as the canvas allows."""
        if not self.isHidden():
            head = self._close.sizeHint().height() + 2 * theme.TIGHT + theme.SPACE
            room = self._canvas.height() - 2 * MARGIN_PX - head
            wanted = self._body.sizeHint().height()
            self._scroll.setFixedHeight(max(min(wanted, room), 0))
            self.adjustSize()
            self.move(self._canvas.width() - self.width() - MARGIN_PX, MARGIN_PX)

    def _turn(self, name: str) -> None:
        look, value = self._looking.look, self.sliders[name].value
        self._looking.set(_turned(look, name, value))

    def _reset_shapes(self) -> None:
        look = self._looking.look
        self._looking.set(replace(look, shapes=ShapeLook(names=look.shapes.names)))

    # Qt's side --------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Show what holds now: nothing was followed while it was closed."""
        super().showEvent(event)
        self._follow()
        self.raise_()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the keyboard back."""
        super().hideEvent(event)
        field = QApplication.focusWidget()
        if field and self.isAncestorOf(field):
            self._canvas.setFocus()
        self.hidden.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)


def _turned(look: Look, name: str, value: float) -> Look:
    if name in SHAPE_SLIDERS:
        return replace(look, shapes=replace(look.shapes, **{name: value}))
    return replace(look, tone=replace(look.tone, **{name: value}))


@dataclass(frozen=True, slots=True)
class Scale:
    """How a slider's steps stand for a value, and the value for the eye."""

    to_value: Callable[[float], float]
    to_part: Callable[[float], float]
    text: Callable[[float], str]


def _even(name: str, text: Callable[[float], str]) -> Scale:
    low, high = LIMITS[name]
    return Scale(
        lambda part: low + part * (high - low), lambda value: (value - low) / (high - low), text
    )


def _by_ratio(name: str, text: Callable[[float], str]) -> Scale:
    low, high = (math.log(limit) for limit in LIMITS[name])
    return Scale(
        lambda part: math.exp(low + part * (high - low)),
        lambda value: (math.log(value) - low) / (high - low),
        text,
    )


def _percent(part: float) -> str:
    return f"{100 * part:.0f}%"


def _signed(part: float) -> str:
    return f"{100 * part:+.0f}%" if round(100 * part) else "0%"


SCALES: Mapping[str, Scale] = {
    "fill": _even("fill", _percent),
    "line": _even("line", _percent),
    "width_px": _even("width_px", "{:.1f}".format),
    "brightness": _even("brightness", _signed),
    "contrast": _even("contrast", _signed),
    "gamma": _by_ratio("gamma", "{:.2f}".format),
}


class NamedSlider:
    """A named slider with its value as a number beside it."""

    def __init__(self, name: str) -> None:
        self.scale = SCALES[name]
        self.suffix = ""
        self.label = QLabel()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, STEPS)
        self.slider.setPageStep(STEPS // 10)
        self.label.setBuddy(self.slider)
        self.number = QLabel(alignment=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.number.setMinimumWidth(48)
        set_role(self.number, "quiet")

    @property
    def value(self) -> float:
        """The value that the slider stands for, to three digits."""
        return float(f"{self.scale.to_value(self.slider.value() / STEPS):.3g}")

    def name(self, text: str) -> None:
        """Say what the slider sets."""
        self.label.setText(text)
        self.slider.setAccessibleName(text)

    def show_value(self, value: float) -> None:
        """Stand for ``value``."""
        self.slider.blockSignals(True)
        self.slider.setValue(round(self.scale.to_part(value) * STEPS))
        self.slider.blockSignals(False)
        self.number.setText(self.scale.text(value) + self.suffix)
