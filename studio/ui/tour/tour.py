"""Leads through the steps: one bubble at a time, beside the work and never in its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenuBar, QPushButton, QToolButton, QWidget

from studio.ui.label.tool_strip import ToolStrip
from studio.ui.label.workspace import LabelWorkspace
from studio.ui.tour.bubble import Bubble, Side
from studio.ui.tour.steps import Step, steps

if TYPE_CHECKING:
    from studio.ui.shell.main_window import MainWindow
    from studio.ui.shell.project_view import ProjectView

_MOVES = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)


class Tour(QObject):
    """A tour of the open project's workspaces.

    Signals:
        ended(): the last step was left, or the user has seen enough.
    """

    ended = Signal()

    def __init__(self, window: MainWindow, view: ProjectView) -> None:
        super().__init__(view)
        self._window = window
        self._view = view
        self._step = 0
        self._watched: QWidget | None = None
        self.bubble = Bubble(window)
        self.bubble.onward.connect(lambda: self._go(self._step + 1))
        self.bubble.backward.connect(lambda: self._go(self._step - 1))
        self.bubble.skipped.connect(self.end)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._place)
        window.installEventFilter(self)
        window.actions_of_window.keys_changed.connect(self._later.start)
        view.workspaces.shown.connect(self._later.start)
        view.given_up.connect(self.end)
        app = QApplication.instance()
        assert app is not None
        self._keys = EscapeFilter(self)
        app.installEventFilter(self._keys)
        self._go(0)

    @property
    def step(self) -> int:
        """Which step is shown, from 0."""
        return self._step

    def take_keyboard(self) -> None:
        """Let the bubble be worked with keys."""
        self.bubble.next.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def end(self) -> None:
        """Take the bubble away."""
        if self._keys is None:
            return
        self._keys.deleteLater()
        self._keys = None
        self._later.stop()
        self._window.removeEventFilter(self)
        self.bubble.hide()
        self.bubble.deleteLater()
        self.ended.emit()
        self.deleteLater()

    def _go(self, step: int) -> None:
        known = steps(self._window.actions_of_window)
        if step >= len(known):
            self.end()
            return
        self._step = step
        has_keyboard = self.bubble.focusWidget() is QApplication.focusWidget()
        self._view.workspaces.show_workspace(known[step].workspace)
        self._place()
        if has_keyboard and self.bubble.isVisible():
            self.take_keyboard()  # which the workspace in front has just taken
        # Again once the workspace's layout has settled.
        self._later.start()

    def _place(self) -> None:
        known = steps(self._window.actions_of_window)
        step = known[self._step]
        self.bubble.say(step.title, step.text, self._step + 1, len(known))
        target, rect = self._button(step) if step.target else self._files_menu()
        self._watch(target)
        place = QRect(target.mapTo(self._window, rect.topLeft()), rect.size())
        # Beside a column of tools, below a row of buttons: the others stay in sight.
        side = Side.RIGHT if isinstance(target.parentWidget(), ToolStrip) else Side.BELOW
        self.bubble.point_at(place, side)

    def _button(self, step: Step) -> tuple[QWidget, QRect]:
        """The button of the step's action where it can be seen, else that of its workspace."""
        action = self._window.actions_of_window[step.target]
        front = self._view.workspaces.currentWidget()
        found = [b for b in front.findChildren(QToolButton) if b.defaultAction() is action]
        found += front.findChildren(QPushButton, step.target)
        seen = [button for button in found if button.isVisible()]
        if self._view.workspaces.name != step.workspace or not seen:
            seen = self._window.header.findChildren(QToolButton, f"workspace.{step.workspace}")
        return seen[0], seen[0].rect()

    def _files_menu(self) -> tuple[QWidget, QRect]:
        [bar] = self._window.header.findChildren(QMenuBar)
        return bar, bar.actionGeometry(bar.actions()[0])

    def _watch(self, target: QWidget) -> None:
        if target is not self._watched:
            if self._watched is not None:
                self._watched.removeEventFilter(self)
            target.installEventFilter(self)
            self._watched = target

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what the bubble points at, and the language."""
        if event.type() in _MOVES or event.type() is QEvent.Type.LanguageChange:
            self._later.start()
        return False

    def takes_escape(self) -> bool:
        """Whether Esc means the tour: nothing else is in hand that it would drop."""
        if QApplication.activePopupWidget() or QApplication.activeModalWidget():
            return False
        label = self._view.workspaces.workspace("label")
        busy = isinstance(label, LabelWorkspace) and (
            label.canvas.tool.busy or label.canvas.scene.unnamed is not None
        )
        return not busy and not isinstance(QApplication.focusWidget(), QLineEdit)


class EscapeFilter(QObject):
    """Ends the tour with Esc, wherever the keyboard is; there only while the tour is."""

    def __init__(self, tour: Tour) -> None:
        super().__init__(tour)
        self._tour = tour

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claim Esc before it is a shortcut, then end the tour."""
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Escape:
            return False
        if not isinstance(watched, QWidget) or not self._tour.takes_escape():
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() is QEvent.Type.KeyPress:
            self._tour.end()
            return True
        return False
