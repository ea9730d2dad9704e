"""Preferences are kept between starts, and only those that someone changed."""

from __future__ import annotations

import json
from pathlib import Path

from studio.paths import config_folder
from studio.settings import FILE, RECENT_LIMIT, Settings


def stored() -> dict[str, object]:
    return json.loads((config_folder() / FILE).read_text(encoding="utf-8"))


def test_what_was_changed_is_there_at_the_next_start() -> None:
    Settings.load().change(theme="dark", recent_projects=("/a", "/b"), thumbnail_px=200)
    again = Settings.load()
    assert (again.theme, again.recent_projects, again.thumbnail_px) == ("dark", ("/a", "/b"), 200)


def test_only_overrides_are_stored() -> None:
    settings = Settings.load()
    settings.change(theme="dark", language="zh_CN")
    assert stored() == {"theme": "dark", "language": "zh_CN"}
    settings.change(theme="system")
    assert stored() == {"language": "zh_CN"}


def test_two_windows_do_not_take_back_each_others_changes() -> None:
    first, second = Settings.load(), Settings.load()
    first.change(theme="dark")
    second.change(language="zh_CN")
    assert stored() == {"theme": "dark", "language": "zh_CN"}


def test_a_damaged_file_means_the_defaults() -> None:
    (config_folder() / FILE).write_text("{ not json", encoding="utf-8")
    assert Settings.load() == Settings()


def test_a_value_that_cannot_be_used_falls_back_alone() -> None:
    values = {"theme": "purple", "language": "zh_CN", "recent_projects": 3, "later": 1}
    (config_folder() / FILE).write_text(json.dumps(values), encoding="utf-8")
    settings = Settings.load()
    assert (settings.theme, settings.language, settings.recent_projects) == ("system", "zh_CN", ())
    settings.change(theme="light")
    assert stored()["later"] == 1, "a newer program's setting is not lost"


def test_recent_projects_are_newest_first_without_repeats(tmp_path: Path) -> None:
    settings = Settings.load()
    folders = [tmp_path / str(n) for n in range(RECENT_LIMIT + 2)]
    for folder in (*folders, folders[-2]):
        settings.remember_project(folder)
    assert settings.recent_projects[:2] == (str(folders[-2]), str(folders[-1]))
    assert len(settings.recent_projects) == RECENT_LIMIT
    settings.forget_project(folders[-2])
    assert settings.recent_projects[0] == str(folders[-1])


def test_what_widgets_remember_comes_back_byte_by_byte() -> None:
    Settings.load().keep_window_state("main", b"\x00\xff\x10")
    assert Settings.load().window_state("main") == b"\x00\xff\x10"
    assert Settings.load().window_state("another") == b""
