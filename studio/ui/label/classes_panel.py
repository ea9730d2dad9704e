"""The panel of classes: choose, add, rename, recolour, give keys, delete, tag."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from studio.domain.labels import Label, clean_name, find_label, new_label
from studio.domain.project import Changes
from studio.editing import actions
from studio.errors import EditConflict
from studio.ui import messages, theme
from studio.ui.document import Document
from studio.ui.icons import icon
from studio.ui.label.class_list import ClassList, ClassListModel
from studio.ui.label.color_menu import ColorMenu
from studio.ui.style_sheet import set_role


class ClassesPanel(QFrame):
    """What can be said about images, and what is said about the shown one.

    Signals:
        picked(Label): a class was clicked.
        tag_clicked(Label): a class's tag mark was clicked.
        added(Label): a class was added.
    """

    picked = Signal(object)
    tag_clicked = Signal(object)
    added = Signal(object)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self._document = document
        self._model = ClassListModel(document, self)
        self.list = ClassList(self._model)
        self._heading = QLabel()
        set_role(self._heading, "heading")
        self._empty = QLabel(wordWrap=True)
        set_role(self._empty, "quiet")
        self.field = QLineEdit()
        self.field.setObjectName("new-class")
        self._sign = self.field.addAction(icon("plus"), QLineEdit.ActionPosition.LeadingPosition)
        self.several = QCheckBox()
        self._build()
        self._connect()
        self.retranslate()
        self._refresh()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, 0)
        head.addWidget(self._heading)
        self._empty.setContentsMargins(theme.SPACE, 0, theme.SPACE, 0)
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.TIGHT, 0, theme.TIGHT, theme.TIGHT)
        foot.setSpacing(theme.TIGHT)
        foot.addWidget(self.field)
        foot.addWidget(self.several)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TIGHT)
        column.addLayout(head)
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.list.picked.connect(self.picked)
        self.list.tag_clicked.connect(self.tag_clicked)
        self.list.color_clicked.connect(self.choose_color)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.field.returnPressed.connect(self._add)
        self.several.clicked.connect(self._set_several)
        self._model.modelReset.connect(self._refresh)
        self._document.label_chosen.connect(self.list.show_chosen)
        self._document.changed.connect(self._follow)
        self.list.show_chosen(self._document.label_id)

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self._heading.setText(self.tr("Classes"))
        self._empty.setText(self.tr("What do you want to find? Name it here."))
        self.field.setPlaceholderText(self.tr("New class"))
        self.field.setToolTip(self.tr("Type a name and press Enter (N)"))
        self.several.setText(self.tr("Several tags for one image"))
        self.several.setToolTip(
            self.tr("Otherwise a new tag takes the place of the one that stands.")
        )

    def set_tag_mode(self, tag_mode: bool) -> None:
        """Show the tags of the image for choosing."""
        self.several.setVisible(tag_mode)
        self.list.set_tag_mode(tag_mode, self._group().multi_label)

    def _group(self):
        return self._document.reader.tag_groups()[0]

    def _follow(self, changes: Changes) -> None:
        if changes.settings:
            self._refresh()

    def _refresh(self) -> None:
        labels = self._model.labels
        self._empty.setVisible(not labels)
        self.list.setVisible(bool(labels))
        multi_label = self._group().multi_label
        self.several.setChecked(multi_label)
        self.several.setVisible(self.list.tag_mode)
        self.list.set_tag_mode(self.list.tag_mode, multi_label)
        self.list.show_chosen(self._document.label_id)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask the project nothing more."""
        self._model.stop()
        super().closeEvent(event)

    # Changing classes -------------------------------------------------------------------------

    def start_adding(self) -> None:
        """Put the cursor where a new class is named."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _add(self) -> None:
        name = clean_name(self.field.text())
        known = find_label(self._model.labels, name)
        if not name:
            return
        self.field.clear()
        if known:
            self._document.failed.emit(
                EditConflict("There is already a class called {name}.", name=known.name)
            )
            return
        label = new_label(name, self._model.labels)
        if self._document.apply(actions.add_label(label)):
            self.added.emit(label)

    def _set_several(self, several: bool) -> None:
        self._document.apply(actions.set_multi_label(self._group(), several))

    def _show_menu(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        if not index.isValid():
            return
        label: Label = index.data(ClassListModel.LabelRole)
        menu = QMenu(self)
        menu.addAction(self.tr("Rename"), lambda: self.list.edit(index))
        corner = self.list.viewport().mapToGlobal(self.list.visualRect(index).bottomLeft())
        menu.addAction(self.tr("Colour…"), lambda: self.choose_color(label, corner))
        keys = menu.addMenu(self.tr("Key"))
        for digit in ("", *"123456789"):
            action = keys.addAction(digit or self.tr("None"), partial(self._set_key, label, digit))
            action.setCheckable(True)
            action.setChecked(digit == label.key)
        menu.addSeparator()
        menu.addAction(icon("trash"), self.tr("Delete…"), lambda: self.delete(label))
        menu.exec(self.list.viewport().mapToGlobal(at))
        menu.deleteLater()

    def _set_key(self, label: Label, digit: str) -> None:
        self._document.apply(actions.set_label_key(label, digit, self._model.labels))

    def choose_color(self, label: Label, at: QPoint) -> None:
        """Let the user choose a class's colour, at a point of the screen."""
        menu = ColorMenu(label.color, lambda color: self._recolor(label, color), self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _recolor(self, label: Label, color: str) -> None:
        self._document.apply(actions.recolour_label(label, color))

    def delete(self, label: Label) -> None:
        """Delete a class with what uses it, after saying how much that is."""
        tags, shapes, marks = self._document.reader.rows_of_label(label.id)
        images = len({row.image_id for row in (*tags, *shapes)})
        if images and not messages.ask(
            self,
            self.tr("Delete the class “{name}”?").format(name=label.name),
            self.tr(
                "{shapes} and {tags} on {images} are deleted with it. Undo brings them back."
            ).format(
                shapes=self.tr("%n shape(s)", "", len(shapes)),
                tags=self.tr("%n tag(s)", "", len(tags)),
                images=self.tr("%n image(s)", "", images),
            ),
            self.tr("Delete"),
        ):
            return
        self._document.apply(actions.delete_label(label, tags, shapes, marks))
