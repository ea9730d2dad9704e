"""The rows of the list of classes: those of no group first, then each group under its heading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QObject, Qt, QTimer

from studio.domain.labels import Label
from studio.domain.project import Changes, State
from studio.editing import actions, saved_filters
from studio.errors import StudioError
from studio.storage.reader import LabelUsage, Reader
from studio.ui.document import Document
from studio.ui.threads.latest import Latest
from studio.ui.widgets.item_views import Index

USAGE_DELAY_MS = 400
COUNTED_AT_ONCE = 5_000
"""Up to so many shapes and images are counted without anybody noticing."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The row above a group of classes; the rows below it are gone while it is collapsed."""

    name: str
    count: int
    collapsed: bool


Row = Label | Heading


class ClassListModel(QAbstractListModel):
    """The project's classes in their order, kept in step with the document."""

    LabelRole = Qt.ItemDataRole.UserRole
    HeadingRole = Qt.ItemDataRole.UserRole + 1

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._labels = document.reader.labels()
        self._collapsed: set[str] = set()
        self._rows = self._make_rows()
        self._usage: Mapping[str, LabelUsage] | None = None
        self._tagged, self._done, self._status = self._read_image()
        self._soon = QTimer(self, singleShot=True, interval=USAGE_DELAY_MS)
        self._soon.timeout.connect(self._count)
        self._counting = Latest(Reader.label_usage, self, project=document.project)
        self._counting.answered.connect(self._take_usage)
        self._counting.failed.connect(document.failed)
        document.changed.connect(self._follow)
        document.image_shown.connect(self._refresh_image)
        self._count()

    @property
    def labels(self) -> tuple[Label, ...]:
        """The classes, in order."""
        return self._labels

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is listed: classes and the headings of their groups."""
        return self._rows

    @property
    def groups(self) -> list[str]:
        """The names of the groups, in order."""
        return list(dict.fromkeys(label.group for label in self._labels if label.group))

    @property
    def is_counted(self) -> bool:
        """Whether it is known how often classes are used."""
        return self._usage is not None

    def usage(self, label_id: str) -> LabelUsage:
        """How often a class is used in the project, as of a moment ago."""
        return (self._usage or {}).get(label_id, LabelUsage())

    def is_tagged(self, label_id: str) -> bool:
        """Whether the shown image is tagged with this class."""
        return label_id in self._tagged

    def is_marked(self, label_id: str) -> bool:
        """Whether a human said that the shown image is complete for just this class."""
        return label_id in self._done

    def is_whole(self, *, tag_mode: bool) -> bool:
        """Whether the shown image is done as a whole, which stands for every class."""
        tags, shapes = self._status
        return (tags if tag_mode else shapes) is State.DONE

    def row_of(self, label_id: str) -> int:
        """The row of a class, -1 where it is not listed."""
        ids = [row.id if isinstance(row, Label) else "" for row in self._rows]
        return ids.index(label_id) if label_id in ids else -1

    def toggle(self, group: str) -> None:
        """Hide the classes of a group, or list them again."""
        self._collapsed ^= {group}
        self._reset()

    def _make_rows(self) -> tuple[Row, ...]:
        rows: list[Row] = [label for label in self._labels if not label.group]
        for group in self.groups:
            members = [label for label in self._labels if label.group == group]
            collapsed = group in self._collapsed
            rows.append(Heading(group, len(members), collapsed))
            rows += () if collapsed else members
        return tuple(rows)

    def _reset(self) -> None:
        self.beginResetModel()
        self._rows = self._make_rows()
        self.endResetModel()

    # Qt's side --------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """The number of rows; items have no children."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name to show or edit, the ``Label`` or the ``Heading``."""
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.name
        if role == self.LabelRole:
            return row if isinstance(row, Label) else None
        return row if role == self.HeadingRole and isinstance(row, Heading) else None

    def setData(self, index: Index, value: str, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Rename a class; a name that is taken is refused with a sentence."""
        label = self._rows[index.row()]
        if not isinstance(label, Label):
            return False
        try:
            edit = actions.rename_label(label, value, self._labels)
            settings = self._document.reader.settings()
            edit = saved_filters.following(edit, settings, {label.name: value})
            return self._document.apply(edit)
        except StudioError as error:
            self._document.failed.emit(error)
            return False

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every class can be renamed in place."""
        flags = super().flags(index)
        is_label = index.data(self.LabelRole) is not None
        return flags | Qt.ItemFlag.ItemIsEditable if is_label else flags

    # Following the document -------------------------------------------------------------------

    def _follow(self, changes: Changes) -> None:
        if changes.labels:
            self._labels = self._document.reader.labels()
            self._collapsed &= set(self.groups)
            self._reset()
        if changes.labels or changes.images or changes.image_list:
            self._soon.start()
        if self._document.image_id in changes.images:
            self._refresh_image()

    def stop(self) -> None:
        """Count no more: the project is about to close."""
        self._soon.stop()
        self._counting.close()

    def _count(self) -> None:
        """Count how often each class is used; in a large project on a thread."""
        reader = self._document.reader
        [row] = reader.select(
            "SELECT max(coalesce((SELECT max(id) FROM shape), 0),"
            " coalesce((SELECT max(id) FROM image), 0))"
        )
        if row[0] <= COUNTED_AT_ONCE:
            self._take_usage(reader.label_usage())
            return
        self._counting.ask()

    def _take_usage(self, usage: Mapping[str, LabelUsage]) -> None:
        self._usage = usage
        self._tell()

    def _refresh_image(self, *_: object) -> None:
        seen = self._read_image()
        if seen != (self._tagged, self._done, self._status):
            self._tagged, self._done, self._status = seen
            self._tell()

    def _read_image(self) -> tuple[frozenset[str], frozenset[str], tuple[State, State]]:
        """Labels of the shown image's tags and of its marks, and how far it has got."""
        image_id, reader = self._document.image_id, self._document.reader
        if not image_id:
            return frozenset(), frozenset(), (State.NEW, State.NEW)
        status = reader.status(image_id)
        tagged = frozenset(tag.label for tag in reader.tags(image_id))
        return tagged, reader.done_labels(image_id), (status.tags, status.shapes)

    def _tell(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
