"""``weights``: what is here, where it is looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Studio


def test_the_list_says_what_is_present(
    tmp_path: Path, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDIO_WEIGHTS", str(tmp_path))
    before = {each["model"]: each for each in studio("weights", "list", "--json").json}
    assert before["resnet18"]["present"] is False
    (tmp_path / "resnet18.safetensors").write_bytes(b"")
    after = {each["model"]: each for each in studio("weights", "list", "--json").json}
    assert after["resnet18"]["path"] == str(tmp_path / "resnet18.safetensors")
    assert "not here" in studio("weights", "list").out


def test_where_begins_with_the_folder_of_the_environment(
    tmp_path: Path, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDIO_WEIGHTS", str(tmp_path))
    places = studio("weights", "where", "--json").json
    assert places[0] == {"folder": str(tmp_path), "exists": True}
    assert len(places) == 4
