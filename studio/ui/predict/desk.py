"""Where predictions are looked at and decided: the picture, the strip below, the panel beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.document import Document
from studio.ui.marks import TRUTH, Mark
from studio.ui.predict import deciding
from studio.ui.predict.adopting import Adopter
from studio.ui.predict.entry_model import EntryModel, mark_of
from studio.ui.predict.findings import Entry, Finding
from studio.ui.predict.predictions import Predictions
from studio.ui.predict.side_panel import SidePanel
from studio.ui.thumbnails.loader import ThumbnailLoader
from studio.ui.widgets.picture_grid import PictureGrid
from studio.ui.widgets.picture_view import PictureView
from studio.vision.images import mapping_of

CELL_PX = 132


class Desk(QWidget):
    """Shows one entry large and takes the decisions about it.

    Signals:
        said(str): something worth a line: what was added, or why something was refused.
    """

    said = Signal(str)

    def __init__(
        self, document: Document, predictions: Predictions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._predictions = document, predictions
        self._row, self._chosen = -1, -1
        self._adopter = Adopter(document, predictions, self)
        self._adopter.said.connect(self.said)
        self.model = EntryModel(predictions, self)
        self.view = PictureView()
        self.strip = PictureGrid(ThumbnailLoader.of(document), CELL_PX, self.model)
        self.strip.as_strip()
        self.side = SidePanel()
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.view, 1)
        middle.addWidget(self.strip)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(middle, 1)
        row.addWidget(self.side)
        self._connect()

    def _connect(self) -> None:
        self._predictions.reset.connect(self._on_reset)
        self._predictions.updated.connect(self._on_updated)
        self.strip.picked.connect(self._show_row)
        self.view.mark_clicked.connect(self._choose_mark)
        self.side.filter_changed.connect(self.refresh)
        self.side.findings.chosen.connect(self._choose)
        self.side.findings.accepted.connect(self.accept)
        self.side.findings.rejected.connect(self.reject)
        self.side.accept_image_clicked.connect(self.accept_image)
        self.side.accept_all_clicked.connect(self.accept_all)
        self.side.add_clicked.connect(self.add_to_project)

    def retranslate(self) -> None:
        """Take texts from the present language."""
        self.side.retranslate()
        self.refresh()

    # What is shown -------------------------------------------------------------------------

    @property
    def entry(self) -> Entry | None:
        """The entry that is shown large."""
        entries = self._predictions.entries
        return entries[self._row] if 0 <= self._row < len(entries) else None

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings of the entry that are shown, best first."""
        return self.side.finding_filter.shown(self.entry) if self.entry else ()

    @property
    def chosen(self) -> Finding | None:
        """The finding that the next key decides about."""
        return self.shown[self._chosen] if 0 <= self._chosen < len(self.shown) else None

    def step(self, by: int) -> None:
        """Go to another entry."""
        self.strip.pick(min(max(self._row + by, 0), len(self._predictions.entries) - 1))

    @Slot()
    def refresh(self) -> None:
        """Show what passes the slider and the ticks now."""
        self.model.finding_filter = self.side.finding_filter
        self.strip.viewport().update()
        self._show_total()
        self._show_findings()

    @Slot()
    def _on_reset(self) -> None:
        self._row = -1
        self.view.show_file(None)
        self.refresh()
        self.strip.pick(0)

    @Slot(object)
    def _on_updated(self, rows: list[int]) -> None:
        if self._row < 0:
            self.strip.pick(rows[0])
        elif self._row in rows:
            self._show_picture()
            self._show_findings()
        self._show_total()

    @Slot(int)
    def _show_row(self, row: int) -> None:
        self._row, self._chosen = row, -1
        self._show_picture()
        self._show_findings()

    def _show_picture(self) -> None:
        entry = self.entry
        if entry is not None:
            mapping = mapping_of(self._document.reader.settings())
            self.view.show_file(entry.path, entry.size, mapping)
        else:
            self.view.show_file(None)

    def _show_findings(self) -> None:
        entry, shown = self.entry, self.shown
        self._chosen = self._next_open(shown, self._chosen)
        colors = self._colors()
        scores: Mapping[str, Any] = {}
        if entry is not None and entry.prediction is not None:
            scores = entry.prediction.get("scores") or {}
        self.side.show_findings(shown, self._chosen, scores, colors)
        if entry is not None and entry.predicted and not (shown or scores or entry.accepted):
            self.side.show_nothing()
        self._show_note(entry, shown)
        self._show_marks(entry, shown, colors)

    def _show_marks(
        self, entry: Entry | None, shown: tuple[Finding, ...], colors: Mapping[str, str]
    ) -> None:
        objects = [number for number, each in enumerate(shown) if each.geometry is not None]
        marks = [mark_of(shown[number]) for number in objects]
        place = objects.index(self._chosen) if self._chosen in objects else -1
        if entry is not None and entry.image_id:
            ids = {label.id: label.color for label in self._document.reader.labels()}
            for shape in self._document.reader.shapes(entry.image_id):
                color = QColor(ids.get(shape.label, "#9AA0AA"))
                marks.append(Mark(shape.geometry, color, "", TRUTH))
        self.view.show_marks(marks, place)

    def _show_note(self, entry: Entry | None, shown: tuple[Finding, ...]) -> None:
        held = sum(each.held for each in shown)
        outside = entry is not None and entry.predicted and not entry.image_id
        self.side.add.setVisible(outside)
        if outside:
            text = self.tr(
                "This picture is not part of the project. Accepting or rejecting adds it."
            )
        elif held:
            text = self.tr("%n kept back: you have labelled the same there already.", "", held)
        else:
            text = ""
        self.side.note.setText(text)
        self.side.note.setVisible(bool(text))

    def _show_total(self) -> None:
        finding_filter, entries = self.side.finding_filter, self._predictions.entries
        self.side.show_labels(self._predictions.labels, finding_filter.counts(entries))
        counts = [len(finding_filter.open(entry)) for entry in entries]
        self.side.show_total(sum(counts), sum(count > 0 for count in counts))

    def _colors(self) -> Mapping[str, str]:
        return {label.name: label.color for label in self._document.reader.labels()}

    # Choosing ------------------------------------------------------------------------------

    def _next_open(self, shown: tuple[Finding, ...], start: int) -> int:
        """The finding at ``start`` or, where that is held back, the next one that is not."""
        ways = range(len(shown))
        after = [number for number in ways if number >= start and not shown[number].held]
        return after[0] if after else next((n for n in ways if not shown[n].held), -1)

    @Slot(int)
    def _choose(self, number: int) -> None:
        self._chosen = number
        objects = [n for n, each in enumerate(self.shown) if each.geometry is not None]
        place = objects.index(number) if number in objects else -1
        self.view.show_marks(self.view.marks, place)

    @Slot(int)
    def _choose_mark(self, place: int) -> None:
        objects = [n for n, each in enumerate(self.shown) if each.geometry is not None]
        if 0 <= place < len(objects):
            self.side.findings.setCurrentRow(objects[place])

    # Deciding ------------------------------------------------------------------------------

    @Slot()
    def accept_chosen(self) -> None:
        """Accept the chosen finding, and go on."""
        if self.chosen is not None:
            self.accept(self._chosen)

    @Slot(int)
    def accept(self, number: int) -> None:
        """Accept one finding of the entry."""
        self._decide(
            lambda entry: deciding.accept(
                self._document, self._shown_of(entry)[number : number + 1]
            )
        )

    @Slot()
    def accept_image(self) -> None:
        """Accept everything that is shown on this picture."""
        self._decide(
            lambda entry: deciding.accept(self._document, self.side.finding_filter.open(entry))
        )

    @Slot()
    def accept_all(self) -> None:
        """Accept everything that is shown, on all pictures, in one edit."""
        finding_filter = self.side.finding_filter
        wanted = [entry for entry in self._predictions.entries if finding_filter.open(entry)]
        self._adopter.adopt(
            wanted,
            lambda: deciding.accept(
                self._document, (each for entry in wanted for each in finding_filter.open(entry))
            ),
        )

    @Slot()
    def reject_chosen(self) -> None:
        """Reject the chosen finding, and go on."""
        if self.chosen is not None:
            self.reject(self._chosen)

    @Slot(int)
    def reject(self, number: int) -> None:
        """Reject one finding of the entry."""
        self._decide(
            lambda entry: deciding.reject(
                self._document, self._shown_of(entry)[number : number + 1]
            )
        )

    @Slot()
    def add_to_project(self) -> None:
        """Add the picture to the project; what was found on it becomes proposals."""
        if self.entry is not None:
            self._adopter.adopt([self.entry])

    def close_pictures(self) -> None:
        """Stop decoding and adding."""
        self.view.close_pictures()
        self._adopter.close()

    def _shown_of(self, entry: Entry) -> tuple[Finding, ...]:
        return self.side.finding_filter.shown(entry)

    def _decide(self, decide: Callable[[Entry], object]) -> None:
        """Decide about the entry, once it belongs to the project, and go on."""
        entry = self.entry
        if entry is None:
            return

        def then() -> None:
            decide(entry)
            if entry is self.entry:
                self._go_on()

        self._adopter.adopt([entry], then)

    def _go_on(self) -> None:
        """Go to the next picture with something to decide, when this one has nothing left."""
        finding_filter, entries = self.side.finding_filter, self._predictions.entries
        if self.entry is None or finding_filter.open(self.entry):
            return
        order = [*range(self._row + 1, len(entries)), *range(self._row)]
        following = next((row for row in order if finding_filter.open(entries[row])), -1)
        self.strip.pick(following)
