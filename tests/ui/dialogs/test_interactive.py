"""Choosing the model that finds outlines: real files, checked in the real child process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from studio.interactive import models
from studio.settings import Settings
from studio.ui import theme
from studio.ui.dialogs.settings import SettingsDialog
from tests.interactive import synthetic

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(qapp, qtbot) -> Iterator[SettingsDialog]:
    theme.apply(qapp, "light")
    dialog = SettingsDialog(Settings.load())
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    dialog.close()


def choose(
    dialog: SettingsDialog, monkeypatch: pytest.MonkeyPatch, *files: Path, then: Path | str = ""
) -> None:
    """Press the button, and pick these files in the system's dialogs."""
    picked = [str(file) for file in files]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (picked, ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(then), ""))
    QTest.mouseClick(dialog.interactive.choose, LEFT)


def settled(dialog: SettingsDialog, qtbot) -> str:
    qtbot.waitUntil(dialog.interactive.choose.isEnabled, timeout=30_000)
    return dialog.interactive.note.text()


def test_two_files_are_checked_copied_and_removed_again(
    dialog: SettingsDialog, qtbot, monkeypatch, tmp_path: Path
) -> None:
    row = dialog.interactive
    assert not row.remove.isEnabled()
    choose(dialog, monkeypatch, *synthetic.sam(tmp_path))
    assert "Trying" in row.note.text()
    assert "copied" in settled(dialog, qtbot)
    assert row.name.text() == "SAM: sam_encoder, sam_decoder"
    model = models.find(Settings.load().interactive_model)
    assert model is not None
    model.verify()
    QTest.mouseClick(row.remove, LEFT)
    assert Settings.load().interactive_model == ""
    assert models.find(model.id) is None
    assert row.name.text() == ""


def test_files_in_two_folders_are_asked_for_one_by_one(
    dialog: SettingsDialog, qtbot, monkeypatch, tmp_path: Path
) -> None:
    encoder, decoder = synthetic.sam2(tmp_path)
    choose(dialog, monkeypatch, decoder, then=encoder)
    settled(dialog, qtbot)
    assert dialog.interactive.name.text().startswith("SAM 2")


def test_wrong_files_are_refused_in_a_sentence_and_the_old_ones_stay(
    dialog: SettingsDialog, qtbot, monkeypatch, tmp_path: Path
) -> None:
    encoder, decoder = synthetic.sam(tmp_path)
    choose(dialog, monkeypatch, encoder, decoder)
    settled(dialog, qtbot)
    kept = Settings.load().interactive_model
    _, foreign = synthetic.sam2(tmp_path)
    choose(dialog, monkeypatch, encoder, foreign)
    assert "is not the encoder that belongs to sam2_decoder.onnx" in settled(dialog, qtbot)
    assert dialog.interactive.note.property("role") == "danger"
    choose(dialog, monkeypatch, encoder)
    assert "two files" in dialog.interactive.note.text()
    assert Settings.load().interactive_model == kept
    assert models.find(kept) is not None
    choose(dialog, monkeypatch)  # given up in the system's dialog
    assert models.find(kept) is not None


def test_closing_amid_the_check_leaves_everything_as_it_was(
    dialog: SettingsDialog, monkeypatch, tmp_path: Path
) -> None:
    choose(dialog, monkeypatch, *synthetic.sam(tmp_path))
    dialog.close()
    assert Settings.load().interactive_model == ""
