"""The recent projects, each with a picture of what is in it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from PySide6.QtCore import (
    QEvent,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QImage, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studio.errors import StudioError
from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.start.presence import Presence
from studio.ui.style_sheet import set_role
from studio.ui.threads.hand_over import to_window
from studio.ui.widgets.empty_state import EmptyState
from studio.ui.widgets.item_views import Index, place_and_state

PICTURE = QSize(72, 54)
RADIUS = 6
EMPTY_PX = 220
LOOK_AFTER_MS = 250
HANGS_MS = 1000
"""Of a reader that tells nothing for so long, the drive may hang by now."""
FAREWELL_S = 0.5
"""Readers that are at work end within this, unless their drive does not answer."""
QWIDGETSIZE_MAX = 2**24 - 1
THERE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


@dataclass(frozen=True, slots=True)
class _Look:
    """What was found in a project: RGB bytes of its first picture, and how many images it has."""

    project: Path
    images: int
    width: int = 0
    height: int = 0
    rgb: bytes = b""


class RecentProjects(QStackedWidget):
    """A list of projects; pictures come from a thread after the page is shown.

    Signals:
        chosen(Path): open this project.
        forgotten(Path): take it off the list.
    """

    chosen = Signal(object)
    forgotten = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = QListWidget()
        self._list.setIconSize(PICTURE)
        self._list.setItemDelegate(_Delegate(self._list))
        set_role(self._list, "plain")
        self._list.setMouseTracking(True)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.customContextMenuRequested.connect(self._show_menu)
        self._list.itemClicked.connect(self._choose)
        self._list.itemActivated.connect(self._choose)
        self._empty = EmptyState("folder")
        self.addWidget(self._list)
        self.addWidget(self._empty)
        self._looks: dict[Path, _Look] = {}
        self._readers: list[Thread] = []
        self._heard = False  # of a reader, since it was last looked whether one hangs
        self._tell_look = to_window(self, self._receive)
        # Decoding would hold up the first paint of the window.
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._begin_looking)
        self._unseen: deque[Path] = deque()
        self._presence = Presence(self)
        self._presence.found.connect(self._show_whether_there)
        self._opening = False
        self.retranslate()

    def show_projects(self, projects: Sequence[Path]) -> None:
        """List these projects, in this order; those that prove to be gone are greyed out."""
        self._stop_looking()
        self._list.clear()
        self._opening = False
        for project in projects:
            item = QListWidgetItem(self._text(project))
            item.setData(Qt.ItemDataRole.UserRole, str(project))
            item.setIcon(self._picture(project))
            self._say_whether_there(item, project, not self._presence.is_missing(project))
            self._list.addItem(item)
            self._presence.look_for(project)
        self.setCurrentWidget(self._list if projects else self._empty)
        self.setMaximumHeight(QWIDGETSIZE_MAX if projects else EMPTY_PX)

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self._list.setAccessibleName(self.tr("Recent projects"))
        self._empty.say(self.tr("Projects that you have opened will be listed here."))
        for item, project in self._items():
            item.setText(self._text(project))

    def close(self) -> bool:
        """Stop looking for projects, and into them."""
        self._presence.found.disconnect(self._show_whether_there)
        self._stop_looking()
        until = time.monotonic() + FAREWELL_S
        for reader in self._readers:
            reader.join(max(0.0, until - time.monotonic()))
        return super().close()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the placeholders in the colours of a new theme."""
        if event.type() is QEvent.Type.PaletteChange:
            for item, project in self._items():
                item.setIcon(self._picture(project))
        super().changeEvent(event)

    def _items(self) -> list[tuple[QListWidgetItem, Path]]:
        items = (self._list.item(row) for row in range(self._list.count()))
        return [(item, Path(item.data(Qt.ItemDataRole.UserRole))) for item in items]

    def _show_whether_there(self, project: Path, is_there: bool) -> None:
        listed = [item for item, each in self._items() if each == project]
        for item in listed:
            self._say_whether_there(item, project, is_there)
        if listed and is_there:
            self._unseen.append(project)
            self._later.start(LOOK_AFTER_MS)

    def _say_whether_there(self, item: QListWidgetItem, project: Path, is_there: bool) -> None:
        item.setFlags(THERE if is_there else Qt.ItemFlag.NoItemFlags)
        gone = self.tr("{folder} is no longer there.").format(folder=project)
        item.setToolTip(str(project) if is_there else gone)

    def _text(self, project: Path) -> str:
        look = self._looks.get(project)
        second = str(project.parent)
        if look is not None:
            second = self.tr("%n image(s)", "", look.images) + "  ·  " + second
        return f"{project.name}\n{second}"

    def _choose(self, item: QListWidgetItem) -> None:
        if not self._opening:
            self._opening = True
            self.chosen.emit(Path(item.data(Qt.ItemDataRole.UserRole)))
            self._opening = False

    def _show_menu(self, position: QPoint) -> None:
        item = self._list.itemAt(position)
        if item is None:
            return
        menu = QMenu(self)
        forget = menu.addAction(icon("close"), self.tr("Remove from this list"))
        if menu.exec(self._list.viewport().mapToGlobal(position)) is forget:
            self.forgotten.emit(Path(item.data(Qt.ItemDataRole.UserRole)))

    # Pictures ------------------------------------------------------------------------------

    def _begin_looking(self) -> None:
        """Have a reader look into one project after the other, for each takes much memory; where
        it hangs, another goes on with the others."""
        self._readers = [reader for reader in self._readers if reader.is_alive()]
        if not self._unseen:
            return
        if not (self._readers and self._heard):
            ratio = self.devicePixelRatioF()
            longest = round(max(PICTURE.width(), PICTURE.height()) * ratio * 1.4)
            what = (self._unseen, longest, self._tell_look)
            # Nobody waits for its end.
            self._readers.append(Thread(target=_look_into, args=what, daemon=True))
            self._readers[-1].start()
        self._heard = False
        self._later.start(HANGS_MS)

    def _stop_looking(self) -> None:
        self._later.stop()
        self._unseen.clear()

    def _receive(self, look: _Look) -> None:
        self._heard = True
        self._looks[look.project] = look
        for item, project in self._items():
            if project == look.project:
                item.setText(self._text(project))
                item.setIcon(self._picture(project))

    def _picture(self, project: Path) -> QIcon:
        look = self._looks.get(project)
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(PICTURE * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        outline = QPainterPath()
        outline.addRoundedRect(0, 0, PICTURE.width(), PICTURE.height(), RADIUS, RADIUS)
        painter.setClipPath(outline)
        painter.fillPath(outline, self.palette().midlight())
        if look is not None and look.rgb:
            _draw_filling(painter, look)
        else:
            sign = icon("image", theme.current().faint).pixmap(24, 24)
            painter.drawPixmap((PICTURE.width() - 24) // 2, (PICTURE.height() - 24) // 2, sign)
        painter.end()
        picture = QIcon(pixmap)
        picture.addPixmap(pixmap, QIcon.Mode.Selected)
        return picture


class _Delegate(QStyledItemDelegate):
    """Paints a picture, the project's name, and quietly where it is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All lines are as high as their picture."""
        return QSize(PICTURE.width(), PICTURE.height() + 2 * theme.TIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one project."""
        colors, there = theme.current(), bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
        area, state = place_and_state(option)
        line = area.adjusted(0, 1, 0, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        states = QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected
        if there and state & states:
            ground = QPainterPath()
            ground.addRoundedRect(QRectF(line), theme.RADIUS, theme.RADIUS)
            painter.fillPath(ground, QColor(colors.hover))
        picture = QRect(line.topLeft() + QPoint(theme.TIGHT, theme.TIGHT - 1), PICTURE)
        index.data(Qt.ItemDataRole.DecorationRole).paint(painter, picture)
        name, _, place = str(index.data()).partition("\n")
        left = picture.right() + theme.SPACE
        text = QRect(left, picture.top(), line.right() - left - theme.TIGHT, PICTURE.height())
        for said, font, color, flag in (
            (name, theme.font(bold=True), colors.text, Qt.AlignmentFlag.AlignTop),
            (place, theme.font("caption"), colors.quiet, Qt.AlignmentFlag.AlignBottom),
        ):
            painter.setFont(font)
            painter.setPen(QColor(color if there else colors.faint))
            metrics = QFontMetrics(font)
            elided = metrics.elidedText(said, Qt.TextElideMode.ElideMiddle, text.width())
            painter.drawText(text.adjusted(0, theme.TIGHT, 0, -theme.TIGHT), flag, elided)
        painter.restore()


def _draw_filling(painter: QPainter, look: _Look) -> None:
    image = QImage(look.rgb, look.width, look.height, 3 * look.width, QImage.Format.Format_RGB888)
    scale = max(PICTURE.width() / look.width, PICTURE.height() / look.height)
    painter.translate(PICTURE.width() / 2, PICTURE.height() / 2)
    painter.scale(scale, scale)
    painter.drawImage(QPoint(-look.width // 2, -look.height // 2), image)


def _look_into(unseen: deque[Path], longest_px: int, tell: Callable[[_Look], None]) -> None:
    """Look into projects until none is left; one that cannot be read keeps its icon."""
    while unseen:
        try:
            project = unseen.popleft()
        except IndexError:
            return  # another reader was quicker
        with suppress(StudioError):
            tell(_look(project, longest_px))


def _look(project: Path, longest_px: int) -> _Look:
    from studio.storage.reader import Reader
    from studio.storage.search import first_sound
    from studio.vision import images

    with Reader.open(project) as reader:
        count = reader.image_count()
        first = first_sound(reader)
        path = reader.path_of(first) if first else None
    if path is None:
        return _Look(project, count)
    try:
        rgb = images.read_reduced(path, longest_px)
    except StudioError:
        return _Look(project, count)
    height, width = rgb.shape[:2]
    return _Look(project, count, width, height, rgb.tobytes())
