"""What users of annotation programs suffer from most, and that none of it happens here.

Twenty pains in the order of how often they are told of, ten here and ten in ``test_more_pains``;
the numbers are the threads where users tell them (``XA`` is X-AnyLabeling).
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import tifffile
from PIL import Image as PilImage
from PySide6.QtCore import Qt
from PySide6.QtGui import QImageReader
from pytestqt.qtbot import QtBot

from studio.domain import geometry as geo
from studio.domain.edits import Title, created
from studio.domain.runs import Task
from studio.domain.shapes import Box, Shape
from studio.editing.session import Session
from studio.ui.suggest.suggestions import Looking
from tests import making
from tests.flows.person import Person, exported, project_of
from tests.ui import playing
from tests.ui.label.hand import CTRL, SHIFT
from tests.ui.start.test_start import drop

A, B = (40.0, 30.0), (140.0, 130.0)


# Work is kept ---------------------------------------------------------------------------------


def test_a_box_is_on_disk_when_the_next_image_comes_at_once(person: Person) -> None:
    """Work lost on switching images, or by not pressing Save (labelImg#243, labelme#2472,
    cvat#7996, cvat#1857)."""
    first = person.document.image_id
    person.key(Qt.Key.Key_R)
    person.drag(A, B)
    a, b = person.exact(A), person.exact(B)
    person.key(Qt.Key.Key_D)
    assert person.document.image_id != first
    assert [shape.geometry for shape in person.on_disk(first)] == [Box(*a, *b)]


def test_what_was_undone_is_still_undone_after_closing(person: Person) -> None:
    """Undo not saved (labelme#1295, labelme#2287, XA#1013)."""
    person.draw_box(A, B)
    kept = person.on_disk()
    person.draw_box((200, 50), (300, 150))
    person.key(Qt.Key.Key_Z, CTRL)
    assert person.on_disk() == kept
    person.reopen()
    assert tuple(person.canvas.scene.shapes) == person.on_disk() == kept


def test_sixty_edits_are_undone_and_redone_across_reopening(person: Person) -> None:
    """No redo, or a history of ten (labelme#591, XA#1366)."""
    before = len(person.document.history())
    person.draw_box(A, B)
    person.key(Qt.Key.Key_V)
    person.click((90, 80))
    person.keys([Qt.Key.Key_Right] * 30 + [Qt.Key.Key_Down] * 29)
    assert len(person.document.history()) == before + 60
    [moved] = person.on_disk()
    assert geo.bounds(moved.geometry).x0 == pytest.approx(person.exact(A)[0] + 30)
    person.reopen()
    for _ in range(60):
        person.key(Qt.Key.Key_Z, CTRL)
    assert person.on_disk() == ()
    person.reopen()
    for _ in range(60):
        person.key(Qt.Key.Key_Y, CTRL)
    assert person.on_disk() == (moved,)


def test_shapes_of_the_previous_image_come_once_and_only_when_asked(person: Person) -> None:
    """A "keep previous" that sticks and fills image after image (XA#310, XA#518)."""
    person.draw_box(A, B)
    person.key(Qt.Key.Key_D)
    assert person.on_disk() == ()
    person.key(Qt.Key.Key_B, CTRL)
    assert len(person.on_disk()) == 1
    person.key(Qt.Key.Key_D)
    person.key(Qt.Key.Key_D)
    assert [len(person.on_disk(i)) for i in person.document.reader.image_ids()][:4] == [1, 1, 0, 0]


def test_what_a_human_drew_stays_when_a_model_has_its_say(
    newcomer: Person, project: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model's run overwrites labels made by hand, deleting its predictions deletes them
    (XA#455, XA#590, XA#223, XA#345, sleap#2472)."""
    found = [
        {"label": name, "score": 0.9, "bbox": box}
        for name, box in (("bolt", [38, 30, 100, 100]), ("nut", [200, 50, 80, 80]))
    ]
    playing.use(monkeypatch, answers={"000.png": {"objects": found}})
    labels = [{"id": "", "name": name, "color": "#ffffff"} for name in ("bolt", "nut")]
    playing.finished_run(project, Task.DETECT, "a_model", labels)
    person = newcomer
    person.open(project)
    person.draw_box(A, B)
    [human] = person.on_disk()
    person.key(Qt.Key.Key_U)
    suggestions = person.workspace.suggestions
    qtbot.waitUntil(lambda: suggestions.state is Looking.DONE, timeout=20_000)
    person.key(Qt.Key.Key_Return, SHIFT)
    first, second = person.on_disk()
    assert (first, second.run) == (human, 1)
    person.key(Qt.Key.Key_Z, CTRL)
    person.key(Qt.Key.Key_U)
    assert person.on_disk() == (human,)
    qtbot.waitUntil(lambda: not person.queue.jobs, timeout=20_000)


# Much and large -------------------------------------------------------------------------------


def test_one_draws_while_a_large_folder_is_being_looked_through(
    person: Person, tmp_path: Path, qtbot: QtBot
) -> None:
    """The window hangs on a folder of ten thousand images (XA#822, XA#1182, XA#743, XA#1220)."""
    png = making.picture(tmp_path / "one.png", 4, 4).read_bytes()
    (tmp_path / "many").mkdir()
    for number in range(3000):
        (tmp_path / "many" / f"{number}.png").write_bytes(png + str(number).encode())
    first, scanner = person.document.image_id, person.view.scanner
    on_disk: list[int] = []

    def draw_once() -> None:
        if not on_disk:
            person.draw_box(A, B)
            on_disk.append(len(person.on_disk()))

    scanner.progressed.connect(draw_once)
    drop(person.window, tmp_path / "many")
    qtbot.waitUntil(lambda: person.document.reader.image_count() == 3006, timeout=60_000)
    qtbot.waitUntil(lambda: not scanner.active, timeout=20_000)
    assert on_disk == [1]
    assert person.document.image_id == first
    person.key(Qt.Key.Key_D)
    assert person.document.image_id != first


def test_among_1500_polygons_one_more_box_is_one_row(newcomer: Person, project: Path) -> None:
    """Slow beyond a thousand shapes, since every edit writes them all (cvat#3875, cvat#39,
    cvat#2215, cvat#7790, label-studio#4940)."""
    session = Session.open(project)
    image_id, label = session.reader.image_ids()[0], session.reader.labels()[0].id
    corners = [(8 * (n % 50), 8 * (n // 50)) for n in range(1500)]
    polygons = [geo.polygon((x, y), (x + 7, y + 1), (x + 6, y + 7), (x, y + 5)) for x, y in corners]
    ids = session.store.reserve_ids("shape", len(polygons))
    shapes = [Shape(i, image_id, label, p) for i, p in zip(ids, polygons, strict=True)]
    session.apply(created(Title.IMPORT, *shapes))
    session.close()
    person = newcomer
    person.open(project)
    person.draw_box((10, 250), (60, 290))
    person.draw_box(A, B)
    assert (len(person.on_disk()), person.rows_written()) == (1502, 1)
    person.key(Qt.Key.Key_Z, CTRL)
    person.key(Qt.Key.Key_Z, CTRL)
    assert person.on_disk() == tuple(shapes)


def test_an_image_larger_than_qt_decodes_is_shown(newcomer: Person, tmp_path: Path) -> None:
    """Huge images stay blank: Qt's limit of 256 MB (labelme#2388, labelme#744, cvat#2846,
    XA#1254)."""
    width, height = 9000, 8000
    assert 4 * width * height > QImageReader.allocationLimit() * 2**20
    pixels = np.full((height, width), 60, np.uint8)
    pixels[-2000:, -2000:] = 200
    path = tmp_path / "huge.png"
    path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
    person = newcomer
    person.open(project_of(tmp_path / "project", path))
    assert person.color_at((2000, 2000)).red() == 60
    assert person.color_at((8000, 7000)).red() == 200
    corners = (7000.0, 6000.0), (8500.0, 7500.0)
    person.draw_box(*corners)
    a, b = (person.exact(corner) for corner in corners)
    assert [shape.geometry for shape in person.on_disk()] == [Box(*a, *b)]


# Files as they come ---------------------------------------------------------------------------


def test_a_turned_photograph_is_upright_and_its_file_untouched(
    newcomer: Person, tmp_path: Path
) -> None:
    """EXIF rotation puts labels beside the object, or originals are rewritten (labelme#1529,
    labelme#232, XA#1098, labelImg#376)."""
    stored = np.full((300, 400, 3), 40, np.uint8)  # on its side: shown as 300 x 400
    stored[:150, :200] = (250, 250, 250)  # which is at the top right when upright
    exif = PilImage.Exif()
    exif[0x0112] = 6
    path = tmp_path / "photo.jpg"
    PilImage.fromarray(stored).save(path, quality=95, exif=exif)
    before = path.read_bytes()
    person = newcomer
    person.open(project_of(tmp_path / "project", path))
    assert person.color_at((250, 100)).red() > 200 > 100 > person.color_at((50, 100)).red()
    person.draw_box((160, 10), (290, 190))
    a, b = person.exact((160, 10)), person.exact((290, 190))
    coco = exported(person.document.project, tmp_path / "out")
    assert (coco["images"][0]["width"], coco["images"][0]["height"]) == (300, 400)
    expected = (a[0], a[1], b[0] - a[0], b[1] - a[1])
    assert coco["annotations"][0]["bbox"] == pytest.approx(expected, abs=0.01)
    assert path.read_bytes() == before


@pytest.mark.parametrize("dtype", [np.uint16, np.float32])
def test_a_deep_tiff_is_not_black(newcomer: Person, tmp_path: Path, dtype: type) -> None:
    """16- and 32-bit TIFF are black or refused (labelme#1241, labelme#1433, labelImg#683,
    labelImg#828)."""
    pixels = np.full((300, 400), 900, dtype)
    pixels[:, 200:] = 3600  # of 65535: twelve bits, as cameras fill them
    path = tmp_path / "deep.tif"
    tifffile.imwrite(path, pixels)
    person = newcomer
    person.open(project_of(tmp_path / "project", path))
    dark, bright = (person.color_at(at).red() for at in ((100, 150), (300, 150)))
    assert bright > 150
    assert bright - dark > 100
