"""Where the images are, and where the project shall be."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
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
from studio.storage.folder import is_project
from studio.ui import theme
from studio.ui.style_sheet import set_role

WIDTH_PX = 560


class NewProjectDialog(QDialog):
    """Asks for a folder of images and proposes a project folder beside it."""

    def __init__(
        self, settings: Settings, folders: Sequence[Path] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._more = list(folders[1:])
        self._proposed = ""
        self.setWindowTitle(self.tr("New project"))
        self.setMinimumWidth(WIDTH_PX)
        self._images = QLineEdit()
        self._images.setObjectName("images")
        self._images.setPlaceholderText(self.tr("A folder of images"))
        self._project = QLineEdit()
        self._project.setObjectName("project")
        self._note = QLabel(wordWrap=True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._create = self._buttons.addButton(
            self.tr("Create project"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        self._images.textChanged.connect(self._propose)
        self._project.textChanged.connect(self._check)
        if folders:
            self._images.setText(str(folders[0]))
        self._check()

    def project(self) -> Path:
        """The folder that the project shall be made in."""
        return Path(self._project.text().strip()).expanduser()

    def folders(self) -> list[Path]:
        """The folders whose images belong to it."""
        return [Path(self._images.text().strip()).expanduser(), *self._more]

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(theme.WIDE)
        form.setVerticalSpacing(theme.SPACE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Images"), self._row(self._images, self._choose_images))
        form.addRow(self.tr("Project"), self._row(self._project, self._choose_project))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LOOSE, theme.LOOSE, theme.LOOSE, theme.WIDE)
        column.setSpacing(theme.WIDE)
        column.addLayout(form)
        column.addWidget(self._note)
        column.addStretch()
        column.addWidget(self._buttons)

    def _row(self, field: QLineEdit, choose: object) -> QHBoxLayout:
        button = QPushButton(self.tr("Choose…"))
        button.setAutoDefault(False)
        button.clicked.connect(choose)
        row = QHBoxLayout()
        row.setSpacing(theme.TIGHT)
        row.addWidget(field, 1)
        row.addWidget(button)
        return row

    def _choose_images(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Folder of images"), self._images.text() or self._settings.last_folder
        )
        if chosen:
            self._images.setText(chosen)

    def _choose_project(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Folder for the project"), str(self.project().parent)
        )
        if chosen:
            name = self.project().name
            self._project.setText(str(Path(chosen) / name if name else Path(chosen)))

    def _propose(self, images: str) -> None:
        """Propose a project beside the images, unless the user has named another."""
        if self._project.text() == self._proposed and images.strip():
            folder = Path(images.strip()).expanduser()
            self._proposed = str(_free(folder, self.tr("{folder} project")))
            self._project.setText(self._proposed)
        self._check()

    def _check(self) -> None:
        """Say what will happen, or what stands against it."""
        folder, problem = self.folders()[0], ""
        if self._images.text().strip() and not folder.is_dir():
            problem = self.tr("There is no folder {folder}.").format(folder=folder)
        elif self._project.text().strip() and is_project(self.project()):
            problem = self.tr("There is a project in this folder already: choose another name.")
        self._note.setText(
            problem
            or self.tr(
                "The images stay where they are and are never changed. "
                "Labels and trained models are kept in the project's folder."
            )
        )
        set_role(self._note, "danger" if problem else "quiet")
        complete = bool(self._images.text().strip() and self._project.text().strip())
        self._create.setEnabled(complete and not problem)


def _free(images: Path, pattern: str) -> Path:
    """A folder beside ``images`` for its project, or in the home folder where that is closed."""
    parent = images.parent if os.access(images.parent, os.W_OK) else Path.home()
    name = pattern.format(folder=images.name or "images")
    candidates = (parent / (name if n == 1 else f"{name} {n}") for n in range(1, 1000))
    return next((each for each in candidates if not each.exists()), parent / name)
