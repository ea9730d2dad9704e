"""The issues of one kind as a list: pictures, what is wrong, and on which image."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studio.domain.quality import Flaw, Issue
from studio.ui import theme
from studio.ui.document import Document
from studio.ui.thumbnails.loader import ThumbnailLoader
from studio.ui.widgets.item_views import Index, place_and_state
from studio.ui.wording import messages

PICTURE = QSize(76, 57)
ROW_PX = 73
MOST_PICTURES = 5


class IssueModel(QAbstractListModel):
    """Issues of one kind; ``DisplayRole`` is what is wrong, then the names of the images."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.issues: Sequence[Issue] = ()
        self._name = lru_cache(maxsize=2000)(self._name_of)

    def show(self, issues: Sequence[Issue]) -> None:
        """Show other issues."""
        if list(issues) != list(self.issues):
            self.beginResetModel()
            self.issues = tuple(issues)
            self._name.cache_clear()
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The number of issues."""
        return 0 if parent.isValid() else len(self.issues)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What is wrong, and where."""
        if role != Qt.ItemDataRole.DisplayRole or not index.isValid():
            return None
        issue = self.issues[index.row()]
        names = messages.listed(self._name(each) for each in issue.images[:MOST_PICTURES])
        return f"{self._sentence(issue)}\n{names}"

    def _name_of(self, image_id: int) -> str:
        return self._document.reader.image(image_id).path

    def _class(self, issue: Issue) -> str:
        labels = self._document.reader.labels()
        return next((each.name for each in labels if each.id == issue.label), "")

    def _sentence(self, issue: Issue) -> str:
        name = self._class(issue) if issue.label else ""
        match issue.flaw:
            case Flaw.MISSING_FILE:
                return self.tr("The file is no longer where it was.")
            case Flaw.UNREADABLE:
                return messages.problem(self._document.reader.image(issue.images[0]).problem)
            case Flaw.CHANGED_FILE:
                return self.tr("The file has changed since it was read; F5 reads it again.")
            case Flaw.LEAK:
                return self.tr("%n image(s) look the same, in different splits.", "",
                               len(issue.images))  # fmt: skip
            case Flaw.VIDEO:
                return self.tr("%n frame(s) of one video are in different splits.", "",
                               len(issue.images))  # fmt: skip
            case Flaw.NEAR_DUPLICATE:
                return self.tr("%n image(s) look the same.", "", len(issue.images))
            case Flaw.NO_AREA:
                return self.tr("{name} has no area.").format(name=name)
            case Flaw.OUTSIDE:
                return self.tr("{name} reaches beyond the image.").format(name=name)
            case Flaw.CROSSING:
                return self.tr("The outline of {name} crosses itself.").format(name=name)
            case Flaw.DUPLICATE:
                return self.tr("{name} is labelled twice in one place.").format(name=name)
            case Flaw.TINY:
                return self.tr("{name} is less than two pixels wide or high.").format(name=name)
            case Flaw.UNUSED_CLASS:
                return self.tr("No image shows {name}.").format(name=name)


class IssueDelegate(QStyledItemDelegate):
    """Paints up to five pictures and two lines beside them."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self._thumbnails = ThumbnailLoader.of(document)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are as high as a picture."""
        return QSize(PICTURE.width(), ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one issue."""
        model = index.model()
        if not isinstance(model, IssueModel):
            return
        colors = theme.current()
        area, state = place_and_state(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = area.adjusted(4, 2, -4, -2)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.accent_soft if chosen else colors.hover))
            painter.drawRoundedRect(line, theme.RADIUS, theme.RADIUS)
        left = line.left() + theme.TIGHT
        for image_id in model.issues[index.row()].images[:MOST_PICTURES]:
            place = QRect(QPoint(left, line.top() + 6), PICTURE)
            self._paint_picture(painter, place, image_id)
            left += PICTURE.width() + theme.HAIR
        said, _, names = str(index.data()).partition("\n")
        room = line.right() - left - 2 * theme.TIGHT
        for text, font, color, top in (
            (said, theme.font(), colors.text, 12),
            (names, theme.font("caption"), colors.quiet, 36),
        ):
            painter.setFont(font)
            painter.setPen(QColor(color))
            elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
            beside = QRect(left + theme.TIGHT, line.top() + top, room, 20)
            painter.drawText(beside, int(Qt.AlignmentFlag.AlignLeft), elided)
        painter.restore()

    def _paint_picture(self, painter: QPainter, place: QRect, image_id: int) -> None:
        painter.fillRect(place, QColor(theme.current().hover))
        reader = self._document.reader
        image = reader.image(image_id)
        if image.problem:
            return
        ratio = painter.device().devicePixelRatioF()
        path = reader.paths_of([image])[image_id]
        pixmap = self._thumbnails.get(path, round(PICTURE.width() * ratio))
        if pixmap is not None:
            size = pixmap.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(place.topLeft(), size)
            target.moveCenter(place.center())
            painter.drawPixmap(target, pixmap)


class IssueList(QListView):
    """Issues of one kind.

    Signals:
        opened(Issue): show this one where it is.
    """

    opened = Signal(object)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.issues = IssueModel(document, self)
        self.setModel(self.issues)
        self.setItemDelegate(IssueDelegate(document, self))
        self.setProperty("role", "plain")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(lambda _: self.open_chosen())
        ThumbnailLoader.of(document).ready.connect(lambda _: self.viewport().update())

    def show(self, issues: Sequence[Issue]) -> None:
        """Show other issues; one of them is always chosen, near the one that was."""
        row = max(self.currentIndex().row(), 0)
        self.issues.show(issues)
        if issues and not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.issues.index(min(row, len(issues) - 1)))

    def chosen(self) -> list[Issue]:
        """The selected issues, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.issues.issues[row] for row in rows]

    def open_chosen(self) -> None:
        """Show the first of the selected issues where it is; a class without images is nowhere."""
        for issue in self.chosen()[:1]:
            if issue.images:
                self.opened.emit(issue)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows the issue where it is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_chosen()
        else:
            super().keyPressEvent(event)
