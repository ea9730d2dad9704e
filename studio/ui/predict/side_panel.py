"""The panel beside the picture: the slider, the classes, and what was found here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from studio.domain.labels import Label
from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.predict.class_filter import ClassFilter
from studio.ui.predict.finding_list import FindingList
from studio.ui.predict.findings import Finding, FindingFilter
from studio.ui.predict.score_bars import ScoreBars
from studio.ui.style_sheet import set_role

PANEL_PX = 272
STEPS = 100


class SidePanel(QFrame):
    """Says what is shown and offers to accept it.

    Signals:
        filter_changed(): the slider or a class's tick was moved; see ``finding_filter``.
        accept_image_clicked(), accept_all_clicked(), add_clicked(): buttons.
    """

    filter_changed = Signal()
    accept_image_clicked = Signal()
    accept_all_clicked = Signal()
    add_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.setFixedWidth(PANEL_PX)
        self._heads = tuple(QLabel() for _ in range(3))
        for head in self._heads:
            set_role(head, "heading")
        self._percent = QLabel()
        set_role(self._percent, "quiet")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(5, STEPS)
        self.slider.setPageStep(5)
        self.slider.valueChanged.connect(self._on_slider)
        self.classes = ClassFilter()
        self.classes.changed.connect(self.filter_changed)
        self.bars = ScoreBars()
        self.findings = FindingList()
        self.nothing = QLabel(wordWrap=True)
        set_role(self.nothing, "quiet")
        self.nothing.hide()
        self.note = QLabel(wordWrap=True)
        set_role(self.note, "caption")
        self.add = QPushButton(icon("plus"), "")
        self.accept_image = QPushButton(icon("check"), "")
        self.accept_all = QPushButton()
        set_role(self.accept_all, "primary")
        self.add.clicked.connect(self.add_clicked)
        self.accept_image.clicked.connect(self.accept_image_clicked)
        self.accept_all.clicked.connect(self.accept_all_clicked)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        score_head, class_head, here_head = self._heads
        first = QHBoxLayout()
        first.addWidget(score_head, 1)
        first.addWidget(self._percent)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        column.setSpacing(theme.TIGHT)
        column.addLayout(first)
        column.addWidget(self.slider)
        column.addSpacing(theme.HAIR)
        column.addWidget(class_head)
        column.addWidget(self.classes)
        column.addSpacing(theme.HAIR)
        column.addWidget(here_head)
        column.addWidget(self.bars)
        column.addWidget(self.nothing)
        column.addWidget(self.findings, 1)
        column.addStretch(0)
        for widget in (self.note, self.add, self.accept_image, self.accept_all):
            column.addWidget(widget)

    def retranslate(self) -> None:
        """Take texts from the present language."""
        score, classes, here = self._heads
        score.setText(self.tr("Confidence"))
        classes.setText(self.tr("Classes"))
        here.setText(self.tr("On this image"))
        self.slider.setToolTip(self.tr("Show what the model is at least this sure of"))
        self.slider.setAccessibleName(score.text())
        self.add.setText(self.tr("Add to project"))
        self.accept_image.setText(self.tr("Accept all on this image"))
        self.accept_image.setToolTip(self.tr("Shift+Enter"))
        self._percent.setText(f"{self.slider.value()}%")

    @property
    def finding_filter(self) -> FindingFilter:
        """What is shown."""
        return FindingFilter(self.slider.value() / STEPS, self.classes.hidden)

    def set_min_score(self, score: float) -> None:
        """Move the slider without telling."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(score * STEPS))
        self._percent.setText(f"{self.slider.value()}%")

    def show_labels(self, labels: Sequence[Label], counts: Mapping[str, int]) -> None:
        """Show the model's classes and how often each was found."""
        self.classes.show_labels(labels, counts)

    def show_findings(
        self,
        findings: Sequence[Finding],
        chosen: int,
        scores: Mapping[str, float],
        colors: Mapping[str, str],
    ) -> None:
        """Show what was found on the picture; ``scores`` are a classifier's, by class."""
        self.findings.show_findings(findings, chosen)
        self.bars.show_scores(scores, colors, self.finding_filter.min_score)
        self.bars.setVisible(bool(scores))
        self.findings.setVisible(bool(findings) or not scores)
        self.nothing.hide()
        ready = any(not each.held for each in findings)
        self.accept_image.setEnabled(ready)

    def show_nothing(self) -> None:
        """Say that the model has found nothing that is shown."""
        self.nothing.setText(
            self.tr("Nothing found above {threshold}.").format(threshold=self._percent.text())
        )
        self.nothing.show()
        self.findings.hide()

    def show_total(self, open_findings: int, images: int) -> None:
        """Say on the button how much would be accepted."""
        text = (
            self.tr("Accept all %n", "", open_findings) if open_findings else self.tr("Accept all")
        )
        self.accept_all.setText(text)
        self.accept_all.setEnabled(open_findings > 0)
        self.accept_all.setToolTip(
            self.tr("Everything shown, on %n image(s), in one step that can be undone", "", images)
        )

    def _on_slider(self, value: int) -> None:
        self._percent.setText(f"{value}%")
        self.filter_changed.emit()
