"""The tasks as cards: what each does, whether it can be trained, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from studio.domain.runs import Task
from studio.learning.readiness.dataset import Readiness
from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.style_sheet import set_role
from studio.ui.training.setup.choice_card import ChoiceCard
from studio.ui.wording import messages, metric_text

ICONS = {
    Task.CLASSIFY: "tag",
    Task.DETECT: "box",
    Task.INSTANCES: "polygon",
    Task.SEGMENT: "brush",
    Task.KEYPOINTS: "points",
}
MISSING_SHOWN = 2
"""So many things that are missing are named on the card; the tooltip names all."""


class TaskCard(ChoiceCard):
    """One task; one that is not ready says why."""

    def __init__(self, task: Task, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.task = task
        self.readiness: Readiness | None = None
        self._icon, self._name, self._purpose = QLabel(), QLabel(), QLabel()
        self.status = QLabel()
        set_role(self._name, "heading")
        set_role(self._purpose, "quiet")
        set_role(self.status, "caption")
        for label in (self._purpose, self.status):
            label.setWordWrap(True)
        self._lay_out()
        self.setMinimumWidth(128)
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.TIGHT)
        head.addWidget(self._icon)
        head.addWidget(self._name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.SPACE, theme.WIDE, theme.SPACE)
        column.setSpacing(theme.HAIR)
        column.addLayout(head)
        column.addWidget(self._purpose)
        column.addStretch(1)
        column.addSpacing(theme.HAIR)
        column.addWidget(self.status)

    def retranslate(self) -> None:
        """Take texts from the present language."""
        self._name.setText(metric_text.task_name(self.task))
        purposes = {
            Task.CLASSIFY: self.tr("Say what a whole image shows"),
            Task.DETECT: self.tr("Find objects and box them"),
            Task.INSTANCES: self.tr("Find objects and outline each"),
            Task.SEGMENT: self.tr("Give every pixel a class"),
            Task.KEYPOINTS: self.tr("Find objects and their keypoints"),
        }
        self._purpose.setText(purposes[self.task])
        self._color_icon()
        self.setAccessibleName(self._name.text())
        if self.readiness is not None:
            self.show_readiness(self.readiness)

    @property
    def ready(self) -> bool:
        """Whether the task can be trained now."""
        return self.readiness is not None and self.readiness.ready

    def show_readiness(self, readiness: Readiness) -> None:
        """Say what the task can learn from, or what is missing."""
        self.readiness = readiness
        if readiness.ready:
            lines = [_supply(readiness)]
            set_role(self.status, "success")
        else:
            lines = [messages.sentence(sentence) for sentence in readiness.missing]
            set_role(self.status, "warning")
        shown = lines[:MISSING_SHOWN]
        if len(lines) > MISSING_SHOWN:
            shown[-1] = self.tr("… and %n more", "", len(lines) - MISSING_SHOWN + 1)
        self.status.setText("\n".join(shown))
        advice = [messages.sentence(sentence) for sentence in readiness.advice]
        self.setToolTip("\n".join((*lines, *advice)))
        self.setAccessibleDescription(self.toolTip())
        self._color_icon()
        self.update()

    def checkStateSet(self) -> None:
        """The icon of the chosen card has the accent's colour."""
        self._color_icon()

    def _color_icon(self) -> None:
        colors = theme.current()
        tint = colors.accent if self.isChecked() else colors.text if self.ready else colors.faint
        self._icon.setPixmap(icon(ICONS[self.task], tint).pixmap(20, 20))

    def changeEvent(self, event: QEvent) -> None:
        """Take up another theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._color_icon()
        super().changeEvent(event)


def _supply(readiness: Readiness) -> str:
    """The images on one line, what is on them on the next: no line ends in a dot."""
    images = QCoreApplication.translate("TaskCard", "%n image(s)", "", readiness.images)
    classes = QCoreApplication.translate("TaskCard", "%n class(es)", "", len(readiness.labels))
    if readiness.task is Task.CLASSIFY or not readiness.objects:
        return f"{images}\n{classes}"
    objects = QCoreApplication.translate("TaskCard", "%n object(s)", "", readiness.objects)
    return f"{images}\n{objects} · {classes}"


class TaskCards(QWidget):
    """The cards in a row; keypoints have one where the project has any.

    Signals:
        chosen(Task): another task was chosen; it may not be ready.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = {task: TaskCard(task) for task in Task}
        self._task: Task | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        for task, card in self.cards.items():
            row.addWidget(card, 1)
            card.clicked.connect(lambda _=False, task=task: self.choose(task))
        self.cards[Task.KEYPOINTS].hide()  # four are easier to choose from

    @property
    def task(self) -> Task | None:
        """The chosen task."""
        return self._task

    def choose(self, task: Task) -> None:
        """Choose a task."""
        self._task = task
        for each, card in self.cards.items():
            card.setChecked(each is task)
        self.chosen.emit(task)

    def show_readiness(self, readiness: Mapping[Task, Readiness]) -> None:
        """Say of each task what it can learn from."""
        for task, card in self.cards.items():
            card.show_readiness(readiness[task])
            card.setVisible(task is not Task.KEYPOINTS or bool(readiness[task].objects))

    def retranslate(self) -> None:
        """Take texts from the present language."""
        for card in self.cards.values():
            card.retranslate()
