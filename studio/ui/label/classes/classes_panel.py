"""The panel of classes: choose and add them, tag the image, say what it is complete for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from studio.domain.labels import Label, clean_name, find_label, new_label
from studio.domain.project import Changes
from studio.domain.shapes import Shape
from studio.editing import actions, classes
from studio.errors import EditConflict
from studio.ui import theme
from studio.ui.document import Document
from studio.ui.icons import icon
from studio.ui.label.classes.class_edits import ClassEdits
from studio.ui.label.classes.class_list import ClassList
from studio.ui.label.classes.class_menu import ClassMenu, HeadingMenu
from studio.ui.label.classes.class_model import ClassListModel
from studio.ui.label.classes.color_menu import ColorMenu
from studio.ui.label.classes.merge_dialog import MergeDialog
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
        self.edits = ClassEdits(document, self._model, self)
        self._heading = QLabel()
        set_role(self._heading, "heading")
        self._empty = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop)
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
        column.addWidget(self._empty, 1)
        column.addWidget(self.list, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.list.picked.connect(self.picked)
        self.list.tag_clicked.connect(self.tag_clicked)
        self.list.color_clicked.connect(self.choose_color)
        self.list.done_clicked.connect(self.toggle_done)
        self.list.moved.connect(self._move)
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
        self.edits.close()
        super().closeEvent(event)

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the workspace's actions on classes do."""
        return {
            "new_class": self.start_adding,
            "class_done": self._toggle_current_done,
            "merge_classes": self.merge,
            "split_class": self.split_off,
        }

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
        label: Label | None = index.data(ClassListModel.LabelRole)
        if label is None:
            menu = HeadingMenu(self, index.data(ClassListModel.HeadingRole).name)
        else:
            corner = self.list.viewport().mapToGlobal(self.list.visualRect(index).bottomLeft())
            menu = ClassMenu(self, label, lambda: self.list.edit(index), corner)
        menu.exec(self.list.viewport().mapToGlobal(at))
        menu.deleteLater()

    @property
    def model(self) -> ClassListModel:
        """The classes as they are listed."""
        return self._model

    def set_key(self, label: Label, digit: str) -> None:
        """Give a class a digit, "" for none."""
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
        self.edits.delete(label)

    def merge(self, *ticked: Label) -> None:
        """Ask which classes become one, ``ticked`` ones proposed, and merge them."""
        dialog = MergeDialog(self._model.labels, ticked, self.edits, self)
        if dialog.exec():
            self.edits.merge(dialog.merged, dialog.into)
        dialog.deleteLater()

    def split_off(self) -> None:
        """Make a new class of the selected shapes; locked ones stay what they are."""
        shapes = self._selected()
        if not shapes:
            self._document.failed.emit(EditConflict("Select the shapes of the new class first."))
            return
        name, agreed = QInputDialog.getText(
            self,
            self.tr("Split off a class"),
            self.tr("%n shape(s) become the new class:", "", len(shapes)),
        )
        name = clean_name(name)
        if agreed and name:
            self._split_off(shapes, name)

    def _split_off(self, shapes: list[Shape], name: str) -> None:
        labels = self._model.labels
        known = find_label(labels, name)
        if known:
            self._document.failed.emit(
                EditConflict("There is already a class called {name}.", name=known.name)
            )
            return
        source = next(label for label in labels if label.id == shapes[-1].label)
        label = replace(new_label(name, labels), group=source.group)
        edit = classes.split_off(shapes, label)
        status = self._document.reader.status(self._document.image_id)
        if self._document.apply(actions.begun(edit, status, shapes=True)):
            self._document.choose_label(label.id)

    def _selected(self) -> list[Shape]:
        found = map(self._document.reader.shape, sorted(self._document.selection))
        return [shape for shape in found if shape and not shape.locked]

    # Order and groups -------------------------------------------------------------------------

    def _move(self, label: Label, place: int, group: str) -> None:
        self._document.apply(classes.move_label(label, place, group, self._model.labels))

    def step(self, label: Label, down: bool) -> None:
        """List a class before the one above it, or after the one below it, in its group."""
        labels = self._model.labels
        peers = [each for each in labels if each.group == label.group]
        at = peers.index(label) + (1 if down else -1)
        if 0 <= at < len(peers):
            self._move(label, labels.index(peers[at]) + down, label.group)

    def set_group(self, label: Label, group: str) -> None:
        """List a class under a heading, "" for none."""
        self._document.apply(classes.set_group([label], group, self._model.labels))

    def ask_for_group(self, label: Label) -> None:
        """Ask for the heading of a new group, and list a class under it."""
        name, agreed = QInputDialog.getText(
            self, self.tr("New group"), self.tr("Name of the group, for example “vehicle”:")
        )
        if agreed and clean_name(name):
            self.set_group(label, name)

    def rename_group(self, group: str) -> None:
        """Ask for another name of a group."""
        name, agreed = QInputDialog.getText(
            self, self.tr("Rename group"), self.tr("Name of the group:"), text=group
        )
        if agreed and clean_name(name):
            self._document.apply(classes.rename_group(group, name, self._model.labels))

    def dissolve_group(self, group: str) -> None:
        """List the classes of a group among those of none."""
        self._document.apply(classes.rename_group(group, "", self._model.labels))

    # Complete for a class ---------------------------------------------------------------------

    def toggle_done(self, label: Label) -> None:
        """Say that the shown image is complete for a class, or no longer."""
        image_id = self._document.image_id
        if not image_id:
            return
        tag_mode = self.list.tag_mode
        if self._model.is_whole(tag_mode=tag_mode):
            self._document.failed.emit(
                EditConflict(
                    "This image is done as a whole; reopen it to mark single classes instead."
                )
            )
            return
        edit = classes.mark_class(image_id, label, not self._model.is_marked(label.id))
        status = self._document.reader.status(image_id)
        self._document.apply(actions.begun(edit, status, tags=tag_mode, shapes=not tag_mode))

    def _toggle_current_done(self) -> None:
        label = self._document.current_label()
        if label:
            self.toggle_done(label)
