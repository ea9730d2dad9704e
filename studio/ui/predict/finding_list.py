"""What was found on the picture, one line each, to accept or to reject."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QWidget,
)

from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.predict.findings import Finding
from studio.ui.style_sheet import set_role
from studio.ui.swatch import swatch

ROW_PX = 32


class _Row(QWidget):
    """One finding with its two buttons."""

    accepted = Signal()
    rejected = Signal()

    def __init__(self, finding: Finding, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        color, name, score = QLabel(), QLabel(finding.label.name), QLabel(f"{finding.score:.0%}")
        color.setPixmap(swatch(finding.label.color).pixmap(12, 12))
        set_role(score, "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.TIGHT, 0, theme.HAIR, 0)
        row.setSpacing(theme.TIGHT)
        row.addWidget(color)
        row.addWidget(name, 1)
        row.addWidget(score)
        if finding.held:
            set_role(name, "quiet")
            self.setToolTip(hint)
            kept = QLabel()
            kept.setPixmap(icon("lock", theme.current().faint).pixmap(14, 14))
            row.addWidget(kept)
            row.addSpacing(theme.TIGHT)
            return
        for sign, tint, signal, tip in (
            ("check", theme.current().success, self.accepted, self.tr("Accept (Enter)")),
            ("close", theme.current().quiet, self.rejected, self.tr("Reject (X)")),
        ):
            button = QToolButton()
            button.setIcon(icon(sign, tint))
            button.setIconSize(QSize(16, 16))
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(signal)
            row.addWidget(button)


class FindingList(QListWidget):
    """The findings of one picture, best first.

    Signals:
        chosen(int): another finding is chosen.
        accepted(int), rejected(int): the button of a finding was pressed.
    """

    chosen = Signal(int)
    accepted = Signal(int)
    rejected = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("role", "plain")
        self.currentRowChanged.connect(self._on_row)

    def show_findings(self, findings: Sequence[Finding], chosen: int) -> None:
        """Show other findings, ``chosen`` being the one to decide next (-1 for none)."""
        hint = self.tr("Kept back: you have labelled the same here already.")
        with QSignalBlocker(self):
            self.clear()
            for number, finding in enumerate(findings):
                row = _Row(finding, hint)
                row.accepted.connect(lambda n=number: self.accepted.emit(n))
                row.rejected.connect(lambda n=number: self.rejected.emit(n))
                item = QListWidgetItem()
                item.setSizeHint(QSize(0, ROW_PX))
                self.addItem(item)
                self.setItemWidget(item, row)
            self.setCurrentRow(chosen)

    def _on_row(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(row)
