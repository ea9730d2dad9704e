"""One image with the labels that it had: to look at, not to edit."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from studio.domain.project import State
from studio.storage.past import Moment
from studio.ui import marks, theme
from studio.ui.canvas.painting import Style
from studio.ui.history.reading import PastImage
from studio.ui.icons import icon
from studio.ui.marks import Mark
from studio.ui.style_sheet import set_role
from studio.ui.widgets.elided_label import ElidedLabel
from studio.ui.widgets.picture_view import PictureView
from studio.ui.wording import messages
from studio.vision.depth import GreyMapping

DRAWN = Style(outline=2.0, fill=0.18)
MOST_NAMES = 40
"""Beyond so many shapes their names would hide them."""


class Preview(QWidget):
    """The image of a ``PastImage``, its shapes as they were, and what else was said of it.

    Signals:
        image_wanted(int): another image that the entry changed is to be looked at.
    """

    image_wanted = Signal(int)

    def __init__(self, mapping: GreyMapping | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mapping = mapping
        self._past_image: PastImage | None = None
        self.picture = PictureView()
        self._name = ElidedLabel()
        self._number, self.said = QLabel(), QLabel(wordWrap=True)
        for label in (self._number, self.said):
            set_role(label, "quiet")
        self.previous = self._button("chevron-left", -1)
        self.next = self._button("chevron-right", 1)
        self.previous.setToolTip(self.tr("Previous image that this change touches"))
        self.next.setToolTip(self.tr("Next image that this change touches"))
        head = QHBoxLayout()
        head.setSpacing(theme.TIGHT)
        head.addWidget(self._name, 1)
        for widget in (self.previous, self._number, self.next):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TIGHT)
        column.addLayout(head)
        column.addWidget(self.picture, 1)
        column.addWidget(self.said)
        self.show_image(None)

    def _button(self, name: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(name))
        button.setIconSize(QSize(theme.ICON_PX, theme.ICON_PX))
        button.clicked.connect(lambda: self._step(step))
        return button

    def _step(self, step: int) -> None:
        if self._past_image and self._past_image.image:
            ids = self._past_image.image_ids
            at = ids.index(self._past_image.image.id) + step
            if 0 <= at < len(ids):
                self.image_wanted.emit(ids[at])

    def show_image(self, past_image: PastImage | None) -> None:
        """Show an image as it was; None shows nothing."""
        self._past_image = past_image
        image = past_image.image if past_image else None
        ids = past_image.image_ids if past_image else ()
        among = bool(image and len(ids) > 1 and image.id in ids)
        for widget in (self.previous, self._number, self.next):
            widget.setVisible(among)
        if past_image is None or image is None or past_image.moment is None:
            self._name.setText("")
            self.said.setText("")
            self.picture.show_file(None)
            return
        if among:
            at = ids.index(image.id)
            self._number.setText(f"{at + 1} / {len(ids)}")
            self.previous.setEnabled(at > 0)
            self.next.setEnabled(at < len(ids) - 1)
        self._name.setText(image.path.rpartition("/")[2])
        self._name.setToolTip(image.path)
        self.picture.show_file(past_image.path, (image.width, image.height), self._mapping)
        self.picture.show_marks(_marks(past_image.moment))
        self.said.setText(self._describe(past_image.moment))

    def _describe(self, moment: Moment) -> str:
        names = {label.id: label.name for label in moment.labels}
        parts = [self.tr("%n shape(s)", "", len(moment.shapes))]
        if moment.tags:
            tags = messages.listed(names[tag.label] for tag in moment.tags)
            parts.append(self.tr("Tags: {names}").format(names=tags))
        if moment.marks:
            complete = messages.listed(names[mark.label] for mark in moment.marks)
            parts.append(self.tr("Done for: {names}").format(names=complete))
        states = {moment.status.tags, moment.status.shapes}
        if State.SKIPPED in states:
            parts.append(self.tr("Skipped"))
        elif State.DONE in states:
            parts.append(self.tr("Done"))
        return " · ".join(parts)


def _marks(moment: Moment) -> list[Mark]:
    """The shapes as marks, the topmost first, as a picture view draws them."""
    labels = {label.id: label for label in moment.labels}
    named = len(moment.shapes) <= MOST_NAMES
    found: list[Mark] = []
    for shape in reversed(moment.shapes):
        label = labels[shape.label]
        color = marks.IGNORED if shape.ignore else QColor(label.color)
        found.append(Mark(shape.geometry, color, label.name if named else "", DRAWN))
    return found
