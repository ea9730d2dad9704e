"""The Images workspace: see, find, sort and mark the images of a project."""

from __future__ import annotations

import json
from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, Signal
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from studio.domain.edits import Edit
from studio.domain.project import Changes
from studio.editing import saved_filters
from studio.settings import Settings
from studio.storage.search import Only, Query
from studio.ui.actions import Actions
from studio.ui.document import Document
from studio.ui.images.bulk import Bulk
from studio.ui.images.filter_bar import FilterBar
from studio.ui.images.grid import ImageGrid
from studio.ui.images.missing_strip import MissingStrip
from studio.ui.images.model import ImageListModel
from studio.ui.images.overlays import OverlayLoader
from studio.ui.images.selecting import selected_count
from studio.ui.images.selection_bar import SelectionBar
from studio.ui.images.table import ImageTable
from studio.ui.thumbnails.loader import ThumbnailLoader
from studio.ui.widgets.empty_state import EmptyState

MEMORY = "images"
"""What the workspace remembers on this computer is kept under this name."""


class ImagesWorkspace(QWidget):
    """Search, the images as a grid or a table, and a bar of what can be done with selected ones.

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
        self.missing = MissingStrip(document, settings, self)
        self.model = ImageListModel(document)
        self.grid = ImageGrid(self.model, ThumbnailLoader.of(document))
        self.table = ImageTable(self.model)
        self._overlays = OverlayLoader(document)
        self.bulk = Bulk(document, self.selected_ids, self)
        self.bar = SelectionBar(actions, self.bulk)
        self._no_images = EmptyState("folder-add")
        self._no_match = EmptyState("search")
        self._pages = QStackedWidget()
        for page in (self.grid, self.table, self._no_images, self._no_match):
            self._pages.addWidget(page)
        self._kept: tuple[list[int], int] = ([], 0)
        self._checked = False
        self._slow = False
        self._arriving = self.model.searching
        self._lay_out()
        self._connect()
        self._recall()
        self.grid.set_cell(settings.thumbnail_px)
        self.retranslate()

    @property
    def view(self) -> ImageGrid | ImageTable:
        """How the images are shown now."""
        return self.table if self._actions["images.table"].isChecked() else self.grid

    def selected_ids(self) -> list[int]:
        """Ids of the selected images, in the order of the list."""
        return self.view.selected_ids()

    def show_only(self, only: Only) -> None:
        """Show images of one kind, for example those with problems."""
        self.filters.show_only(only)

    def look_for(self, text: str) -> None:
        """Show the images that a search finds, in the language of the search box."""
        self.filters.look_for(text)

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        for part in (self.filters, self.missing, self.grid, self.table.facts, self.bar):
            part.retranslate()
        self.table.setAccessibleName(self.tr("Images"))
        self._no_images.say(
            self.tr("This project has no images yet. Add a folder, or drop one on the window."),
            self.tr("Add folder of images…"),
        )
        self._no_match.say(self.tr("No image matches the filter."), self.tr("Clear filter"))
        self._offer_words()
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Bring the image that was last looked at into view."""
        super().showEvent(event)
        if not self.selected_ids():
            self.view.go_to(self._document.image_id)
        self._tell_selection()
        if not self._checked:
            self._checked = True
            self.missing.check()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Work with the images; with a focus proxy, Tab would never reach what is above them."""
        super().focusInEvent(event)
        self.view.setFocus(event.reason())

    def changeEvent(self, event: QEvent) -> None:
        """Take up the colours of another theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self.table.facts.restyle()
            self.missing.refresh()
        super().changeEvent(event)

    def closeEvent(self, event: object) -> None:
        """Keep how the images were shown for the next time, and stop the threads."""
        self._settings.change(thumbnail_px=self.filters.cell_size.value())
        memory = {
            "recent": list(self.filters.saved.recent),
            "table": self._actions["images.table"].isChecked(),
            "shapes": self._actions["images.shapes"].isChecked(),
        }
        self._settings.keep_window_state(MEMORY, json.dumps(memory).encode())
        self.missing.close_work()
        self.grid.draw_shapes(None)
        self._overlays.close()

    # Finding and showing -------------------------------------------------------------------

    def _look_for(self, query: Query) -> None:
        self.bar.say("")
        self.model.set_query(query)
        self.table.show_order(query)
        self._refresh()

    def _keep_selection(self) -> None:
        self._kept = (self.selected_ids(), self.view.current_id())

    def _restore_selection(self) -> None:
        """Select again what was selected before all rows were replaced."""
        ids, current = self._kept
        self._select(ids, current)

    def _select(self, ids: list[int], current: int) -> None:
        row = self.model.row_of(current)
        if row >= 0:
            index = self.view.model().index(row, 0)
            keep = QItemSelectionModel.SelectionFlag.NoUpdate
            self.view.selectionModel().setCurrentIndex(index, keep)
            self.view.scrollTo(index)
        self.view.select_ids(ids)

    def _show_table(self) -> None:
        """Change between grid and table; what is selected stays so."""
        shown, other = self.view, self.grid if self.view is self.table else self.table
        had_focus = other.hasFocus()
        ids, current = other.selected_ids(), other.current_id()
        self._select(ids, current)
        self._refresh()
        if had_focus:
            shown.setFocus()

    def _show_shapes(self) -> None:
        on = self._actions["images.shapes"].isChecked()
        self.grid.draw_shapes(self._overlays if on else None)

    def _open(self, image_id: int) -> None:
        if image_id:
            self._document.show_image(image_id)
            self._actions["workspace.label"].trigger()

    def _refresh(self) -> None:
        found = self.model.rowCount()
        page: QWidget = self.view
        if not found and not self.model.searching:
            page = self._no_match if self.model.query.filters else self._no_images
        self._pages.setCurrentWidget(page)
        self.filters.cell_size.setEnabled(self.view is self.grid)
        self._actions["images.shapes"].setEnabled(self.view is self.grid)
        if not self._slow:
            self.filters.show_count(found)
        self._tell_selection()

    def _tell_slow(self, slow: bool) -> None:
        self._slow = slow
        if slow:
            self.filters.show_searching()
        else:
            self._refresh()

    def _settle(self) -> None:
        self._refresh()
        if self._arriving and not self.selected_ids():
            self.view.go_to(self._document.image_id)
        self._arriving = False

    def _follow_selection(self) -> None:
        """What was said of a verb goes with the selection, unless the verb itself took that."""
        if not self.model.changing:
            self.bar.say("")
        self._tell_selection()

    def _tell_selection(self) -> None:
        count = selected_count(self.view)
        self.bar.show_selection(count, can_tag=bool(self._document.reader.labels()))
        self.hint_changed.emit(
            self.tr("Double-click an image to label it; drag or Shift+click to select several")
            if self.model.rowCount()
            else ""
        )

    # Following the document ----------------------------------------------------------------

    def _follow(self, changes: Changes) -> None:
        if changes.labels or changes.runs or changes.settings:
            self._offer_words()

    def _offer_words(self) -> None:
        reader = self._document.reader
        runs = [run.number for run in reader.runs()]
        self.filters.show_labels(reader.labels(), reader.merged_labels(), runs)
        self.filters.saved.filters = saved_filters.read(reader.settings())

    def _save_filter(self, new: saved_filters.SavedFilter) -> None:
        self._apply(saved_filters.saving(self._document.reader.settings(), new))

    def _delete_filter(self, name: str) -> None:
        self._apply(saved_filters.deleting(self._document.reader.settings(), name))

    def _apply(self, edit: Edit) -> None:
        self._document.apply(edit)

    # Putting it together -------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self.missing)
        column.addWidget(self._pages, 1)
        column.addWidget(self.bar)
        for view in (self.grid, self.table):
            view.setFrameShape(QFrame.Shape.NoFrame)
            view.setProperty("role", "grid")
        for action_id in ("images.reshuffle", "images.shapes", "images.table"):
            self.filters.add_view_action(self._actions[action_id])

    def _recall(self) -> None:
        """Show the images as they were shown last."""
        try:
            memory = json.loads(self._settings.window_state(MEMORY) or b"{}")
            recent = [str(text) for text in memory.get("recent", ())]
        except (ValueError, AttributeError, TypeError):
            memory, recent = {}, []
        self.filters.set_recent(recent)
        self._actions["images.table"].setChecked(memory.get("table") is True)
        self._actions["images.shapes"].setChecked(memory.get("shapes") is not False)
        self._show_shapes()

    def _connect(self) -> None:
        calls: dict[str, Callable[[], object]] = {
            "images.open": lambda: self._open(self.view.current_id()),
            "images.find": self._focus_search,
            "images.select_all": lambda: self.view.selectAll(),
            "images.table": self._show_table,
            "images.shapes": self._show_shapes,
            "images.reshuffle": self.filters.reshuffle,
            "images.tag": self.bar.pop_up_tags,
            **self.bulk.calls(),
        }
        for name, call in calls.items():
            self._actions.connect_to(name, call)
        filters = self.filters
        filters.query_changed.connect(self._look_for)
        filters.size_changed.connect(self.grid.set_cell)
        filters.search.left.connect(lambda: self._pages.currentWidget().setFocus())
        filters.search.entered.connect(lambda: self._pages.currentWidget().setFocus())
        filters.saved.saved.connect(self._save_filter)
        filters.saved.deleted.connect(self._delete_filter)
        self.missing.show_wanted.connect(lambda: self.show_only(Only.MISSING))
        self.missing.said.connect(self.bar.say)
        self._no_images.clicked.connect(self._actions["project.add_folder"].trigger)
        self._no_match.clicked.connect(filters.reset)
        self.table.sort_wanted.connect(filters.sort_by)
        for view in (self.grid, self.table):
            view.opened.connect(self._open)
            view.customContextMenuRequested.connect(self._show_menu)
            view.selectionModel().selectionChanged.connect(lambda *_: self._follow_selection())
        self.model.slow_changed.connect(self._tell_slow)
        self.model.settled.connect(self._settle)
        self.model.replacing.connect(self._keep_selection)
        self.model.modelReset.connect(self._restore_selection)
        for told in (self.model.modelReset, self.model.rowsInserted, self.model.rowsRemoved):
            told.connect(self._refresh)
        self._document.changed.connect(self._follow)
        self._document.went_back.connect(lambda: self.bar.say(""))

    def _focus_search(self) -> None:
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def _show_menu(self, position: QPoint) -> None:
        if self.selected_ids():
            menu = self.bar.context_menu()
            menu.exec(self.view.viewport().mapToGlobal(position))
            menu.deleteLater()
