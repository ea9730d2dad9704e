"""Where the program's own files and the user's folders are."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

APP_NAME = "vision-studio"


def resources() -> Path:
    """The folder of icons, translations and help: inside the wheel, else in the checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


def config_folder() -> Path:
    """Settings; ``STUDIO_HOME`` moves this and the other user folders to one place."""
    return _user_folder("config", platformdirs.user_config_path(APP_NAME, appauthor=False))


def cache_folder() -> Path:
    """What can be made again: thumbnails, resized images, device facts."""
    return _user_folder("cache", platformdirs.user_cache_path(APP_NAME, appauthor=False))


def data_folder() -> Path:
    """The sample project and weights added by hand."""
    return _user_folder("data", platformdirs.user_data_path(APP_NAME, appauthor=False))


def _user_folder(kind: str, default: Path) -> Path:
    home = os.environ.get("STUDIO_HOME")
    folder = Path(home) / kind if home else default
    folder.mkdir(parents=True, exist_ok=True)
    return folder
