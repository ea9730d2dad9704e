"""The quality inbox: kinds of issues on the left, the issues, and what to do about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.domain.edits import Edit
from studio.domain.quality import Flaw, Issue
from studio.editing.repairs import REPAIRABLE
from studio.errors import EditConflict
from studio.ui import theme
from studio.ui.dataset.inspector import Inspector
from studio.ui.dataset.issue_list import IssueList
from studio.ui.document import Document
from studio.ui.icons import icon
from studio.ui.style_sheet import set_role
from studio.ui.widgets.empty_state import EmptyState
from studio.ui.wording import messages, metric_text

KINDS_PX = 260
VAL_FRACTION = 0.2


class QualityPage(QWidget):
    """Shows what an inspection found.

    Signals:
        issue_opened(Issue): show this one where it is.
    """

    issue_opened = Signal(object)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.inspector = Inspector(document, self)
        self.kinds = QListWidget()
        self.list = IssueList(document)
        self.show_it = QPushButton(icon("label"), "")
        self.repair = QPushButton(icon("check", on_accent=True), "")
        self.repair_all = QPushButton()
        self.split_anew = QPushButton(icon("split"), "")
        self.look = QPushButton(icon("refresh"), "")
        self.stop = QPushButton(icon("stop"), "")
        self._wanted: Flaw | None = None
        self._sum, self._eta = QLabel(), QLabel()
        self._progress = QProgressBar(textVisible=False)
        self._empty = EmptyState("check-circle")
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        bar = QFrame()
        set_role(bar, "bar")
        top = QHBoxLayout(bar)
        top.setContentsMargins(theme.LOOSE, theme.TIGHT, theme.WIDE, theme.TIGHT)
        top.setSpacing(theme.SPACE)
        set_role(self._eta, "quiet")
        self._progress.setFixedWidth(180)
        self._progress.setMaximumHeight(6)
        top.addWidget(self._sum, 1)
        for widget in (self._eta, self._progress, self.stop, self.look):
            top.addWidget(widget)
        self.kinds.setFixedWidth(KINDS_PX)
        set_role(self.kinds, "plain")
        foot = QFrame()
        set_role(foot, "foot")
        below = QHBoxLayout(foot)
        below.setContentsMargins(theme.WIDE, theme.TIGHT, theme.WIDE, theme.TIGHT)
        below.addWidget(self.show_it)
        below.addStretch()
        for button in (self.split_anew, self.repair_all, self.repair):
            below.addWidget(button)
        set_role(self.repair, "primary")
        found = QWidget()
        column = QVBoxLayout(found)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addWidget(foot)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(found)
        middle = QHBoxLayout()
        middle.setSpacing(1)
        middle.addWidget(self.kinds)
        middle.addWidget(self._stack, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(bar)
        whole.addLayout(middle, 1)

    def _connect(self) -> None:
        self.inspector.changed.connect(self.refresh)
        self.kinds.currentItemChanged.connect(lambda *_: self._choose_kind())
        self.list.opened.connect(self.issue_opened)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.list.issues.modelReset.connect(self._enable)
        self.show_it.clicked.connect(self.list.open_chosen)
        self.repair.clicked.connect(lambda: self._repair(self.list.chosen()))
        self.repair_all.clicked.connect(lambda: self._repair(self.list.issues.issues))
        self.split_anew.clicked.connect(self._draw_split)
        self.inspector.split_drawn.connect(self._split_anew)
        self.look.clicked.connect(self.inspector.begin)
        self.stop.clicked.connect(self.inspector.cancel)

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self.kinds.setAccessibleName(self.tr("Kinds of issues"))
        self.list.setAccessibleName(self.tr("Issues"))
        self.show_it.setText(self.tr("Show in Label"))
        self.show_it.setToolTip(self.tr("Opens the image in Label (Enter)"))
        self.split_anew.setText(self.tr("Split anew…"))
        self.split_anew.setToolTip(
            self.tr("Draw training and validation again, with images that look the same together")
        )
        self.look.setText(self.tr("Look again"))
        self.stop.setText(self.tr("Stop"))
        self._name_kinds()
        self.refresh()

    # Showing -------------------------------------------------------------------------------

    def begin(self) -> None:
        """Look through the project, unless that has been done."""
        if self.inspector.progress is None and not self.inspector.busy:
            self.inspector.begin()

    def _name_kinds(self) -> None:
        self._titles = {
            Flaw.MISSING_FILE: self.tr("Missing files"),
            Flaw.UNREADABLE: self.tr("Unreadable files"),
            Flaw.CHANGED_FILE: self.tr("Changed files"),
            Flaw.LEAK: self.tr("Same picture in two splits"),
            Flaw.VIDEO: self.tr("Same video in two splits"),
            Flaw.NO_AREA: self.tr("Shapes without area"),
            Flaw.OUTSIDE: self.tr("Shapes beyond the image"),
            Flaw.CROSSING: self.tr("Outlines that cross themselves"),
            Flaw.DUPLICATE: self.tr("Labelled twice"),
            Flaw.TINY: self.tr("Tiny shapes"),
            Flaw.NEAR_DUPLICATE: self.tr("Pictures that look the same"),
            Flaw.UNUSED_CLASS: self.tr("Unused classes"),
        }
        self._repairs = {
            Flaw.MISSING_FILE: self.tr("Remove from project"),
            Flaw.UNREADABLE: self.tr("Remove from project"),
            Flaw.LEAK: self.tr("Train on all of them"),
            Flaw.VIDEO: self.tr("Train on all of them"),
            Flaw.NO_AREA: self.tr("Delete shape"),
            Flaw.OUTSIDE: self.tr("Cut to the image"),
            Flaw.CROSSING: self.tr("Untangle outline"),
            Flaw.DUPLICATE: self.tr("Delete the later one"),
            Flaw.TINY: self.tr("Delete shape"),
            Flaw.NEAR_DUPLICATE: self.tr("Keep only the first"),
            Flaw.UNUSED_CLASS: self.tr("Delete class"),
        }

    @property
    def flaw(self) -> Flaw | None:
        """The kind of issues that is shown."""
        item = self.kinds.currentItem()
        return Flaw(item.data(Qt.ItemDataRole.UserRole)) if item else None

    def refresh(self) -> None:
        """Show what has been found so far."""
        inspector = self.inspector
        counts = Counter(issue.flaw for issue in inspector.issues)
        self._list_kinds(counts)
        self._show_issues()
        total = sum(counts.values())
        self._sum.setText(self.tr("%n issue(s)", "", total) if total else "")
        busy = inspector.busy
        for widget in (self._progress, self._eta, self.stop):
            widget.setVisible(busy)
        self.look.setVisible(not busy)
        if inspector.progress is not None:
            self._progress.setRange(0, max(inspector.progress.total, 1))
            self._progress.setValue(inspector.progress.done)
        seconds = inspector.seconds_left
        self._eta.setText(
            self.tr("about {time} left").format(time=metric_text.duration(seconds))
            if seconds is not None and seconds >= 1
            else self.tr("Looking…")
        )
        clean = inspector.complete and not busy and not total
        if clean and self.kinds.hasFocus():
            self.look.setFocus()
        self.kinds.setVisible(not clean)
        self._stack.setCurrentIndex(1 if total else 0)
        if busy:
            self._empty.say(self.tr("Nothing found so far."))
        elif inspector.complete:
            self._empty.say(self.tr("Nothing wrong was found."))
        else:
            self._empty.say(self.tr("The project has not been looked through to the end."))

    def _list_kinds(self, counts: Counter[Flaw]) -> None:
        self.kinds.blockSignals(True)
        self.kinds.clear()
        for flaw in Flaw:
            if counts[flaw]:
                count = QLocale().toString(counts[flaw])
                item = QListWidgetItem(f"{self._titles[flaw]}  ·  {count}")
                item.setData(Qt.ItemDataRole.UserRole, str(flaw))
                self.kinds.addItem(item)
                if flaw is self._wanted:
                    self.kinds.setCurrentItem(item)
        if self.kinds.currentRow() < 0:
            self.kinds.setCurrentRow(0)
        self.kinds.blockSignals(False)

    def _choose_kind(self) -> None:
        self._wanted = self.flaw
        self._show_issues()

    def _show_issues(self) -> None:
        flaw = self.flaw
        self.list.show(self.inspector.of(flaw) if flaw else ())
        self._enable()

    def _enable(self) -> None:
        flaw, chosen = self.flaw, self.list.chosen()
        count = len(self.list.issues.issues)
        text = self._repairs.get(flaw, "") if flaw else ""
        self.repair.setVisible(flaw in REPAIRABLE)
        self.repair.setText(text)
        self.repair.setEnabled(bool(chosen))
        self.repair_all.setVisible(flaw in REPAIRABLE and count > 1)
        self.repair_all.setText(self.tr("{repair} (all %n)", "", count).format(repair=text))
        self.split_anew.setEnabled(not self.inspector.drawing)
        self.split_anew.setVisible(flaw in (Flaw.LEAK, Flaw.VIDEO, Flaw.NEAR_DUPLICATE))
        self.show_it.setEnabled(bool(chosen) and bool(chosen[0].images))

    # Doing ---------------------------------------------------------------------------------

    def _repair(self, issues: Sequence[Issue]) -> None:
        if issues and not self.inspector.repair(issues):
            messages.show_error(self, EditConflict("What is locked stays as it is."))
        self.list.setFocus()  # the button, which may go now, would give it to anything

    def _draw_split(self) -> None:
        self.list.setFocus()  # the button, which rests meanwhile, would give it to anything
        self.inspector.draw_split(VAL_FRACTION, seed=0)

    def _split_anew(self, edit: Edit) -> None:
        wanted = messages.ask(
            self,
            self.tr("Draw training and validation anew for %n image(s)?", "", len(edit.changes)),
            self.tr(
                "Images that look the same stay together, every class is in both, and a fifth "
                "is kept for validation. The test split stays. This can be undone."
            ),
            self.tr("Split anew"),
        )
        if wanted:
            self._document.apply(edit)

    def close(self) -> bool:
        """Look at nothing any more."""
        self.inspector.close()
        return super().close()
