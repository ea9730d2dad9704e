"""``doctor``: it always answers, and its advice says what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from studio.cli import checks
from studio.cli.doctor import advise
from tests.cli.conftest import Studio

WELL: dict[str, Any] = {
    "versions": {"python": "3.12.0", "torch": "2.15.0"},
    "gpus": [],
    "torch": {"torch": "2.15.0", "cuda": False, "cuda_build": "", "unused_gpu": ""},
    "display": {"present": True, "platform": "xcb", "missing": [], "packages": []},
    "weights": ["resnet18"],
    "folders": [{"folder": "/home/x", "writable": True}],
}

CARD = {"name": "NVIDIA T4", "memory": "15360 MiB", "driver": "550.54"}


def advice(**changes: Any) -> list[tuple[str, str]]:
    return list(advise({**WELL, **changes}))


def test_nothing_is_wrong_where_nothing_is_wrong() -> None:
    assert advice() == []


def test_a_card_that_torch_was_not_built_for() -> None:
    [(level, sentence)] = advice(gpus=[CARD])
    assert level == "warning"
    assert "NVIDIA T4" in sentence
    assert "https://pytorch.org/get-started" in sentence


def test_a_card_whose_driver_is_too_old() -> None:
    [(_, sentence)] = advice(gpus=[CARD], torch={**WELL["torch"], "cuda_build": "13.0"})
    assert "driver" in sentence


def test_a_card_that_works_needs_no_advice() -> None:
    working = {**WELL["torch"], "cuda": True, "cuda_build": "13.0"}
    assert advice(gpus=[CARD], torch=working) == []


def test_a_broken_torch() -> None:
    [(level, sentence)] = advice(torch={"error": "ImportError: libcudart.so.13: not found"})
    assert level == "error"
    assert "libcudart" in sentence


def test_libraries_that_the_window_lacks() -> None:
    missing = ["libxcb-cursor.so.0", "libEGL.so.1"]
    packages = checks.packages_of(missing)
    display = {"present": True, "missing": missing, "packages": packages, "error": "aborted"}
    [(level, sentence)] = advice(display=display)
    assert level == "error"
    assert "sudo apt install libegl1 libxcb-cursor0" in sentence


def test_a_server_without_a_display_is_no_error() -> None:
    display = {"present": False, "missing": [], "packages": [], "platform": "offscreen"}
    assert [level for level, _ in advice(display=display)] == ["warning"]


def test_a_folder_that_cannot_be_written() -> None:
    [(level, sentence)] = advice(folders=[{"folder": "/root/x", "writable": False}])
    assert level == "error"
    assert "STUDIO_HOME" in sentence


def test_no_weights_at_all() -> None:
    [(level, sentence)] = advice(weights=[])
    assert level == "warning"
    assert "STUDIO_WEIGHTS" in sentence


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("import no_such_module", "No module named 'no_such_module'"),
        ("import os; os.abort()", "ended with code"),
        ("print('not json')", "ended with code 0"),
    ],
)
def test_a_library_that_breaks_its_process_breaks_only_that(code: str, error: str) -> None:
    assert error in checks.tried(code, {})["error"]


def test_versions_of_what_is_missing_are_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "PACKAGES", ("typer", "no-such-package"))
    found = checks.versions()
    assert found["typer"]
    assert found["no-such-package"] == ""


def test_the_doctor_survives_a_broken_torch_and_a_broken_qt(
    tmp_path: Path, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in ("torch", "PySide6"):
        (tmp_path / package).mkdir()
        broken = f"raise ImportError('{package}: undefined symbol')"
        (tmp_path / package / "__init__.py").write_text(broken)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    answer = studio("doctor", "--json")
    assert answer.code == 1
    assert answer.json["versions"]["typer"]
    assert all(folder["writable"] for folder in answer.json["folders"])
    sentences = " ".join(advice["sentence"] for advice in answer.json["advice"])
    assert "torch: undefined symbol" in sentences
    assert "PySide6: undefined symbol" in sentences
    assert "ERROR: " in studio("doctor").out
