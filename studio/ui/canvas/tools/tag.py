"""Tag mode: the digits say what the whole image shows, and a drag moves the picture."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, Qt

from studio.ui.canvas.tools.tool import Pointer, Tool


class TagTool(Tool):
    """Nothing is drawn; the picture can be dragged about."""

    id = "tag"
    cursor = Qt.CursorShape.OpenHandCursor

    def press(self, pointer: Pointer) -> None:
        """Take hold of the picture."""
        self.canvas.navigation.start_pan(QPointF(*pointer.widget))

    def hint(self) -> str:
        """Which keys tag."""
        return QCoreApplication.translate(
            "Tools", "Press 1 to 9 to tag the whole image; the same key again takes the tag away"
        )
