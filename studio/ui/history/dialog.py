"""Every change of the project, newest first: look back, restore an image, take back one change."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from studio.domain.edits import Edit, Title
from studio.domain.project import Changes
from studio.editing import restoring
from studio.errors import StudioError
from studio.ui import theme
from studio.ui.document import Document
from studio.ui.history.entries import EntryDelegate, EntryModel
from studio.ui.history.preview import Preview
from studio.ui.history.reading import HistoryReader, ListedEntry, PastImage, past_image
from studio.ui.icons import icon
from studio.ui.style_sheet import set_role
from studio.ui.wording import messages
from studio.vision.depth import mapping_of

SIZE_PX = QSize(1080, 680)
FRAME_PX = QSize(24, 64)
"""Room for the window's frame, and a little of what lies behind."""
LIST_PX = 360
TYPING_MS = 200


class HistoryDialog(QDialog):
    """The log on the left; on the right the image as it was, and the two ways back."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._reader = HistoryReader(document.project, self)
        self._seq = 0
        self._asked = 0
        self._past_image: PastImage | None = None
        self.setWindowTitle(self.tr("History"))
        self.resize(SIZE_PX.boundedTo(self.screen().availableSize() - FRAME_PX))
        self.model = EntryModel(self._reader, self)
        self.list = QListView()
        self.search = QLineEdit(clearButtonEnabled=True)
        self.this_image = QCheckBox(self.tr("Only this image"))
        self.preview = Preview(mapping_of(document.reader.settings()))
        self._title, self._when, self.note = QLabel(), QLabel(), QLabel(wordWrap=True)
        self.restore = QPushButton(self.tr("Restore this image to this moment"))
        self.revert = QPushButton(self.tr("Take back only this change"))
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._build()
        self._connect()
        self._filter()

    def _build(self) -> None:
        self.search.setPlaceholderText(self.tr("Search changes"))
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.this_image.setEnabled(bool(self._document.image_id))
        self.list.setModel(self.model)
        self.list.setItemDelegate(EntryDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Changes, newest first"))
        set_role(self._title, "heading")
        for label in (self._when, self.note):
            set_role(label, "quiet")
        self.note.setMinimumHeight(2 * self.note.fontMetrics().lineSpacing())
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.reject)
        for button in (self.restore, self.revert, close):
            button.setAutoDefault(False)  # Enter in the search restores nothing
        left = QVBoxLayout()
        left.setSpacing(theme.TIGHT)
        left.addWidget(self.search)
        left.addWidget(self.this_image)
        left.addWidget(self.list, 1)
        for widget in (self.search, self.list):
            widget.setFixedWidth(LIST_PX)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._when)
        foot = QHBoxLayout()
        foot.setSpacing(theme.TIGHT)
        foot.addWidget(self.revert)
        foot.addWidget(self.restore)
        foot.addStretch(1)
        foot.addWidget(close)
        right = QVBoxLayout()
        right.setSpacing(theme.TIGHT)
        right.addLayout(head)
        right.addWidget(self.preview, 1)
        right.addWidget(self.note)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        row.setSpacing(theme.WIDE)
        row.addLayout(left)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        for key, step in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, -1)):
            within = Qt.ShortcutContext.WidgetShortcut
            walk = QShortcut(QKeySequence(key), self.search, context=within)
            walk.activated.connect(partial(self._step, step))
        self._typing.timeout.connect(self._filter)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.this_image.toggled.connect(lambda _: self._filter())
        self.model.loaded.connect(self._choose)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._look_at_current())
        self.preview.image_wanted.connect(self._look_at)
        self.restore.clicked.connect(self._restore)
        self.revert.clicked.connect(self._revert)
        self._document.changed.connect(self._follow)
        self._document.failed.connect(self._tell)
        self._reader.failed.connect(self._tell)

    # The list ---------------------------------------------------------------------------------

    def _filter(self) -> None:
        wanted = self.search.text().strip().casefold()
        titles = None
        if wanted:
            fitting = (t for t in Title if wanted in messages.edit_title(t).casefold())
            titles = [name for title in fitting for name in title.written()]
        image_id = self._document.image_id if self.this_image.isChecked() else 0
        self.model.show_only(image_id, titles)

    def _follow(self, changes: Changes) -> None:
        if changes.images or changes.labels or changes.settings or changes.proposals:
            self.model.reload()

    def _choose(self) -> None:
        """Keep the entry that is looked at, else look at the newest one."""
        row = max(self.model.row_of(self._seq), 0)
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(row))
        else:
            self._seq = 0
            self._show(None)

    def _step(self, step: int) -> None:
        """Go on in the list while the keys are still in the search."""
        row = self.list.currentIndex().row() + step
        if 0 <= row < self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(row))

    def _look_at_current(self) -> None:
        self._look_at(self._document.image_id if self.this_image.isChecked() else 0)

    # The past ---------------------------------------------------------------------------------

    def _look_at(self, image_id: int) -> None:
        listed: ListedEntry | None = self.list.currentIndex().data(EntryModel.ListedRole)
        if listed is None:
            return
        entry = listed.line.entry
        self._seq = entry.seq
        self._asked += 1
        self._title.setText(self.model.title(entry))
        self._when.setText(self.model.details(listed))
        open_id = self._document.image_id
        self._reader.read(
            lambda past: past_image(past, entry.seq, image_id, open_id),
            partial(self._receive, self._asked),
        )

    def _receive(self, asked: int, found: PastImage) -> None:
        if asked == self._asked:
            self._show(found)

    def _show(self, found: PastImage | None) -> None:
        self._past_image = found
        self.preview.show_image(found)
        self.restore.setEnabled(bool(found and found.restore))
        self.revert.setEnabled(bool(found and found.can_revert))
        if found is None:
            self._title.setText(self.tr("Nothing has been changed yet."))
            self._when.setText("")
        lines: list[str] = []
        if found and found.image and not found.restore:
            lines.append(self.tr("This image's labels are now as they were then."))
        if found and found.reason:
            lines.append(messages.sentence(found.reason))
        self.note.setText("\n".join(lines))

    def _restore(self) -> None:
        edit = self._past_image and self._past_image.restore
        if edit:
            self._do(edit)

    def _revert(self) -> None:
        seq = self._seq
        self.revert.setEnabled(False)
        self._reader.read(lambda past: restoring.revert(past, seq), self._do)

    def _do(self, edit: Edit) -> None:
        """Carry out one of the two ways back; what is looked at is read again after it."""
        self.restore.setEnabled(False)
        self.revert.setEnabled(False)
        self._document.apply(edit)

    def _tell(self, error: StudioError) -> None:
        self.note.setText(messages.sentence(error))

    def done(self, result: int) -> None:
        """Stop reading."""
        self._document.changed.disconnect(self._follow)
        self._document.failed.disconnect(self._tell)
        self.preview.picture.close_pictures()
        self._reader.close()
        super().done(result)
