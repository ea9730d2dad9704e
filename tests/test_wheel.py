"""The built wheel carries everything: it starts outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, cwd: Path) -> str:
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that has the wheel, and sees this one's dependencies."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", folder, cwd=ROOT)
    [wheel] = folder.glob("vision_studio-*.whl")
    venv.create(folder / "env", with_pip=False, symlinks=os.name != "nt")
    python = folder / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder)
    run(
        sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index",
        "--target", site.strip(), wheel, cwd=folder,
    )  # fmt: skip
    # A plain path: this environment's own .pth files (the editable install) are not read.
    (Path(site.strip()) / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return python


def test_the_wheel_is_what_runs_and_finds_its_resources(installed: Path, tmp_path: Path) -> None:
    found = run(
        installed,
        "-c",
        "import studio, studio.paths as p; print(studio.__file__); print(p.resources());"
        "print((p.resources() / 'icons').is_dir(), (p.resources() / 'i18n').is_dir(),"
        " (p.resources() / 'weights').is_dir())",
        cwd=tmp_path,
    ).split()
    assert all(str(ROOT) not in line for line in found[:2])
    assert found[1].endswith("studio/resources") or found[1].endswith("studio\\resources")
    assert found[2:] == ["True", "True", "True"]


def test_the_wheel_makes_and_describes_a_project(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    run(installed, "-m", "studio", "new", "project", "pictures", cwd=tmp_path)
    assert '"images"' in run(installed, "-m", "studio", "info", "project", "--json", cwd=tmp_path)
    assert run(installed, "-m", "studio", "--version", cwd=tmp_path).strip()


def test_the_wheel_opens_its_window(installed: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from PySide6.QtCore import QTimer; from studio.ui import app;"
        "application = app.make_app(); QTimer.singleShot(500, application.quit);"
        "sys.exit(app.run(None))"
    )
    run(installed, "-c", script, cwd=tmp_path)
