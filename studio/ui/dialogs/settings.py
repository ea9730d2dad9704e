"""Settings: language, theme, where pretrained weights are, and what finds outlines."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from studio.settings import Settings
from studio.ui import theme
from studio.ui.dialogs.interactive import InteractiveModelRow
from studio.ui.style_sheet import set_role

WIDTH_PX = 640


class SettingsDialog(QDialog):
    """Every choice takes effect at once, so there is nothing to apply.

    Signals:
        theme_chosen(str): ``system``, ``light`` or ``dark``.
        language_chosen(str): ``system``, ``en`` or ``zh_CN``.
    """

    theme_chosen = Signal(str)
    language_chosen = Signal(str)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.language, self.theme = QComboBox(), QComboBox()
        self.weights = QLineEdit(settings.weights_folder)
        self.weights.setObjectName("weights")
        self._names = [QLabel() for _ in range(4)]
        self._note = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop)
        set_role(self._note, "caption")
        self.interactive = InteractiveModelRow(settings)
        self._choose, self._default = QPushButton(), QPushButton()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.setMinimumWidth(WIDTH_PX)
        self._lay_out()
        self.retranslate()
        self.language.activated.connect(
            lambda _: self.language_chosen.emit(self.language.currentData())
        )
        self.theme.activated.connect(lambda _: self.theme_chosen.emit(self.theme.currentData()))
        self.weights.editingFinished.connect(self._keep_weights)
        self._choose.clicked.connect(self._choose_weights)
        self._default.clicked.connect(lambda: self._set_weights(""))
        self._buttons.rejected.connect(self.close)
        self._buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self.setWindowTitle(self.tr("Settings"))
        for label, text in zip(
            self._names,
            (
                self.tr("Language"),
                self.tr("Theme"),
                self.tr("Pretrained weights"),
                self.tr("Interactive segmentation"),
            ),
            strict=True,
        ):
            label.setText(text)
        languages = ((self.tr("As the system"), "system"), ("English", "en"), ("简体中文", "zh_CN"))
        themes = (
            (self.tr("As the system"), "system"),
            (self.tr("Light"), "light"),
            (self.tr("Dark"), "dark"),
        )
        _fill(self.language, languages, self._settings.language)
        _fill(self.theme, themes, self._settings.theme)
        self.weights.setPlaceholderText(self.tr("The usual places"))
        self._choose.setText(self.tr("Choose…"))
        self._default.setText(self.tr("Default"))
        self._buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        self._check_weights()
        self.interactive.retranslate()
        _level(self._choose, self.interactive.choose)
        _level(self._default, self.interactive.remove)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language that was just chosen."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def done(self, result: int) -> None:
        """Give up what is being checked."""
        self.interactive.close_work()
        super().done(result)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.TIGHT)
        row.addWidget(self.weights, 1)
        for button in (self._choose, self._default):
            button.setAutoDefault(False)
            row.addWidget(button)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(theme.LOOSE)
        form.setVerticalSpacing(theme.SPACE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self._names[0], self.language)
        form.addRow(self._names[1], self.theme)
        form.addRow(self._names[2], row)
        form.addRow("", self._note)
        form.addRow(self._names[3], self.interactive)
        form.addRow("", self.interactive.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LOOSE, theme.LOOSE, theme.LOOSE, theme.WIDE)
        column.setSpacing(theme.WIDE)
        column.addLayout(form)
        column.addStretch()
        column.addWidget(self._buttons)

    def _choose_weights(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Folder of pretrained weights"), self.weights.text()
        )
        if chosen:
            self._set_weights(chosen)

    def _set_weights(self, folder: str) -> None:
        self.weights.setText(folder)
        self._keep_weights()

    def _keep_weights(self) -> None:
        typed = self.weights.text().strip()
        folder = str(_expanded(typed)) if typed else ""
        if folder != self._settings.weights_folder and (not folder or Path(folder).is_dir()):
            self._settings.change(weights_folder=folder)
        self._check_weights()

    def _check_weights(self) -> None:
        """Say where weights are looked for, or that the folder is not there."""
        folder = self.weights.text().strip()
        missing = bool(folder) and not _expanded(folder).is_dir()
        self._note.setText(
            self.tr("There is no such folder.")
            if missing
            else self.tr("Models are fine-tuned from these files; what is missing is downloaded.")
        )
        set_role(self._note, "danger" if missing else "caption")


def _expanded(folder: str) -> Path:
    """What is meant by a folder that begins with ~, which stays where nobody is called so."""
    try:
        return Path(folder).expanduser()
    except RuntimeError:
        return Path(folder)


def _level(*buttons: QPushButton) -> None:
    """Make buttons that stand one below the other as wide as the widest."""
    for each in buttons:
        each.ensurePolished()
    width_px = max(each.sizeHint().width() for each in buttons)
    for each in buttons:
        each.setMinimumWidth(width_px)


def _fill(box: QComboBox, rows: tuple[tuple[str, str], ...], chosen: str) -> None:
    box.clear()
    for text, value in rows:
        box.addItem(text, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
