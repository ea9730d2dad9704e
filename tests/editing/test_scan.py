"""Finding images: everything that is there, nothing that is not, and never a crash."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import tifffile

from studio.editing.scan import ScanProgress, add_images, scan
from studio.editing.session import Session
from studio.errors import ProjectError
from studio.vision import images
from tests.making import picture


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = Session.create(tmp_path / "project")
    yield session
    session.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "pictures"


def scanned(session: Session, folder: Path) -> ScanProgress:
    return list(scan(session, folder))[-1]


def paths(session: Session) -> list[str]:
    reader = session.reader
    return [image.path for image in reader.images(reader.image_ids()).values()]


def test_a_tree_is_found_with_sizes(session: Session, folder: Path) -> None:
    picture(folder / "b.png", 30, 20)
    picture(folder / "sub" / "deep" / "a.PNG", 10, 12)
    (folder / "notes.txt").write_text("no image")
    progress = scanned(session, folder)
    assert (progress.found, progress.added, progress.problems, progress.total) == (2, 2, 0, 2)
    found = {
        image.path: image for image in session.reader.images(session.reader.image_ids()).values()
    }
    assert set(found) == {"b.png", "sub/deep/a.PNG"}
    assert (found["b.png"].width, found["b.png"].height) == (30, 20)
    assert session.reader.path_of(found["sub/deep/a.PNG"]) == folder / "sub" / "deep" / "a.PNG"
    assert found["b.png"].quick_hash


def test_what_is_hidden_or_ours_is_passed_over(session: Session, folder: Path) -> None:
    for name in (".hidden.png", ".thumbs/a.png", "__MACOSX/a.png", "keep/a.png"):
        picture(folder / name)
    Session.create(folder / "other").close()
    picture(folder / "other" / "runs" / "sample.png")
    scanned(session, folder)
    assert paths(session) == ["keep/a.png"]


def test_a_project_inside_its_own_folder_of_images(folder: Path) -> None:
    picture(folder / "a.png")
    session = Session.create(folder)
    picture(folder / "runs" / "0001-detect" / "overlay.png")
    scanned(session, folder)
    assert paths(session) == ["a.png"]
    session.close()


def test_scanning_again_finds_only_what_is_new(session: Session, folder: Path) -> None:
    picture(folder / "a.png", 30, 20)
    picture(folder / "b.png", 30, 20)
    scanned(session, folder)
    [a, b] = session.reader.image_ids()
    picture(folder / "a.png", 50, 40, seed=7)
    picture(folder / "c.png")
    progress = scanned(session, folder)
    assert (progress.found, progress.added, progress.total) == (3, 1, 2)
    assert session.reader.image_ids()[:2] == [a, b]
    assert session.reader.image(a).width == 50
    assert scanned(session, folder).total == 0


def test_broken_files_get_a_sentence_and_the_rest_goes_on(session: Session, folder: Path) -> None:
    picture(folder / "a.png")
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0nonsense")
    (folder / "empty.tif").write_bytes(b"")
    picture(folder / "z.png")
    assert scanned(session, folder).problems == 2
    assert [problem.path for problem in session.reader.problems()] == ["broken.jpg", "empty.tif"]
    assert all("cannot be read" in problem.problem for problem in session.reader.problems())
    picture(folder / "broken.jpg")
    scanned(session, folder)
    assert [problem.path for problem in session.reader.problems()] == ["empty.tif"]


def test_a_missing_file_is_said_and_forgiven_when_it_is_back(
    session: Session, folder: Path, tmp_path: Path
) -> None:
    picture(folder / "a.png")
    picture(folder / "sub" / "b.png")
    scanned(session, folder)
    (folder / "sub" / "b.png").rename(tmp_path / "away.png")
    scanned(session, folder)
    [missing] = session.reader.problems()
    assert missing.problem == "sub/b.png is no longer where it was."
    assert scanned(session, folder / "sub").problems == 0
    (tmp_path / "away.png").rename(folder / "sub" / "b.png")
    scanned(session, folder)
    assert not session.reader.problems()


def test_a_stopped_scan_keeps_what_it_found_and_goes_on_later(
    session: Session, folder: Path
) -> None:
    for number in range(1200):
        picture(folder / f"{number // 100}" / f"{number}.png", 4, 3, seed=number % 3)
    seen: list[ScanProgress] = []
    for progress in scan(session, folder, lambda: len(seen) >= 1):
        seen.append(progress)
    assert 0 < session.reader.image_count() < 1200
    assert not session.reader.problems()
    progress = scanned(session, folder)
    assert progress.total == 1200
    assert session.reader.image_count() == 1200
    assert all(image.width for image in session.reader.images(session.reader.image_ids()).values())


def test_a_folder_within_a_known_one_is_no_second_copy(session: Session, folder: Path) -> None:
    picture(folder / "sub" / "a.png")
    scanned(session, folder / "sub")
    scanned(session, folder)
    scanned(session, folder / "sub")
    assert paths(session) == ["a.png"]
    assert len(session.reader.roots()) == 2


def test_same_stem_with_another_extension_is_another_image(session: Session, folder: Path) -> None:
    picture(folder / "a.png")
    picture(folder / "a.bmp")
    picture(folder / "A.PNG", seed=3)
    scanned(session, folder)
    assert len(paths(session)) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_in_a_loop_end(session: Session, folder: Path) -> None:
    picture(folder / "sub" / "a.png")
    (folder / "sub" / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "self.png").symlink_to(folder / "self.png")
    (folder / "gone.png").symlink_to(folder / "nowhere.png")
    scanned(session, folder)
    assert paths(session) == ["sub/a.png"]


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode on other systems")
def test_a_name_that_is_not_unicode_is_a_problem_not_a_crash(
    session: Session, folder: Path
) -> None:
    good = picture(folder / "good.png")
    bad = os.fsencode(folder) + b"/caf\xe9.png"
    Path(os.fsdecode(bad)).write_bytes(good.read_bytes())
    odd_folder = Path(os.fsdecode(os.fsencode(folder) + b"/\xff"))
    odd_folder.mkdir()
    (odd_folder / "a.png").write_bytes(good.read_bytes())
    assert scanned(session, folder).problems == 2
    problems = session.reader.problems()
    assert [problem.path for problem in problems] == ["\\xff/a.png", "caf\\xe9.png"]
    assert all("rename" in problem.problem for problem in problems)
    assert scanned(session, folder).total == 0
    with pytest.raises(ProjectError, match="rename"):
        scanned(Session.create(folder.parent / "second"), odd_folder)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems compare names composed")
def test_a_name_in_decomposed_unicode_is_still_opened(session: Session, folder: Path) -> None:
    name = unicodedata.normalize("NFD", "é.png")
    picture(folder / name)
    scanned(session, folder)
    [image] = session.reader.images(session.reader.image_ids()).values()
    assert images.read(session.reader.path_of(image)).size


def test_a_folder_that_is_not_there(session: Session, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="nowhere"):
        scanned(session, tmp_path / "nowhere")


def test_deep_images_decide_the_mapping_once(session: Session, folder: Path) -> None:
    folder.mkdir()
    deep = np.linspace(200, 3000, 400).astype(np.uint16).reshape(20, 20)
    tifffile.imwrite(folder / "a.tif", deep)
    scanned(session, folder)
    first = images.mapping_of(session.reader.settings())
    assert first is not None
    assert 200 <= first.low < 220
    tifffile.imwrite(folder / "b.tif", deep * 10)
    scanned(session, folder)
    assert images.mapping_of(session.reader.settings()) == first


def test_images_of_eight_bits_decide_no_mapping(session: Session, folder: Path) -> None:
    picture(folder / "a.png")
    scanned(session, folder)
    assert images.mapping_of(session.reader.settings()) is None


def test_single_files_share_a_root_and_are_added_once(session: Session, folder: Path) -> None:
    files = [picture(folder / str(number) / "images" / "x.png") for number in range(3)]
    ids, changes = add_images(session, files)
    assert set(ids) == set(files)
    assert len(set(ids.values())) == 3
    assert changes.images == set(ids.values())
    assert len(session.reader.roots()) == 1
    assert paths(session) == ["0/images/x.png", "1/images/x.png", "2/images/x.png"]
    again, changes = add_images(session, [files[1], folder / "1" / ".." / "2" / "images" / "x.png"])
    assert list(again.values()) == [ids[files[1]], ids[files[2]]]
    assert not changes


def test_a_file_that_is_not_there_is_listed_with_its_problem(
    session: Session, folder: Path
) -> None:
    folder.mkdir()
    ids, _ = add_images(session, [folder / "gone.png"])
    [image] = session.reader.problems()
    assert image.id == ids[folder / "gone.png"]
    assert "cannot be opened" in image.problem


def test_files_are_never_touched(session: Session, folder: Path) -> None:
    path = picture(folder / "a.png")
    before = (path.read_bytes(), path.stat().st_mtime_ns, sorted(folder.iterdir()))
    scanned(session, folder)
    assert (path.read_bytes(), path.stat().st_mtime_ns, sorted(folder.iterdir())) == before
