"""Taking frames out of a video: how often, how many that will be, and how far it has got."""

from __future__ import annotations

import time
from math import ceil
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from studio.editing import videos
from studio.editing.videos import Taking
from studio.errors import StudioError
from studio.settings import Settings
from studio.ui import theme
from studio.ui.dialogs.path_field import PathField
from studio.ui.style_sheet import set_role
from studio.ui.threads.latest import Latest
from studio.ui.threads.work import Work
from studio.ui.wording import messages, metric_text
from studio.vision import video
from studio.vision.video import VideoInfo

WIDTH_PX = 560


class VideoDialog(QDialog):
    """A form, then progress in the same place.

    Signals:
        taken(Path): the folder that holds the frames, also where it was stopped on the way.
    """

    taken = Signal(object)

    def __init__(
        self, project: Path, settings: Settings, path: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._project, self._settings = project, settings
        self._info: VideoInfo | None = None
        self._probe = Latest(video.probe, self)
        self._taking: Work | None = None
        self._began = 0.0
        self.file = PathField("video", self.tr("A video file"))
        self.file.add_button(self.tr("Choose…"), self._choose)
        self.every, self.scenes = QRadioButton(), QRadioButton()
        self.every.setChecked(True)
        self.seconds = QDoubleSpinBox(minimum=0.04, maximum=3600, value=1.0, decimals=2)
        self.note = QLabel(wordWrap=True)
        self.progress = QProgressBar(textVisible=False)
        self.progress.setRange(0, 1000)
        self.progress.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.begin = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self._lay_out()
        self._connect()
        self.file.set_path(path or "")
        self._show_facts()

    def _lay_out(self) -> None:
        self.setWindowTitle(self.tr("Add video"))
        self.setMinimumWidth(WIDTH_PX)
        self.every.setText(self.tr("One image every"))
        self.scenes.setText(self.tr("One image for each scene"))
        self.seconds.setSuffix(self.tr(" s"))
        self.begin.setText(self.tr("Take frames"))
        how = QWidget()
        choices = QVBoxLayout(how)
        choices.setContentsMargins(0, 0, 0, 0)
        timed = QHBoxLayout()
        timed.addWidget(self.every)
        timed.addWidget(self.seconds)
        timed.addStretch()
        choices.addLayout(timed)
        choices.addWidget(self.scenes)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.LOOSE)
        form.setVerticalSpacing(theme.SPACE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        form.addRow(self.tr("Video"), self.file)
        form.addRow(self.tr("Take"), how)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LOOSE, theme.LOOSE, theme.LOOSE, theme.WIDE)
        column.setSpacing(theme.WIDE)
        column.addLayout(form)
        column.addWidget(self.note)
        column.addWidget(self.progress)
        column.addStretch()
        column.addWidget(self.buttons)
        self.begin.setDefault(True)  # only within the dialog is it so wherever the focus is

    def _connect(self) -> None:
        self.file.changed.connect(self._look_at_file)
        self._probe.answered.connect(self._take_facts)
        self._probe.failed.connect(self._fail)
        self.every.toggled.connect(self._show_facts)
        self.seconds.valueChanged.connect(self._show_facts)
        self.begin.clicked.connect(self.take)
        self.buttons.rejected.connect(self.reject)

    def _choose(self) -> str:
        kinds = " ".join(f"*{each}" for each in sorted(video.EXTENSIONS))
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a video"), self._settings.last_folder,
            f"{self.tr('Videos')} ({kinds})",  # which Qt reads: no other parentheses will do
        )  # fmt: skip
        return path

    # What the video is ---------------------------------------------------------------------

    def _look_at_file(self) -> None:
        self._info = None
        path = self.file.path()
        if path is not None and path.is_file():
            self._probe.ask(path)
        else:
            self._probe.drop()
        self._show_facts()

    def _take_facts(self, info: VideoInfo) -> None:
        self._info = info
        self._show_facts()

    def _show_facts(self) -> None:
        info = self._info
        self.begin.setEnabled(info is not None and self._taking is None)
        self.seconds.setEnabled(self.every.isChecked())
        set_role(self.note, "quiet")
        if info is None:
            path = self.file.path()
            missing = path is not None and not path.is_file()
            text = (
                self.tr("There is no such file.")
                if missing
                else self.tr("The frames are kept beside the project; the video is not changed.")
            )
            self.note.setText(text)
            return
        parts = [f"{info.width} × {info.height}", metric_text.duration(info.seconds)]
        if self.every.isChecked():
            count = max(1, ceil(info.seconds / self.seconds.value() - 1e-6))
            parts.append(self.tr("about %n image(s)", "", min(count, info.frames)))
        self.note.setText("  ·  ".join(parts))

    def _fail(self, error: StudioError) -> None:
        self._taking = None
        self.progress.hide()
        self._show_facts()
        set_role(self.note, "danger")
        self.note.setText(messages.sentence(error))

    # Taking --------------------------------------------------------------------------------

    def take(self) -> None:
        """Begin; the dialog closes when the last frame is there."""
        path = self.file.path()
        if path is None or self._info is None:
            return
        every_s = self.seconds.value() if self.every.isChecked() else None
        project = self._project
        self._settings.change(last_folder=str(path.parent))
        self._began = time.monotonic()
        self._taking = Work(
            lambda should_stop: videos.take_frames(project, path, every_s, should_stop), self
        )
        self._taking.progressed.connect(self._tell)
        self._taking.succeeded.connect(self._end)
        self._taking.failed.connect(self._fail)
        self.progress.show()
        self.begin.setEnabled(False)
        self._taking.start()

    def _tell(self, taking: Taking) -> None:
        self.progress.setValue(round(1000 * taking.done))
        text = self.tr("%n image(s) taken", "", taking.frames)
        if taking.done > 0.02:
            left = (time.monotonic() - self._began) * (1 - taking.done) / taking.done
            time_left = metric_text.duration(left)
            text += "  ·  " + self.tr("about {time} left").format(time=time_left)
        self.note.setText(text)

    def _end(self, taking: Taking) -> None:
        self._taking = None
        if taking.frames:
            self.taken.emit(taking.folder)
        self.accept()

    def reject(self) -> None:
        """Stop taking, keeping what is there; or close."""
        if self._taking is not None:
            self._taking.cancel()
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Look at no file any more."""
        self._probe.close()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is cancelling."""
        if self._taking is not None:
            self._taking.cancel()
            event.ignore()
        else:
            super().closeEvent(event)
