"""What to put right before training: each thing with a click that does it, or leads there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from studio.domain.edits import Edit, Title
from studio.domain.project import Split, State
from studio.domain.quality import Flaw
from studio.editing import actions, repairs
from studio.errors import Sentence
from studio.learning.config import TrainConfig
from studio.learning.readiness import preflight
from studio.learning.readiness.preflight import Finding, Kind
from studio.storage.reader import Reader
from studio.ui import theme
from studio.ui.document import Document
from studio.ui.icons import icon
from studio.ui.style_sheet import set_role
from studio.ui.threads.latest import Latest
from studio.ui.wording import messages

PAUSE_MS = 250
"""Settings that change one after the other are looked at once, after this pause."""

MOST_ROWS = 8
"""More are only counted: they would push the settings out of sight."""


class FindingRow(QWidget):
    """One finding with its buttons."""

    def __init__(self, finding: Finding, repair: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = finding
        self._sign, self.text = QLabel(), QLabel(messages.sentence(finding.sentence))
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.repair, self.look = QPushButton(repair), QPushButton(self.tr("Show in Label"))
        self.look.setToolTip(self.tr("Opens the image in Label"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.TIGHT)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.text, 1)
        for button in (self.repair, self.look):
            set_role(button, "link")
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        # Not before they have a parent: they would be windows, and take the keyboard.
        self.repair.setVisible(bool(repair))
        self.look.setVisible(bool(finding.images))
        self._draw_sign()

    def take_focus(self) -> None:
        """Give the keyboard to the first thing that can be done about it."""
        (self.look if self.repair.isHidden() else self.repair).setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the colours of another theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._draw_sign()
        super().changeEvent(event)

    def _draw_sign(self) -> None:
        colors = theme.current()
        grave = self.finding.kind is not Kind.OTHER
        name, tint = ("warning", colors.warning) if grave else ("info", colors.accent)
        self._sign.setPixmap(icon(name, tint).pixmap(16, 16))


class PreflightList(QFrame):
    """Looks at the project as a training would, and lists what it finds; nothing blocks.

    Signals:
        place_opened(int, tuple[int, ...]): show this image, and these shapes on it.
    """

    place_opened = Signal(int, object)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._document = document
        self._findings: tuple[Finding, ...] = ()
        self._advice: tuple[Sentence, ...] = ()
        self._config: TrainConfig | None = None
        self.rows: list[FindingRow] = []
        self.title, self.more = QLabel(), QLabel()
        set_role(self.title, "heading")
        set_role(self.more, "quiet")
        self._body = QVBoxLayout()
        self._body.setSpacing(theme.HAIR)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.SPACE, theme.WIDE, theme.SPACE)
        column.setSpacing(theme.TIGHT)
        column.addWidget(self.title)
        column.addLayout(self._body)
        column.addWidget(self.more)
        self._look = Latest(preflight.check, self, project=document.project, pause_ms=PAUSE_MS)
        self._look.answered.connect(self._receive)
        self._look.failed.connect(document.failed)
        self.hide()

    def retranslate(self) -> None:
        """Take texts from the present language."""
        self._show()

    def close(self) -> bool:
        """Look at nothing any more."""
        self._look.close()
        return super().close()

    # What there is -------------------------------------------------------------------------

    def show_plan(self, config: TrainConfig | None, advice: Sequence[Sentence]) -> None:
        """Look for what stands in the way of this training; None where there can be none.

        ``advice`` is known already; what is found says the same with more to click at.
        """
        if config is None or self._config is None or config.task is not self._config.task:
            self._findings = ()
        self._config, self._advice = config, tuple(advice) if config else ()
        if config is None:
            self._look.drop()
        else:
            self._look.ask_soon(config)
        self._show()

    @Slot(object)
    def _receive(self, findings: tuple[Finding, ...]) -> None:
        self._findings = findings
        self._show()

    def _show(self) -> None:
        found = {str(each.sentence) for each in self._findings}
        others = (Finding(Kind.OTHER, each) for each in self._advice if str(each) not in found)
        listed = (*self._findings, *others)
        field = QApplication.focusWidget()
        focused = [field is not None and row.isAncestorOf(field) for row in self.rows]
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [self._row(finding) for finding in listed[:MOST_ROWS]]
        for row in self.rows:
            self._body.addWidget(row)
        hidden = len(listed) - len(self.rows)
        self.title.setText(self.tr("Before you train"))
        self.more.setText(self.tr("and %n more", "", hidden))
        self.more.setVisible(hidden > 0)
        self.setVisible(bool(listed))
        if self.rows and any(focused):
            self.rows[min(focused.index(True), len(self.rows) - 1)].take_focus()

    def _row(self, finding: Finding) -> FindingRow:
        row = FindingRow(finding, self._repair_name(finding))
        row.repair.clicked.connect(lambda: self._repair(finding))
        row.look.clicked.connect(lambda: self.place_opened.emit(finding.images[0], finding.shapes))
        return row

    # What can be done ----------------------------------------------------------------------

    def _repair_name(self, finding: Finding) -> str:
        match finding.kind:
            case Kind.FILES if finding.issues:
                return self.tr("Remove from project")
            case Kind.SHAPES:
                names = {
                    Flaw.OUTSIDE: self.tr("Cut to the image"),
                    Flaw.CROSSING: self.tr("Untangle"),
                    Flaw.DUPLICATE: self.tr("Delete the later ones"),
                }
                return names.get(finding.issues[0].flaw, self.tr("Delete"))
            case Kind.NOT_JUDGED if finding.images:
                return self.tr("Move %n image(s) to validation", "", len(finding.images))
            case Kind.UNFINISHED:
                return self.tr("Mark as done")
            case _:
                return ""

    def _repair(self, finding: Finding) -> None:
        self._document.apply(repair(self._document.reader, finding))


def repair(reader: Reader, finding: Finding) -> Edit:
    """The edit that puts a finding right; empty where only the user can."""
    match finding.kind:
        case Kind.FILES | Kind.SHAPES:
            return repairs.repair(reader, finding.issues)
        case Kind.NOT_JUDGED:
            statuses = reader.statuses(finding.images).values()
            return actions.assign_split(statuses, Split.VAL)
        case Kind.UNFINISHED:
            statuses = reader.statuses(finding.images).values()
            return actions.mark(statuses, State.DONE, tags=False)
        case _:
            return Edit(Title.REPAIR, ())
