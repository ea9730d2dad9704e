"""What was found on the picture, one line each, to accept or to reject.

A model and a delegate that paints, for the slider may change hundreds of lines on every tick.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.predict.findings import Finding
from studio.ui.widgets.swatch import swatch

ROW_PX = 32
SIGN_PX = 16
SWATCH_PX = 12
FindingRole = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class FindingModel(QAbstractListModel):
    """The findings of one picture, best first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._findings: tuple[Finding, ...] = ()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Hold other findings."""
        self.beginResetModel()
        self._findings = tuple(findings)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """The number of findings; items have no children."""
        return 0 if parent is not None and parent.isValid() else len(self._findings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a finding says, or the ``Finding``."""
        if not 0 <= index.row() < len(self._findings):
            return None
        finding = self._findings[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{finding.label.name} {finding.score:.0%}"
        return finding if role == FindingRole else None


class FindingList(QListView):
    """The findings of one picture, best first; their two signs are pressed in place.

    Signals:
        chosen(int): another finding is chosen.
        accepted(int), rejected(int): the sign of a finding was pressed.
    """

    chosen = Signal(int)
    accepted = Signal(int)
    rejected = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = FindingModel(self)
        self._pressed = (-1, "")
        self._showing = False
        self.setModel(self._model)
        self.setItemDelegate(FindingDelegate(self))
        self.setProperty("role", "plain")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_findings(self, findings: Sequence[Finding], chosen: int) -> None:
        """Show other findings, ``chosen`` being the one to decide next (-1 for none)."""
        self._showing = True
        self._model.show_findings(findings)
        self.setCurrentRow(chosen)
        self._showing = False

    def setCurrentRow(self, row: int) -> None:
        """Choose the finding in a row."""
        self.setCurrentIndex(self._model.index(row))

    def sign_rect(self, row: int, sign: str) -> QRect:
        """Where a row's sign, ``accept`` or ``reject``, is pressed, in pixels of the viewport."""
        return _sign_rect(self.visualRect(self._model.index(row)), sign).adjusted(-4, -6, 4, 6)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press a sign where there is one, else choose."""
        self._pressed = self._sign_at(event)
        if not self._pressed[1]:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Accept or reject when the pointer is still on the sign."""
        pressed, self._pressed = self._pressed, (-1, "")
        if not pressed[1]:
            super().mouseReleaseEvent(event)
        elif pressed == self._sign_at(event):
            (self.accepted if pressed[1] == "accept" else self.rejected).emit(pressed[0])

    def _sign_at(self, event: QMouseEvent) -> tuple[int, str]:
        """The row and the sign under the pointer; no sign on a finding that is held back."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            finding: Finding = index.data(FindingRole)
            for sign in ("accept", "reject") if not finding.held else ():
                if self.sign_rect(index.row(), sign).contains(at):
                    return index.row(), sign
        return -1, ""

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid() and not self._showing:
            self.chosen.emit(index.row())


def _sign_rect(row: QRect, sign: str) -> QRect:
    right = {"accept": 50, "reject": 24}[sign]
    return QRect(row.right() - right, row.center().y() - SIGN_PX // 2, SIGN_PX, SIGN_PX)


class FindingDelegate(QStyledItemDelegate):
    """Paints one finding: its class, how sure the model is, and the signs that decide."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of one height."""
        return QSize(120, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        finding: Finding = index.data(FindingRole)
        colors = theme.current()
        row: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, row, state)
        color = QRect(0, 0, SWATCH_PX, SWATCH_PX)
        color.moveCenter(row.center())
        color.moveLeft(row.left() + theme.TIGHT)
        swatch(finding.label.color).paint(painter, color)
        if finding.held:
            icon("lock", colors.faint).paint(painter, _sign_rect(row, "reject"))
        else:
            icon("check", colors.success).paint(painter, _sign_rect(row, "accept"))
            icon("close", colors.quiet).paint(painter, _sign_rect(row, "reject"))
        painter.setFont(theme.font())
        metrics = QFontMetrics(painter.font())
        left, right = color.right() + theme.TIGHT, _sign_rect(row, "accept").left() - theme.TIGHT
        room = QRect(left, row.top(), right - left, row.height())
        score = f"{finding.score:.0%}"
        painter.setPen(QColor(colors.quiet))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, score)
        room.setRight(room.right() - metrics.horizontalAdvance(score) - theme.TIGHT)
        painter.setPen(QColor(colors.quiet if finding.held else colors.text))
        name = metrics.elidedText(finding.label.name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), name)
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Say what the pointer is on."""
        finding: Finding | None = index.data(FindingRole)
        if event.type() is not QEvent.Type.ToolTip or finding is None:
            return super().helpEvent(event, view, option, index)
        row: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        if finding.held:
            text = self.tr("Kept back: you have labelled the same here already.")
        elif event.pos().x() >= _sign_rect(row, "reject").left() - 4:
            text = self.tr("Reject (X)")
        elif event.pos().x() >= _sign_rect(row, "accept").left() - 4:
            text = self.tr("Accept (Enter)")
        else:
            text = finding.label.name
        QToolTip.showText(event.globalPos(), text, view)
        return True


def _paint_ground(painter: QPainter, row: QRect, state: QStyle.StateFlag) -> None:
    selected = bool(state & QStyle.StateFlag.State_Selected)
    if selected or state & QStyle.StateFlag.State_MouseOver:
        colors = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.accent_soft if selected else colors.hover))
        painter.drawRoundedRect(QRectF(row.adjusted(0, 1, 0, -1)), 6, 6)
