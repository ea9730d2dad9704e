"""A small panel over the canvas: fewer vertices, seen live while the tolerance is chosen."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout

from studio.domain import geometry as geo
from studio.domain.project import Changes
from studio.domain.shapes import Geometry, Polygon, Shape
from studio.editing import reshaping
from studio.editing.reshaping import Outcome
from studio.errors import EditConflict
from studio.ui import theme
from studio.ui.canvas.canvas import Canvas
from studio.ui.style_sheet import set_role
from studio.ui.threads.hand_over import to_window

WIDTH_PX = 320
MARGIN_PX = 12
STEPS = 100
FINEST_PX, COARSEST_PX = 0.1, 40.0
FIRST_STEP = 40
CORNERS = ((0.5, 1.0), (0.5, 0.0), (0.0, 1.0), (1.0, 1.0), (0.0, 0.0), (1.0, 0.0))
"""Where the panel may be, the best place first: shares of the canvas's room, across and down."""


class Simplifier(QFrame):
    """Shown while the outlines of the selected polygons are being simplified, and beside them.

    They are worked out on a thread of their own; a newer tolerance overtakes an older one.
    """

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        set_role(self, "card")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFixedWidth(WIDTH_PX)
        self._canvas = canvas
        self._document = canvas.document
        self._scene = canvas.scene
        self._shapes: list[Shape] = []
        self._pool: ThreadPoolExecutor | None = None
        self._pending: Future[Outcome] | None = None
        self._outcome: Outcome | None = None
        self._taking = False  # Enter came before the outcome
        self._corner = CORNERS[0]
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, STEPS)
        self.slider.setValue(FIRST_STEP)
        self._title, self._tolerance, self.count = QLabel(), QLabel(), QLabel()
        self._apply, self._cancel = QPushButton(), QPushButton()
        self._build()
        self.slider.valueChanged.connect(self._work_out)
        self._apply.clicked.connect(self.take)
        self._cancel.clicked.connect(self.hide)
        self._document.changed.connect(self._follow)
        self._document.selection_changed.connect(self.hide)
        self._document.image_shown.connect(self.hide)
        canvas.tool_changed.connect(self.hide)
        self.hide()

    def _build(self) -> None:
        set_role(self._title, "heading")
        set_role(self._tolerance, "quiet")
        set_role(self.count, "quiet")
        set_role(self._apply, "primary")
        for button in (self._apply, self._cancel):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._tolerance)
        foot.setSpacing(theme.TIGHT)
        foot.addWidget(self.count, 1)
        foot.addWidget(self._cancel)
        foot.addWidget(self._apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        column.setSpacing(theme.TIGHT)
        column.addLayout(head)
        column.addWidget(self.slider)
        column.addLayout(foot)
        self.setFocusProxy(self.slider)

    # Coming and going -------------------------------------------------------------------------

    def start(self) -> None:
        """Begin with the selected polygons, or say why not."""
        self.hide()
        self._shapes = [
            shape
            for shape in self._scene.selected()
            if isinstance(shape.geometry, Polygon) and not shape.locked
        ]
        if not self._shapes:
            self._document.failed.emit(
                EditConflict("Select a polygon first; other shapes have no vertices to leave out.")
            )
            return
        self._name()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="simplifying")
        self.adjustSize()
        self._corner = min(CORNERS, key=self._hides)
        self._place()
        self.show()
        self.raise_()
        self._canvas.installEventFilter(self)
        self.slider.setFocus(Qt.FocusReason.PopupFocusReason)
        self._work_out()

    def _name(self) -> None:
        self._title.setText(self.tr("Simplify outline"))
        self._apply.setText(self.tr("Apply"))
        self._cancel.setText(self.tr("Cancel"))
        self.slider.setAccessibleName(self.tr("Tolerance"))

    def _place(self) -> None:
        self.move(self._spot_at(*self._corner))

    def _spot_at(self, across: float, down: float) -> QPoint:
        """Where the panel is with these shares (0 to 1) of the room to its left and above it."""
        width, height = self._canvas.width() - self.width(), self._canvas.height() - self.height()
        return QPoint(
            MARGIN_PX + round(across * (width - 2 * MARGIN_PX)),
            MARGIN_PX + round(down * (height - 2 * MARGIN_PX)),
        )

    def _hides(self, corner: tuple[float, float]) -> float:
        """How much of the shapes would be behind the panel, in widget pixels."""
        panel = QRectF(self._spot_at(*corner), self.size())
        boxes = (self._canvas.viewport.box_to_widget(geo.bounds(s.geometry)) for s in self._shapes)
        hidden = (panel & QRectF(b.x0, b.y0, b.width, b.height) for b in boxes)
        return sum(part.width() * part.height() for part in hidden)

    def hideEvent(self, event: QHideEvent) -> None:
        """Drop what was not taken; with its workspace the panel goes for good."""
        super().hideEvent(event)
        self.setVisible(False)
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = self._pending = self._outcome = None
            self._taking = False
            self._canvas.removeEventFilter(self)
            self._scene.let_go()
            self._canvas.setFocus()

    def _follow(self, changes: Changes) -> None:
        """Give up where the shapes have changed meanwhile."""
        if self._pool and any(self._scene.shape(s.id) != s for s in self._shapes):
            self.hide()

    # Working it out ---------------------------------------------------------------------------

    @property
    def tolerance_px(self) -> float:
        """The tolerance that is chosen, in image pixels; fine steps where it is small."""
        share = self.slider.value() / STEPS
        return FINEST_PX * (COARSEST_PX / FINEST_PX) ** share if share else 0.0

    def _work_out(self) -> None:
        if self._pool is None:
            return
        self._tolerance.setText(self.tr("{n} px").format(n=f"{self.tolerance_px:.1f}"))
        if self._pending:
            self._pending.cancel()
        self._outcome = None
        self._pending = self._pool.submit(
            reshaping.simplify_outlines, self._shapes, self.tolerance_px
        )
        self._pending.add_done_callback(to_window(self, self._show))

    def _show(self, future: Future[Outcome]) -> None:
        if future is not self._pending or future.cancelled():
            return
        outcome = self._outcome = future.result()
        after = {s.id: s.geometry for s in self._shapes} | {
            change.after.id: change.after.geometry
            for change in outcome.edit.changes
            if isinstance(change.after, Shape)
        }
        self._scene.hold(after)
        self._canvas.update()
        text = self.tr("{before} → {after} vertices").format(
            before=sum(_vertices(shape.geometry) for shape in self._shapes),
            after=sum(map(_vertices, after.values())),
        )
        if outcome.count:
            lost = self.tr("%n hole(s) go", "", outcome.count)
            text = f"{text}\n{lost}"
        self.count.setText(text)
        self.adjustSize()
        self._place()
        if self._taking:
            self.take()

    def take(self) -> None:
        """Make one edit of what is seen."""
        if self._outcome is None:
            self._taking = self._pending is not None
            return
        edit = self._outcome.edit
        self.hide()
        self._document.apply(self._scene.begun(edit))

    # Keys -------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes it, Esc drops it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Esc mean the panel also while the canvas under the mouse has the keyboard."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        is_press = event.type() == QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and event.key() in keys:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)


def _vertices(geometry: Geometry) -> int:
    return sum(map(len, geo.rings(geometry))) if isinstance(geometry, Polygon) else 0
