"""Which classes become one: tick them, say which one stays, hear how much that touches."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.domain.labels import Label
from studio.storage.reader import LabelUsage
from studio.ui import theme
from studio.ui.label.classes.class_edits import ClassEdits, amount
from studio.ui.style_sheet import set_role
from studio.ui.widgets.swatch import swatch

SIZE_PX = QSize(420, 480)
ROW_PX = 30


class MergeDialog(QDialog):
    """Asks which of ``labels`` to merge; ``merged`` and ``into`` are the answer.

    Those ``ticked`` beforehand go into another one, unless the user says otherwise.
    """

    def __init__(
        self,
        labels: Sequence[Label],
        ticked: Sequence[Label],
        edits: ClassEdits,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._labels = labels
        self._going = ticked
        self._edits = edits
        self._chosen: Label | None = None
        self._asked: list[Label] = []
        self.setWindowTitle(self.tr("Merge classes"))
        self.resize(SIZE_PX)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Classes to merge"))
        for label in labels:
            item = QListWidgetItem(swatch(label.color), label.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_ticked = label in ticked
            item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, ROW_PX))
            self.list.addItem(item)
        self.into_field = QComboBox()
        self.into_field.setAccessibleName(self.tr("The class that stays"))
        self._said = QLabel(wordWrap=True)
        self._said.setMinimumHeight(3 * self._said.fontMetrics().lineSpacing())
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        set_role(self._said, "quiet")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._merge = self.buttons.addButton(
            self.tr("Merge"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._build()
        self.list.itemChanged.connect(self._offer)
        self.into_field.activated.connect(self._choose)
        self.into_field.currentIndexChanged.connect(self._count)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._offer()
        self.list.setCurrentRow(labels.index(ticked[0]) if ticked else 0)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.TIGHT)
        column.addWidget(QLabel(self.tr("Tick the classes that are one and the same:")))
        column.addWidget(self.list, 1)
        column.addSpacing(theme.HAIR)
        column.addWidget(QLabel(self.tr("They all become:")))
        column.addWidget(self.into_field)
        column.addWidget(self._said)
        column.addWidget(self.buttons)

    @property
    def into(self) -> Label:
        """The class that stays."""
        return self.into_field.currentData()

    @property
    def merged(self) -> list[Label]:
        """The classes that become ``into`` and are gone."""
        return [label for label in self._ticked() if label.id != self.into.id]

    def _ticked(self) -> list[Label]:
        rows = range(self.list.count())
        checked = Qt.CheckState.Checked
        return [self._labels[row] for row in rows if self.list.item(row).checkState() == checked]

    def _choose(self, _row: int) -> None:
        self._chosen = self.into_field.currentData()

    def _offer(self) -> None:
        """Let one of the ticked classes stay: the one the user chose, else the first."""
        ticked = self._ticked()
        others = [label for label in ticked if label not in self._going]
        stays = next((label for label in ticked if label == self._chosen), None)
        stays = stays or next(iter(others or ticked), None)
        self.into_field.blockSignals(True)
        self.into_field.clear()
        for label in ticked:
            self.into_field.addItem(swatch(label.color), label.name, label)
        if stays:
            self.into_field.setCurrentIndex(ticked.index(stays))
        self.into_field.blockSignals(False)
        self.into_field.setEnabled(bool(ticked))
        self._count()

    def _count(self) -> None:
        enough = len(self._ticked()) > 1
        self._merge.setEnabled(enough)
        self._asked = self.merged if enough else []
        if not enough:
            self._said.setText(self.tr("Tick at least two classes."))
            return
        asked = self._asked
        self._said.setText(self.tr("Counting…"))
        self._edits.count(asked, lambda usage: self._say(usage) if asked is self._asked else None)

    def _say(self, usage: LabelUsage) -> None:
        if not usage.images:
            text = self.tr("Nothing uses what becomes “{name}”.")
        else:
            text = self.tr("{what} will become “{name}”. One undo brings everything back.")
        self._said.setText(text.format(what=amount(usage), name=self.into.name))
