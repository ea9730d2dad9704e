"""The workspaces of an open project, each made when it is first shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from studio.jobs.queue import JobQueue
from studio.settings import Settings
from studio.storage.search import Only
from studio.ui.actions import Actions
from studio.ui.document import Document


@dataclass(frozen=True, slots=True)
class Parts:
    """What workspaces are made of."""

    document: Document
    queue: JobQueue
    actions: Actions
    settings: Settings


class Workspaces(QStackedWidget):
    """Shows one workspace at a time.

    Signals:
        shown(str): this workspace is in front now.
        hint_changed(str): what the next click does, as the workspace in front says.
        training_ended(int, Ended): a run has ended, 0 where it never got a number.
    """

    shown = Signal(str)
    hint_changed = Signal(str)
    training_ended = Signal(int, object)

    def __init__(self, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._made: dict[str, Any] = {}
        self._hints: dict[str, str] = {}
        self.name = ""

    def show_workspace(self, name: str) -> None:
        """Bring a workspace to the front, making it if it is not there yet."""
        if name not in self._made:
            self._add(name)
        self.name = name
        workspace = self._made[name]
        self.setCurrentWidget(workspace)
        workspace.setFocus()
        self.shown.emit(name)
        self.hint_changed.emit(self._hints.get(name, ""))

    def show_run(self, name: str, run: int) -> None:
        """Bring the workspace ``results`` or ``predict`` to the front with a run."""
        self.show_workspace(name)
        self._made[name].show_run(run)

    def workspace(self, name: str) -> QWidget | None:
        """A workspace, if it has been made."""
        return self._made.get(name)

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        for name in self._made:
            self._retranslate(name)

    def close_all(self) -> None:
        """Let every workspace keep its state and stop what it does."""
        for workspace in self._made.values():
            workspace.close()

    def _add(self, name: str) -> None:
        workspace = make(name, self._parts)
        for spec in self._parts.actions:
            if spec.scope == name:
                workspace.addAction(self._parts.actions[spec.id])
        self._made[name] = workspace
        workspace.hint_changed.connect(lambda hint: self._take_hint(name, hint))
        self.addWidget(workspace)
        self._link(name, workspace)
        self._retranslate(name)  # which says its hint, now that someone listens

    def _retranslate(self, name: str) -> None:
        workspace = self._made[name]
        workspace.setAccessibleName(self._parts.actions[f"workspace.{name}"].text())
        workspace.retranslate()

    def _link(self, name: str, workspace: Any) -> None:
        """Let a workspace lead to the others: from a run to its results, from a mistake to it."""
        match name:
            case "label":
                workspace.missing.show_wanted.connect(self._show_missing)
            case "train":
                workspace.results_requested.connect(lambda run: self.show_run("results", run))
                workspace.predict_requested.connect(lambda run: self.show_run("predict", run))
                workspace.labels_requested.connect(lambda: self.show_workspace("label"))
                workspace.place_opened.connect(self._show_shapes)
                workspace.training_ended.connect(self.training_ended)
            case "results":
                workspace.training_requested.connect(lambda: self.show_workspace("train"))
                workspace.label_requested.connect(self._label)
            case "predict":
                workspace.training_requested.connect(lambda: self.show_workspace("train"))
            case "dataset":
                workspace.query_chosen.connect(self._find)
                workspace.issue_opened.connect(
                    lambda issue: self._show_shapes(issue.images[0], issue.shapes)
                )
                workspace.object_opened.connect(
                    lambda found: self._show_shapes(found.image_id, (found.id,))
                )
            case _:
                pass

    def _show_missing(self) -> None:
        self.show_workspace("images")
        self._made["images"].show_only(Only.MISSING)

    def _label(self, image_id: int) -> None:
        self.show_workspace("label")
        self._parts.document.show_image(image_id)

    def _show_shapes(self, image_id: int, shape_ids: Iterable[int]) -> None:
        self._label(image_id)
        self._parts.document.select(shape_ids)

    def _find(self, query: str) -> None:
        self.show_workspace("images")
        self._made["images"].look_for(query)

    def _take_hint(self, name: str, hint: str) -> None:
        self._hints[name] = hint
        if name == self.name:
            self.hint_changed.emit(hint)


def make(name: str, parts: Parts) -> Any:
    """The workspace called ``name``. Its module is imported here: charts take a second to load."""
    match name:
        case "label":
            from studio.ui.label.workspace import LabelWorkspace

            return LabelWorkspace(parts.document, parts.queue, parts.settings, parts.actions)
        case "images":
            from studio.ui.images.workspace import ImagesWorkspace

            return ImagesWorkspace(parts.document, parts.actions, parts.settings)
        case "train":
            from studio.ui.training.workspace import TrainWorkspace

            return TrainWorkspace(parts.document, parts.queue, parts.settings, parts.actions)
        case "results":
            from studio.ui.results.workspace import ResultsWorkspace

            return ResultsWorkspace(parts.document, parts.queue, parts.settings, parts.actions)
        case "predict":
            from studio.ui.predict.workspace import PredictWorkspace

            return PredictWorkspace(parts.document, parts.queue, parts.settings, parts.actions)
        case "dataset":
            from studio.ui.dataset.workspace import DatasetWorkspace

            return DatasetWorkspace(parts.document)
        case _:
            raise ValueError(f"there is no workspace {name!r}")
