"""One validation image, large: what is true, what the model found, and the way to mend it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from studio.ui import marks, theme
from studio.ui.actions import Actions
from studio.ui.document import Document
from studio.ui.marks import Mark
from studio.ui.results.evaluation import Judged
from studio.ui.results.keypoint_errors import error_lines
from studio.ui.style_sheet import set_role
from studio.ui.widgets.picture_view import PictureView
from studio.ui.wording import messages
from studio.vision.images import mapping_of


class DetailPage(QWidget):
    """Shows one image of an evaluation."""

    def __init__(self, document: Document, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._actions = document, actions
        self._judged: Judged | None = None
        self._min_score = 0.0
        self.view = PictureView()
        self._name, self._answer = QLabel(), QLabel()
        set_role(self._name, "heading")
        self._truth, self._prediction = actions["results.truth"], actions["results.prediction"]
        for action in (self._truth, self._prediction):
            action.setChecked(True)
            action.toggled.connect(self._show_marks)
        self._switches: list[QToolButton] = []
        self._lay_out()

    def _lay_out(self) -> None:
        bar = QFrame()
        set_role(bar, "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.SPACE, theme.TIGHT, theme.SPACE, theme.TIGHT)
        row.setSpacing(theme.TIGHT)
        row.addWidget(self._button("results.back"))
        row.addWidget(self._name)
        row.addWidget(self._answer, 1)
        for name in ("results.truth", "results.prediction"):
            self._switches.append(self._button(name, text=True))
            row.addWidget(self._switches[-1])
        for name in ("results.previous", "results.next"):
            row.addWidget(self._button(name))
        row.addWidget(self._button("results.label", text=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.view, 1)

    def _button(self, action_id: str, *, text: bool = False) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(self._actions[action_id])
        style = button.toolButtonStyle()
        button.setToolButtonStyle(
            style.ToolButtonTextBesideIcon if text else style.ToolButtonIconOnly
        )
        return button

    @property
    def image_id(self) -> int:
        """The image that is shown, 0 for none."""
        return self._judged.id if self._judged else 0

    @property
    def has_marks(self) -> bool:
        """Whether anything is drawn on the image; what a classifier says is said in words."""
        return self._judged is not None and not self._judged.prediction.get("scores")

    def show_judged(self, judged: Judged, min_score: float) -> None:
        """Show an image; objects below ``min_score`` are left out."""
        self._judged, self._min_score = judged, min_score
        size = (int(judged.truth["width"]), int(judged.truth["height"]))
        mapping = mapping_of(self._document.reader.settings())
        self.view.show_file(judged.file, size, mapping)
        for switch in self._switches:
            switch.setVisible(self.has_marks)
        self.retranslate()
        self._show_marks()

    def retranslate(self) -> None:
        """Take texts from the present language."""
        if self._judged is None:
            return
        self._name.setText(self._judged.file.name)
        self._name.setToolTip(str(self._judged.file))
        self._answer.setText(self._words(self._judged))

    def _words(self, judged: Judged) -> str:
        """For a classifier: the true class and the answers, best first."""
        scores: Mapping[str, float] = judged.prediction.get("scores") or {}
        if not scores:
            return ""
        true = messages.listed(judged.truth.get("scores") or ()) or "–"
        ranked = sorted(scores.items(), key=lambda item: -item[1])[:3]
        found = messages.listed(f"{name} {score:.0%}" for name, score in ranked)
        return self.tr("is {true}; the model says {found}").format(true=true, found=found)

    def _show_marks(self) -> None:
        if self._judged is None:
            return
        colors = {label.name: label.color for label in self._document.reader.labels()}
        shown: list[Mark] = []
        if self._prediction.isChecked():
            shown += marks.predicted(self._judged.prediction, colors, self._min_score)
        if self._truth.isChecked():
            shown += marks.true(self._judged.truth, colors)
        if self._prediction.isChecked() and self._truth.isChecked():
            shown += error_lines(self._judged.truth, self._judged.prediction, self._min_score)
        self.view.show_marks(shown)
