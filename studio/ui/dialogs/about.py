"""Version, licence, and where the program keeps things."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from studio import __version__
from studio.paths import cache_folder, config_folder, data_folder
from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.style_sheet import set_role

LOGO_PX = 64


class AboutDialog(QDialog):
    """What this program is, and its folders to click on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Vision Studio"))
        logo = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter)
        logo.setPixmap(icon("app").pixmap(LOGO_PX, LOGO_PX))
        name = QLabel("Vision Studio", alignment=Qt.AlignmentFlag.AlignHCenter)
        set_role(name, "title")
        version = QLabel(
            self.tr("Version {version}, with Qt {qt}").format(version=__version__, qt=qVersion()),
            alignment=Qt.AlignmentFlag.AlignHCenter,
        )
        set_role(version, "quiet")
        licence = QLabel(
            self.tr(
                "Free software under the Apache License 2.0. "
                "Everything happens on this computer; no picture leaves it."
            ),
            wordWrap=True,
        )
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(theme.WIDE)
        for text, folder in (
            (self.tr("Settings"), config_folder()),
            (self.tr("Sample project and weights"), data_folder()),
            (self.tr("Cache, safe to delete"), cache_folder()),
        ):
            link = QPushButton(str(folder))
            set_role(link, "link")
            link.setAutoDefault(False)
            url = QUrl.fromLocalFile(str(folder))
            link.clicked.connect(lambda _=False, url=url: QDesktopServices.openUrl(url))
            form.addRow(text, link)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LOOSE, theme.LOOSE, theme.LOOSE, theme.WIDE)
        column.setSpacing(theme.SPACE)
        for widget in (logo, name, version, licence):
            column.addWidget(widget)
        column.addLayout(form)
        column.addWidget(buttons)
