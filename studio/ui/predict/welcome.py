"""What Predict shows before there are pictures: drop some, or take what is not labelled."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.style_sheet import repolish, set_role
from studio.ui.widgets.empty_state import EmptyState

ZONE_PX = (560, 300)


class Welcome(QWidget):
    """A drop zone with three buttons; without a model, the way to Train.

    Signals:
        train_clicked(), add_clicked(), folder_clicked(), unlabelled_clicked(): buttons.
    """

    train_clicked = Signal()
    add_clicked = Signal()
    folder_clicked = Signal()
    unlabelled_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unlabelled = 0
        self._training = False
        self.untrained = EmptyState("train")
        self.untrained.clicked.connect(self.train_clicked)
        self._zone = QFrame()
        set_role(self._zone, "drop")
        self._zone.setFixedSize(*ZONE_PX)
        self._sign, self._text = QLabel(), QLabel(wordWrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        set_role(self._text, "quiet")
        self.unlabelled, self._add, self._folder = QPushButton(), QPushButton(), QPushButton()
        set_role(self.unlabelled, "primary")
        self.unlabelled.clicked.connect(self.unlabelled_clicked)
        self._add.clicked.connect(self.add_clicked)
        self._folder.clicked.connect(self.folder_clicked)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.TIGHT)
        buttons.addStretch(1)
        for button in (self.unlabelled, self._add, self._folder):
            buttons.addWidget(button)
        buttons.addStretch(1)
        zone = QVBoxLayout(self._zone)
        zone.setContentsMargins(theme.LOOSE, theme.LOOSE, theme.LOOSE, theme.LOOSE)
        zone.setSpacing(theme.WIDE)
        zone.addStretch(1)
        zone.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignHCenter)
        zone.addWidget(self._text)
        zone.addLayout(buttons)
        zone.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addWidget(self.untrained)
        whole.addWidget(self._zone, 1, Qt.AlignmentFlag.AlignCenter)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the colours of another theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._draw_sign()
        super().changeEvent(event)

    def _draw_sign(self) -> None:
        self._sign.setPixmap(icon("predict", theme.current().faint).pixmap(40, 40))

    def retranslate(self) -> None:
        """Take texts from the present language."""
        self._draw_sign()
        self._text.setText(
            self.tr("Drop images or a folder here to see what the model makes of them.")
        )
        self._add.setText(self.tr("Add images…"))
        self._folder.setText(self.tr("Add folder…"))
        self.show_state(not self._zone.isHidden(), self._unlabelled, training=self._training)

    def show_state(self, trained: bool, unlabelled: int, *, training: bool) -> None:
        """Whether there is a model or one is being trained, and how many images of the project
        wait for labels."""
        self._unlabelled, self._training = unlabelled, training
        if training:
            text = self.tr("The model is being trained; then you can let it label new images here.")
        else:
            text = self.tr("Train a model first; here you let it label new images.")
        self.untrained.say(text, self.tr("Go to Train"))
        self.untrained.setVisible(not trained)
        self._zone.setVisible(trained)
        self.unlabelled.setVisible(unlabelled > 0)
        self.unlabelled.setText(self.tr("%n unlabelled image(s)", "", unlabelled))
        self.unlabelled.setToolTip(
            self.tr("Predict on the images of this project that nobody has labelled")
        )

    def set_over(self, over: bool) -> None:
        """Light up while something is dragged over the workspace."""
        self._zone.setProperty("over", "true" if over else "false")
        repolish(self._zone)
