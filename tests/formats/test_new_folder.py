"""An export is there wholly or not at all, and the user's own files are not touched."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from studio.domain.imports import ImportBatch, ImportedImage
from studio.errors import FormatError, ImageProblem
from studio.formats.contract import Progress
from studio.formats.new_folder import NewFolder
from studio.formats.tags import class_folders as imagefolder
from tests.formats.conftest import Projects
from tests.making import picture


def test_names_are_kept_apart_as_on_drives_that_know_no_upper_case(tmp_path: Path) -> None:
    originals = [
        picture(tmp_path / str(n) / name)
        for n, name in enumerate(["a.png", "A.PNG", "\u00e9.png", "e\u0301.png"])
    ]
    with NewFolder(tmp_path / "out") as folder:
        copies = [folder.copy(each, "x").name for each in originals]
    assert copies == ["a.png", "A_2.PNG", "\u00e9.png", "e\u0301_2.png"]


def test_what_is_named_after_an_image_needs_a_stem_of_its_own(tmp_path: Path) -> None:
    originals = [picture(tmp_path / name) for name in ("a.png", "a.bmp", "a_2.png")]
    with NewFolder(tmp_path / "out") as folder:
        assert [folder.copy(each).name for each in originals] == ["a.png", "a.bmp", "a_2.png"]
        below = [folder.copy(each, "x", by_stem=True).name for each in originals]
    assert below == ["a.png", "a_2.bmp", "a_2_2.png"]


def test_what_cannot_be_taken_away_does_not_hide_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    folder = NewFolder(tmp_path / "out")
    with pytest.raises(FormatError, match="Read-only"), folder:
        folder.write("a.txt", "0")
        monkeypatch.setattr(Path, "unlink", refuse)
        monkeypatch.setattr(Path, "write_bytes", refuse)
        folder.write("b.txt", "0")


def test_a_name_that_no_drive_takes_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="Cannot write"):
        NewFolder(tmp_path / ("x" * 300))


def test_one_that_cannot_be_copied_leaves_nothing_and_the_others_go_on(tmp_path: Path) -> None:
    original = picture(tmp_path / "a.png")
    with NewFolder(tmp_path / "out") as folder:
        with pytest.raises(ImageProblem, match="could not be copied: No such file"):
            folder.copy(tmp_path / "gone.png")
        folder.copy(original)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.png"]


def test_a_full_drive_ends_it_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(original: Path, copy: Path) -> None:
        copy.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    original = picture(tmp_path / "a.png")
    monkeypatch.setattr(shutil, "copy2", fill)
    folder = NewFolder(tmp_path / "new" / "out")
    with pytest.raises(FormatError, match="No space left"), folder:
        folder.write("labels/a.txt", "0")
        folder.copy(original, "images")
    assert not (tmp_path / "new").exists()
    assert original.exists()


def test_what_somebody_else_puts_there_stays(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    folder = NewFolder(tmp_path / "out")
    with pytest.raises(ZeroDivisionError), folder:
        folder.write("labels/a.txt", "0")
        (tmp_path / "out" / "mine.txt").write_text("mine")
        raise ZeroDivisionError
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_an_export_that_is_stopped_takes_its_copies_back(
    tmp_path: Path, project_of: Projects
) -> None:
    images = [ImportedImage(picture(tmp_path / f"{n}.png", seed=n), ("cat",)) for n in range(3)]
    session = project_of(ImportBatch(tuple(images), ("cat",)))
    steps = imagefolder.write(session.reader, tmp_path / "out")
    assert [next(steps), next(steps)] == [Progress(1, 3), Progress(2, 3)]
    assert len(list((tmp_path / "out").rglob("*.png"))) == 2
    steps.close()
    assert not (tmp_path / "out").exists()
    assert all(image.path.exists() for image in images)
