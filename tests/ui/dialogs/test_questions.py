"""Short questions of the program have room for their sentences."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QInputDialog

from studio.ui import theme
from studio.ui.wording import messages


@pytest.mark.parametrize("kind", ["question", "number", "text"])
def test_a_question_is_no_narrow_column(qapp: QApplication, kind: str) -> None:
    theme.apply(qapp, "light")
    widths: list[int] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        widths.append(dialog.width())
        dialog.close()

    QTimer.singleShot(0, look)
    if kind == "question":
        messages.ask(None, "Delete run 23?", "Its model is deleted. This is final.", "Delete")
    elif kind == "number":
        QInputDialog.getInt(None, "Train run 23 for longer", "More epochs:", 20)
    else:
        QInputDialog.getText(None, "Rename", "New name:")
    assert widths[0] >= 280
