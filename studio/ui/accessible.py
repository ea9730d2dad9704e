"""Names for screen readers: every control has one, taken from what a sighted user reads of it.

A button with a text has its name already. For a control without, the name is that of its label in
a form, its placeholder, its tooltip without the keys, or the heading it stands under. Nothing here
needs to be called for a new widget: whichever window has the keyboard is looked through.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QSplitter,
    QTableView,
    QTabWidget,
    QTextEdit,
    QWidget,
)

PAUSE_MS = 150
GIVEN = "accessible_name_given"
"""Property of a widget whose name was found here, and may be found anew in another language."""

CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit,
    QPlainTextEdit, QTextEdit,
)  # fmt: skip


CONTAINERS = (QLabel, QScrollArea, QSplitter, QTabWidget)
"""They can have the keyboard, but what is worked with is in them."""


class Names(QObject):
    """Names the controls of the window that has the keyboard, a moment after it came there."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._name)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self.refresh)

    def refresh(self, *_: object) -> None:
        """Look again soon."""
        self._timer.start()

    def _name(self) -> None:
        window = QApplication.activeWindow()
        if window is not None:
            name_controls(window)


def controls(root: QWidget) -> list[QWidget]:
    """What can be worked with below ``root``, without the parts that Qt makes controls of."""
    found = root.findChildren(QWidget)
    return [widget for widget in found if _is_control(widget) and not _is_part(widget, root)]


def name_controls(root: QWidget) -> None:
    """Name every control below ``root`` that neither has a text nor was named by its author."""
    labels = [label for label in root.findChildren(QLabel) if label.buddy() is not None]
    buddies = {label.buddy(): label.text() for label in labels}
    for widget in controls(root):
        if isinstance(widget, QAbstractButton) and widget.text():
            continue
        if widget.accessibleName() and not widget.property(GIVEN):
            continue
        name = buddies.get(widget) or _beside(widget) or _on(widget) or _above(widget, root)
        if name and name != widget.accessibleName():
            widget.setAccessibleName(name.replace("&", ""))
            widget.setProperty(GIVEN, True)


def _is_control(widget: QWidget) -> bool:
    if isinstance(widget, (QScrollBar, QHeaderView)):
        return False
    by_key = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return isinstance(widget, CONTROLS) or (by_key and not isinstance(widget, CONTAINERS))


def _is_part(widget: QWidget, root: QWidget) -> bool:
    """Whether a widget lies within a control: a list in a combo box, a field in a spin box."""
    parent = widget.parentWidget()
    while parent is not None and parent is not root:
        if isinstance(parent, (QComboBox, QAbstractSpinBox, QLineEdit, QHeaderView, QTableView)):
            return True
        parent = parent.parentWidget()
    return False


def _beside(widget: QWidget) -> str:
    """What the label in front of the widget says in the form it stands in, alone or in a row."""
    parent = widget.parentWidget()
    above = parent.parentWidget() if parent is not None else None
    for holder, field in ((parent, widget), (above, parent)):
        if holder is None or field is None:
            break
        for form in holder.findChildren(QFormLayout):
            for line in range(form.rowCount()):
                item = form.itemAt(line, QFormLayout.ItemRole.FieldRole)
                front = form.itemAt(line, QFormLayout.ItemRole.LabelRole)
                label = front.widget() if front is not None else None
                if item is None or not isinstance(label, QLabel):
                    continue
                row = item.layout()
                if item.widget() is field or (row is not None and row.indexOf(field) >= 0):
                    return label.text()
    return ""


def _on(widget: QWidget) -> str:
    """What the widget says of itself: its placeholder, else its tooltip without the keys.

    The tooltip of a list is that of the row under the pointer.
    """
    if isinstance(widget, (QLineEdit, QPlainTextEdit, QTextEdit)) and widget.placeholderText():
        return widget.placeholderText()
    if isinstance(widget, QAbstractItemView):
        return ""
    first = widget.toolTip().partition("\n")[0]
    return re.sub(r"<[^>]*>|\s*\([^()]*\)$", "", first).strip()


def _above(widget: QWidget, root: QWidget) -> str:
    """The nearest heading that the widget stands under."""
    parent = widget.parentWidget()
    while parent is not None:
        near = Qt.FindChildOption.FindDirectChildrenOnly
        for label in parent.findChildren(QLabel, options=near):
            if label.property("role") in ("heading", "title") and label.text():
                return label.text()
        if parent is root:
            break
        parent = parent.parentWidget()
    return ""
