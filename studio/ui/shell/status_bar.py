"""The line at the window's foot: what the next click does, and what works in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QStatusBar,
    QToolButton,
    QWidget,
)

from studio.domain.pace import Pace
from studio.domain.project import State
from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.style_sheet import set_role

if TYPE_CHECKING:
    from studio.editing.scan import ScanProgress

BAR_PX = 96


class StatusBar(QStatusBar):
    """Hint on the left; scan, job and the project's state on the right.

    Signals:
        job_clicked(): the user wants to see the job.
        scan_cancelled(): the user wants the scan to stop.
    """

    job_clicked = Signal()
    scan_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._hint = QLabel()
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setContentsMargins(theme.SPACE, 0, 0, 0)
        self._hint.setMinimumWidth(0)
        self.scan = Indicator(closable=True)
        self.job = Indicator()
        self.writing = Indicator()
        self.pace = QLabel()
        self.pace.setContentsMargins(theme.TIGHT, 0, theme.TIGHT, 0)
        set_role(self.pace, "quiet")
        self.done = QProgressBar(textVisible=False)
        self.done.setFixedWidth(BAR_PX)
        self.done.hide()
        self._state = QLabel()
        self._state.setContentsMargins(theme.TIGHT, 0, theme.SPACE, 0)
        self.addWidget(self._hint, 1)
        self.addPermanentWidget(self.writing)
        self.addPermanentWidget(self.scan)
        self.addPermanentWidget(self.job)
        self.addPermanentWidget(self.pace)
        self.addPermanentWidget(self.done)
        self.addPermanentWidget(self._state)
        self.job.clicked.connect(self.job_clicked)
        self.scan.closed.connect(self.scan_cancelled)
        self.retranslate()

    def set_hint(self, hint: str) -> None:
        """Say what the next click does."""
        self._hint.setText(hint)

    def hint(self) -> str:
        """What is said."""
        return self._hint.text()

    def show_scan(self, progress: ScanProgress | None) -> None:
        """Tell how far a scan has got; None when there is none."""
        self.scan.setVisible(progress is not None)
        if progress is None:
            return
        found = QLocale().toString(progress.found)
        if progress.total:
            text = self.tr("Reading images: {found}").format(found=found)
        else:
            text = self.tr("Looking for images: {found} found").format(found=found)
        self.scan.show_progress(text, progress.inspected, progress.total)

    def show_writing(self, writing: bool) -> None:
        """Tell that a large edit is being written, which takes seconds."""
        self.writing.setVisible(writing)
        if writing:
            self.writing.show_progress(self.tr("Writing…"), 0, 0)

    def show_counts(self, counts: dict[State, int] | None) -> None:
        """Tell how many images are done; None when no project is open."""
        if counts is None:
            self._state.clear()
            self.done.hide()
            return
        done, skipped, all_of_them = counts[State.DONE], counts[State.SKIPPED], sum(counts.values())
        self.done.setRange(0, max(1, all_of_them))
        self.done.setValue(done + skipped)
        self.done.show()
        number = QLocale().toString
        text = self.tr("{done} of {all} done").format(done=number(done), all=number(all_of_them))
        if skipped:
            text += "  ·  " + self.tr("{count} skipped").format(count=number(skipped))
        self._state.setText(text)

    def show_pace(self, pace: Pace | None) -> None:
        """Tell how many objects this session has brought, and how fast; None for no session."""
        if pace is None or not pace.count:
            self.pace.clear()
            return
        text = self.tr("%n labelled", "", pace.count)
        if pace.per_hour is not None:
            rate = QLocale().toString(pace.per_hour)
            text += "  ·  " + self.tr("{rate} an hour").format(rate=rate)
        self.pace.setText(text)

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self.pace.setToolTip(
            self.tr(
                "Shapes and tags since the project was opened. What is done to several images at "
                "once is not counted, nor are pauses."
            )
        )
        self.done.setAccessibleName(self.tr("Images that are done or skipped"))
        self.scan.setToolTip(self.tr("Image sizes are read and broken files found"))
        self.scan.set_close_text(self.tr("Stop looking"))
        self.job.setToolTip(self.tr("Show the training"))


class Indicator(QWidget):
    """A text and a thin bar for one thing that is under way; hidden when there is none.

    Signals:
        clicked(): pressed with the mouse.
        closed(): its small button was pressed.
    """

    clicked = Signal()
    closed = Signal()

    def __init__(self, *, closable: bool = False) -> None:
        super().__init__()
        self._text = QLabel()
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(BAR_PX)
        self._close = QToolButton()
        self._close.setIcon(icon("close"))
        self._close.hide()
        self._close.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.TIGHT, 0, theme.TIGHT, 0)
        row.setSpacing(theme.TIGHT)
        row.addWidget(self._text)
        row.addWidget(self._bar)
        if closable:
            row.addWidget(self._close)
            self._close.setVisible(True)
        else:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def show_progress(self, text: str, done: float, total: float) -> None:
        """Say ``text`` and how far it has got; ``total`` 0 means nobody knows."""
        self._text.setText(text)
        share = min(1.0, done / total) if total else 0.0
        self._bar.setRange(0, 1000 if total else 0)
        if total:
            self._bar.setValue(int(share * 1000))
        self.show()

    def text(self) -> str:
        """What is said."""
        return self._text.text()

    def set_close_text(self, text: str) -> None:
        """What the small button does."""
        self._close.setToolTip(text)
        self._close.setAccessibleName(text)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on it counts."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit()
