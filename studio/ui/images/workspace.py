"""The Images workspace: see, find, sort and mark the images of a project."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.domain.edits import Edit
from studio.domain.labels import Label
from studio.domain.project import Changes, Split, State
from studio.editing import actions as verbs
from studio.settings import Settings
from studio.storage import search
from studio.storage.search import Only, Query
from studio.ui import theme
from studio.ui.actions import Actions
from studio.ui.document import Document
from studio.ui.empty_state import EmptyState
from studio.ui.icons import icon
from studio.ui.images.filter_bar import FilterBar
from studio.ui.images.grid import ImageGrid
from studio.ui.images.model import ImageListModel
from studio.ui.images.thumbnails import ThumbnailLoader
from studio.ui.style_sheet import set_role
from studio.ui.swatch import swatch

MARKS = ("images.done", "images.reopen", "images.skip")
SPLITS = ("images.train", "images.val", "images.test", "images.auto_split")


class ImagesWorkspace(QWidget):
    """Filter bar, grid, and a bar of what can be done with the selected images.

    Signals:
        hint_changed(str): what the next click does.
    """

    hint_changed = Signal(str)

    def __init__(
        self,
        document: Document,
        actions: Actions,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._actions = actions
        self._settings = settings
        self.filters = FilterBar(settings.thumbnail_px)
        self.model = ImageListModel(document)
        self.grid = ImageGrid(self.model, ThumbnailLoader.of(document))
        self._no_images = EmptyState("folder-add")
        self._no_match = EmptyState("search")
        self._pages = QStackedWidget()
        for page in (self.grid, self._no_images, self._no_match):
            self._pages.addWidget(page)
        self._selected = QLabel()
        self._open_button = QPushButton()
        self._tag_menu = QMenu(self)
        self._tag = QToolButton()
        self._tag.setIcon(icon("tag"))
        self._split_menu = QMenu(self)
        self._split = QToolButton()
        self._split.setIcon(icon("split"))
        self._lay_out()
        self._connect()
        self.grid.set_cell(settings.thumbnail_px)
        self.setFocusProxy(self.grid)
        self.retranslate()
        self._refresh()

    def show_only(self, only: Only) -> None:
        """Show images of one kind, for example those with problems."""
        self.filters.show_only(only)

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self.filters.retranslate()
        self.grid.retranslate()
        self._no_images.say(
            self.tr("This project has no images yet. Add a folder, or drop one on the window."),
            self.tr("Add folder of images…"),
        )
        self._no_match.say(self.tr("No image fits the filter."), self.tr("Clear filter"))
        self._tag.setText(self.tr("Tag"))
        self._tag.setToolTip(self.tr("Give the selected images a tag"))
        self._split.setText(self.tr("Split"))
        self._split.setToolTip(self.tr("Choose what the selected images are used for"))
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Bring the image that was last looked at into view."""
        super().showEvent(event)
        if not self.grid.selected_ids():
            self.grid.go_to(self._document.image_id)
        self._tell_selection()

    # What can be done with the selected images ---------------------------------------------

    def _open(self, image_id: int) -> None:
        if image_id:
            self._document.show_image(image_id)
            self._actions["workspace.label"].trigger()

    def _mark(self, state: State) -> None:
        kinds = search.kinds_in_use(self._document.reader)
        statuses = self._document.reader.statuses(self.grid.selected_ids()).values()
        self._apply(verbs.mark(statuses, state, tags=kinds.tags, shapes=kinds.shapes))

    def _assign(self, split: Split | None) -> None:
        statuses = self._document.reader.statuses(self.grid.selected_ids()).values()
        self._apply(verbs.assign_split(statuses, split))

    def _tag_with(self, label: Label) -> None:
        ids = self.grid.selected_ids()
        group = self._document.reader.tag_groups()[0]
        standing = self._document.reader.tags_of(ids)
        self._apply(verbs.tag_images(ids, group, label, standing))

    def _remove(self) -> None:
        statuses = self._document.reader.statuses(self.grid.selected_ids()).values()
        self._apply(verbs.remove_images(statuses))

    def _apply(self, edit: Edit) -> None:
        self._document.apply(edit)

    # Putting it together -------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self._pages, 1)
        column.addWidget(self._selection_bar())
        self.grid.setFrameShape(QFrame.Shape.NoFrame)
        self.grid.setProperty("role", "grid")

    def _selection_bar(self) -> QFrame:
        bar = QFrame()
        set_role(bar, "foot")
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.SPACE, theme.HAIR, theme.SPACE, theme.HAIR)
        row.setSpacing(theme.HAIR)
        row.addWidget(self._selected, 1)
        for button, menu in ((self._tag, self._tag_menu), (self._split, self._split_menu)):
            button.setMenu(menu)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            row.addWidget(button)
        for action_id in (*MARKS, "images.remove"):
            button = QToolButton()
            button.setDefaultAction(self._actions[action_id])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            row.addWidget(button)
        for action_id in SPLITS:
            self._split_menu.addAction(self._actions[action_id])
        set_role(self._open_button, "primary")
        self._open_button.clicked.connect(self._actions["images.open"].trigger)
        row.addSpacing(theme.TIGHT)
        row.addWidget(self._open_button)
        return bar

    def _connect(self) -> None:
        calls: dict[str, Callable[[], object]] = {
            "images.open": lambda: self._open(self.grid.current_id()),
            "images.find": lambda: self.filters.search.setFocus(),
            "images.select_all": self.grid.selectAll,
            "images.done": lambda: self._mark(State.DONE),
            "images.reopen": lambda: self._mark(State.NEW),
            "images.skip": lambda: self._mark(State.SKIPPED),
            "images.train": lambda: self._assign(Split.TRAIN),
            "images.val": lambda: self._assign(Split.VAL),
            "images.test": lambda: self._assign(Split.TEST),
            "images.auto_split": lambda: self._assign(None),
            "images.remove": self._remove,
        }
        for name, call in calls.items():
            self._actions.connect_to(name, call)
        self.filters.query_changed.connect(self._look_for)
        self.filters.size_changed.connect(self._resize_cells)
        self._no_images.clicked.connect(self._actions["project.add_folder"].trigger)
        self._no_match.clicked.connect(self.filters.reset)
        self.grid.opened.connect(self._open)
        self.grid.customContextMenuRequested.connect(self._show_menu)
        self.grid.selectionModel().selectionChanged.connect(lambda *_: self._tell_selection())
        self._tag_menu.aboutToShow.connect(lambda: self._fill_tags(self._tag_menu))
        for told in (self.model.modelReset, self.model.rowsInserted, self.model.rowsRemoved):
            told.connect(self._refresh)
        self._document.changed.connect(self._follow)

    def closeEvent(self, event: object) -> None:
        """Keep the size of the thumbnails for the next time."""
        self._settings.change(thumbnail_px=self.filters.cell_size.value())

    def _look_for(self, query: Query) -> None:
        kept = self.grid.current_id()
        self.model.set_query(query)
        self._refresh()
        self.grid.go_to(kept)

    def _resize_cells(self, cell_px: int) -> None:
        self.grid.set_cell(cell_px)

    def _follow(self, changes: Changes) -> None:
        if changes.labels:
            self.filters.show_labels(self._document.reader.labels())

    def _refresh(self) -> None:
        found = self.model.rowCount()
        page: QWidget = self.grid
        if not found:
            page = self._no_match if self.model.query.filters else self._no_images
        self._pages.setCurrentWidget(page)
        self.filters.show_labels(self._document.reader.labels())
        self.filters.show_count(found)
        self._tell_selection()

    def _tell_selection(self) -> None:
        count = len(self.grid.selectionModel().selectedIndexes())
        self._open_button.setText(self._actions["images.open"].text())
        self._open_button.setEnabled(count == 1)
        self._selected.setText(
            self.tr("%n image(s) selected", "", count) if count else self.tr("Nothing selected")
        )
        self._tag.setEnabled(bool(count and self._document.reader.labels()))
        self._split.setEnabled(bool(count))
        for action_id in (*MARKS, *SPLITS, "images.remove"):
            self._actions[action_id].setEnabled(bool(count))
        self._actions["images.open"].setEnabled(bool(count))
        self.hint_changed.emit(
            self.tr("Double-click an image to label it; drag or Shift+click to select several")
            if self.model.rowCount()
            else ""
        )

    def _fill_tags(self, menu: QMenu) -> None:
        menu.clear()
        for label in self._document.reader.labels():
            action = QAction(swatch(label.color), label.name, menu)
            action.triggered.connect(lambda _=False, label=label: self._tag_with(label))
            menu.addAction(action)

    def _show_menu(self, position: QPoint) -> None:
        if not self.grid.selected_ids():
            return
        menu = QMenu(self)
        menu.addAction(self._actions["images.open"])
        tags = menu.addMenu(icon("tag"), self.tr("Tag"))
        self._fill_tags(tags)
        tags.setEnabled(not tags.isEmpty())
        menu.addMenu(self._split_menu).setText(self.tr("Split"))
        menu.addSeparator()
        for action_id in MARKS:
            menu.addAction(self._actions[action_id])
        menu.addSeparator()
        menu.addAction(self._actions["images.remove"])
        menu.exec(self.grid.viewport().mapToGlobal(position))
