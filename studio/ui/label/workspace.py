"""The Label workspace: say what is in the pictures, one image after the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.domain.labels import Label
from studio.domain.project import Changes, State
from studio.jobs.queue import JobQueue
from studio.settings import Settings
from studio.ui.actions import Actions
from studio.ui.canvas.canvas import Canvas
from studio.ui.document import Document
from studio.ui.images.missing_strip import MissingStrip
from studio.ui.label import unfinished
from studio.ui.label.classes.classes_panel import ClassesPanel
from studio.ui.label.features import make_features
from studio.ui.label.film_strip import FilmStrip
from studio.ui.label.image_bar import ImageBar
from studio.ui.label.image_note import ImageNote
from studio.ui.label.last_image import LastImage
from studio.ui.label.naming import Naming
from studio.ui.label.quick_tagging import QuickTagging
from studio.ui.label.shape_menu import show_shape_menu
from studio.ui.label.shapes_panel import ShapesPanel
from studio.ui.label.tool_strip import ToolStrip
from studio.ui.label.verbs import Verbs
from studio.ui.label.viewing import Viewing
from studio.ui.suggest.bar import SuggestionBar
from studio.ui.suggest.layer import SuggestionLayer
from studio.ui.suggest.suggestions import Suggestions
from studio.ui.thumbnails.loader import ThumbnailLoader
from studio.ui.widgets.empty_state import EmptyState

PANEL_PX = 264
STATE_NAME = "label-panels"


class LabelWorkspace(QWidget):
    """Tool strip, canvas with its bar and film strip, panels of classes and shapes.

    Signals:
        hint_changed(str): what the next click does.
    """

    hint_changed = Signal(str)

    def __init__(
        self,
        document: Document,
        queue: JobQueue,
        settings: Settings,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._actions = actions
        self._settings = settings
        self.canvas = Canvas(document)
        self.film = FilmStrip(document, ThumbnailLoader.of(document))
        self._verbs = Verbs(self.canvas)
        self.naming = Naming(self.canvas, self)
        self.suggestions = Suggestions(document, queue, self.film.coming, self)
        SuggestionLayer(self.canvas, self.suggestions)
        self.suggestion_bar = SuggestionBar(document, self.suggestions)
        self._viewing = Viewing(self.canvas, actions, settings)
        self._features = [
            self._verbs,
            self.naming,
            self._viewing,
            QuickTagging(self.canvas, self.suggestions, actions, settings),
            *make_features(self.canvas, self.film, actions, settings),
        ]
        self.bar = ImageBar(self.canvas, self.film, actions)
        self.tools = ToolStrip(self.canvas, actions)
        self.classes = ClassesPanel(document)
        self.shapes = ShapesPanel(self.canvas, self._verbs)
        self.note = ImageNote(document, actions, self)
        self.missing = MissingStrip(document, settings, self, concerns=self._lacks_file)
        self._empty = EmptyState("images")
        self._empty.clicked.connect(actions["project.add_folder"].trigger)
        self._build()
        self._connect_views()
        self._connect_actions(actions)
        self._name_empty()
        self._choose_some_class()
        self._last = LastImage(document, settings, self)
        self._take_up_unfinished()
        self._go_to_last()
        self._unfinished_saver = unfinished.UnfinishedSaver(self.canvas, self)
        self._show_some_image()

    def _build(self) -> None:
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.note)
        column.addWidget(self.suggestion_bar)
        column.addWidget(self.missing)
        self._stage = QStackedWidget()
        self._stage.addWidget(self.canvas)
        self._stage.addWidget(self._empty)
        column.addWidget(self._stage, 1)
        column.addWidget(self.film)
        self._panels = QSplitter(Qt.Orientation.Vertical)
        self._panels.setFixedWidth(PANEL_PX)
        self._panels.setChildrenCollapsible(False)
        self._panels.addWidget(self.classes)
        self._panels.addWidget(self.shapes)
        self._panels.setSizes([300, 300])
        self._panels.restoreState(self._settings.window_state(STATE_NAME))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self.tools)
        row.addWidget(centre, 1)
        row.addWidget(self._panels)

    def _connect_views(self) -> None:
        canvas, document = self.canvas, self._document
        canvas.showing.neighbours = self.film.neighbours
        canvas.showing.look_up(ThumbnailLoader.of(document).stored)
        canvas.showing.changed.connect(self._check_file)
        canvas.hint_changed.connect(self.hint_changed)
        canvas.tool_changed.connect(self._tool_changed)
        canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        canvas.customContextMenuRequested.connect(self._show_menu)
        self.classes.picked.connect(self._pick)
        self.classes.tag_clicked.connect(self._verbs.tag)
        self.classes.added.connect(self._use_added)
        self.shapes.edit_wanted.connect(self.naming.ask_of_selected)
        self.shapes.menu_wanted.connect(partial(show_shape_menu, self._actions, self))
        document.changed.connect(self._follow)
        self.film.images.settled.connect(self._follow_list)
        document.image_shown.connect(self.missing.refresh)
        self.missing.said.connect(self.hint_changed)
        self._tool_changed(canvas.tool.id)

    def _connect_actions(self, actions: Actions) -> None:
        canvas, verbs = self.canvas, self._verbs
        calls: dict[str, Callable[[], object]] = {
            **{name: partial(canvas.use, name) for name in canvas.tools},
            "smaller": lambda: canvas.brush_size.step(-1),
            "larger": lambda: canvas.brush_size.step(1),
            "previous": lambda: self.film.step(-1),
            "next": lambda: self.film.step(1),
            "previous_open": lambda: self.film.step_to_open(-1),
            "next_open": lambda: self.film.step_to_open(1),
            "done": lambda: self._finish_image(State.DONE),
            "skip": lambda: self._finish_image(State.SKIPPED),
            "reopen": lambda: verbs.mark(State.IN_PROGRESS, tag_mode=self.tag_mode),
            "next_under": canvas.next_under,
            "suggestions": lambda: self.suggestions.turn(actions["label.suggestions"].isChecked()),
            **{f"class_{digit}": partial(self._press_digit, digit) for digit in "123456789"},
        }
        for feature in (*self._features, self.classes, self.note):
            calls |= feature.calls()
        for name, call in calls.items():
            actions.connect_to(f"label.{name}", call)
            self.addAction(actions[f"label.{name}"])
        self.suggestions.turn(actions["label.suggestions"].isChecked())

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        for part in (
            self.canvas,
            self._viewing,
            self.bar,
            self.note,
            self.film,
            self.suggestion_bar,
            self.missing,
            self.classes,
            self.shapes,
        ):
            part.retranslate()
        self._name_empty()

    def _name_empty(self) -> None:
        self._empty.say(
            self.tr("This project has no images yet. They stay where they are on your disk."),
            self.tr("Add folder of images…"),
        )

    @property
    def tag_mode(self) -> bool:
        """Whether the digits tag the image."""
        return self.canvas.tool.id == "tag"

    # The image --------------------------------------------------------------------------------

    def _show_some_image(self) -> None:
        """Show an image of the list, and a way to get one where there is none."""
        self._stage.setCurrentIndex(0 if self.film.images.rowCount() else 1)
        if self.film.images.row_of(self._document.image_id) < 0:
            self.film.show_nearest()
        else:
            self.canvas.showing.fetch(self.canvas.scene.image)

    def _take_up_unfinished(self) -> None:
        """Bring back what was begun when the project was closed, and the first image with such."""
        images = self.film.images
        waiting = [i for i in unfinished.bring_back(self.canvas) if images.row_of(i) >= 0]
        if waiting and not self._document.image_id:
            self._document.show_image(waiting[0])
            if draft := unfinished.open_draft(self.canvas):
                self.canvas.use(draft.id)

    def _go_to_last(self) -> None:
        """Go on with the image at which the project was left."""
        if not self._document.image_id and self.film.images.row_of(self._last.image_id) >= 0:
            self._document.show_image(self._last.image_id)

    def _lacks_file(self) -> bool:
        """Whether the shown image's file is not where it was."""
        image = self.canvas.scene.image
        if image is None or not self.canvas.showing.problem:
            return False
        return not self._document.reader.path_of(image).exists()

    def _check_file(self) -> None:
        """Have it noted when a file is found to be missing, for it to be looked for."""
        if self._lacks_file():
            self.missing.check(self._document.image_id)

    def _waits_for_end(self) -> bool:
        """Whether something on this image is not finished; if so, ask for it."""
        if self.canvas.scene.ask_for_class():
            return True
        draft = unfinished.open_draft(self.canvas)
        if draft:
            self.canvas.use(draft.id)
            self.hint_changed.emit(draft.still_open())
        return draft is not None

    def _finish_image(self, state: State) -> None:
        """Mark the image and go on to the next one that is still to do, else to the next."""
        if not self._document.image_id:
            return
        self.canvas.tool.leave()
        if state is State.DONE and self._waits_for_end():
            return
        if not self._verbs.mark(state, tag_mode=self.tag_mode) and self._document.busy:
            return  # which the document says
        if not (self.film.step_to_open(1) or self.film.step(1)):
            self.hint_changed.emit(self.tr("That was the last image."))

    def _follow(self, changes: Changes) -> None:
        if changes.labels:
            self._choose_some_class()
        if changes.image_list:
            self._follow_list()

    def _follow_list(self) -> None:
        """Leave an image that is no longer in the list."""
        if self.film.images.searching:
            return  # until it is settled
        missing = self.film.images.row_of(self._document.image_id) < 0
        if self._stage.currentIndex() == 1:  # the first images: once their list has been painted
            QTimer.singleShot(1, self, self._show_some_image)
        elif missing:
            self._show_some_image()

    # Classes ----------------------------------------------------------------------------------

    def _choose_some_class(self) -> None:
        """There is always a current class, if there is any."""
        if self._document.current_label() is None:
            labels = self._document.reader.labels()
            self._document.choose_label(labels[0].id if labels else "")

    def _tool_changed(self, tool_id: str) -> None:
        self.classes.set_tag_mode(tool_id == "tag")

    def _pick(self, label: Label) -> None:
        if self.canvas.scene.unnamed:
            self.naming.take(label.name)
        else:
            self._verbs.pick(label, tag_mode=self.tag_mode)

    def _press_digit(self, digit: str) -> None:
        for label in self._document.reader.labels():
            if label.key == digit:
                self._pick(label)

    def _use_added(self, label: Label) -> None:
        """A class that was just added is the one to go on with."""
        self._verbs.use_next(label)
        if self.canvas.scene.unnamed:
            self.naming.take(label.name)
            self.canvas.setFocus()

    # Qt's side --------------------------------------------------------------------------------

    def _show_menu(self, at: QPoint) -> None:
        """What can be done with the shape under the cursor."""
        if self.canvas.select_at(at):
            show_shape_menu(self._actions, self, self.canvas.mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in a field gives the keyboard back to the canvas."""
        if event.key() == Qt.Key.Key_Escape:
            self.canvas.setFocus()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard belongs to the canvas."""
        self.canvas.setFocus(event.reason())

    def showEvent(self, event: QShowEvent) -> None:
        """Ask again about a shape that waits for its class, once there is room to ask in."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.canvas.scene.ask_for_class)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finish what is in hand, keep the layout, stop decoding."""
        self.canvas.tool.leave()
        self.canvas.close_pictures()
        self._unfinished_saver.keep()
        self._last.keep()
        self.missing.close_work()
        self._settings.keep_window_state(STATE_NAME, bytes(self._panels.saveState().data()))
        self.suggestions.close()
        self._viewing.close()
        self.classes.close()
        super().closeEvent(event)
