"""Starting the program: quickly, without what it does not need, and never with a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from studio import __version__
from studio.cli import COMMANDS
from studio.cli.app import app
from tests import making


def program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """``studio ARGUMENTS`` in a process of its own, without a display."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ours = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [sys.executable, "-m", "studio", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**ours, **environment},
        timeout=60,
    )


def test_help_shows_every_command() -> None:
    answer = program("--help")
    assert answer.returncode == 0
    for command in COMMANDS:
        assert f"  {command} " in answer.stdout


def test_the_table_of_commands_is_complete() -> None:
    names = {command.name for command in app.registered_commands}
    groups = {group.name for group in app.registered_groups}
    assert names | groups == set(COMMANDS)


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from studio.cli.app import run; run(['train', '--help']);"
        "heavy = {'torch', 'PySide6', 'cv2', 'numpy', 'PIL', 'studio.storage.store'};"
        "sys.exit(' '.join(heavy & set(sys.modules)) or 0)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (answer.returncode, answer.stderr) == (0, "")


def test_version() -> None:
    assert program("--version").stdout.strip() == f"Vision Studio {__version__}"


@pytest.mark.parametrize("arguments", [(), (".",)])
def test_without_a_display_the_window_says_so(arguments: tuple[str, ...]) -> None:
    answer = program(*arguments)
    assert answer.returncode == 1
    assert "no display" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_misspelt_command_is_guessed() -> None:
    answer = program("trian")
    assert answer.returncode == 2
    assert "Did you mean train?" in answer.stderr


def test_a_folder_that_is_no_project_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "照片"
    folder.mkdir()
    answer = program("info", str(folder))
    assert answer.returncode == 1
    assert str(folder) in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_a_damaged_project_is_a_sentence_not_a_traceback(tmp_path: Path) -> None:
    making.project(tmp_path).close()
    path = tmp_path / "project" / "project.db"
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    done = program("info", str(tmp_path / "project"))
    assert done.returncode == 1
    assert "cannot be read" in done.stderr and "Traceback" not in done.stderr


def test_an_option_with_a_wrong_value_names_the_choices() -> None:
    answer = program("train", "project", "--task", "segmentation")
    assert answer.returncode == 2
    assert "segment" in answer.stderr
    assert "Traceback" not in answer.stderr
