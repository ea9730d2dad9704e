"""The second ten of what users of annotation programs suffer from; see ``test_pains``."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image as PilImage
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studio.domain.edits import Title
from studio.domain.runs import Task
from studio.domain.shapes import Box, Mask, Polygon, Shape
from studio.learning.readiness import dataset
from studio.storage.reader import Reader
from studio.ui.dialogs.importing import ImportDialog
from studio.ui.label.classes.merge_dialog import MergeDialog
from studio.ui.training.workspace import TrainWorkspace
from studio.vision import masks
from tests import making
from tests.flows.person import Person, exported, project_of
from tests.ui import playing
from tests.ui.label.hand import CTRL, LEFT, NONE
from tests.ui.label.test_classes import back_to_work, merge, tick
from tests.ui.label.test_workspace import rename
from tests.ui.modal import Answer

ALT = Qt.KeyboardModifier.AltModifier
A, B = (40.0, 30.0), (140.0, 130.0)


# Drawing --------------------------------------------------------------------------------------


def pixels_of(shape: Shape) -> np.ndarray:
    return masks.rasterise(shape.geometry, 400, 300)


def test_a_mask_is_painted_erased_and_undone_stroke_by_stroke(person: Person) -> None:
    """No brush, or a weak one (labelme#426, labelme#396, labelme#2184, XA#799, cvat#1849)."""
    person.key(Qt.Key.Key_B)
    person.paint(40, (100, 150), (200, 150), (300, 150))
    [painted] = person.on_disk()
    assert isinstance(painted.geometry, Mask)
    assert pixels_of(painted)[:, 200].sum() == pytest.approx(40, abs=1)
    person.key(Qt.Key.Key_E)
    person.paint(10, (200, 100), (200, 200))
    [erased] = person.on_disk()
    assert not pixels_of(erased)[150, 200]
    assert pixels_of(erased)[150, 180] and pixels_of(erased)[150, 220]
    person.key(Qt.Key.Key_Z, CTRL)
    assert person.on_disk() == (painted,)
    person.key(Qt.Key.Key_Z, CTRL)
    assert person.on_disk() == ()


def test_a_hole_stays_a_hole_in_a_polygon(person: Person) -> None:
    """Holes cannot be drawn, or are filled (labelme#245, labelme#228)."""
    person.key(Qt.Key.Key_B)
    person.paint(80, (150, 150), (250, 150))
    person.key(Qt.Key.Key_E)
    person.paint(20, (200, 150), (201, 150))
    [mask] = person.on_disk()
    person.key(Qt.Key.Key_V)
    person.click((170, 150))
    person.key(Qt.Key.Key_3, ALT)
    [polygon] = person.on_disk()
    assert isinstance(polygon.geometry, Polygon)
    assert [len(part.holes) for part in polygon.geometry.parts] == [1]
    assert np.array_equal(pixels_of(polygon), pixels_of(mask))


def test_neighbours_share_their_border_exactly(person: Person) -> None:
    """Gaps and overlaps along a border that two objects share (labelme#491, labelme#946)."""
    person.draw_polygon((100, 100), (200, 100), (200, 200), (100, 200))
    person.draw_polygon((202, 102), (300, 110), (300, 190), (198, 201))
    left, right = (shape.geometry for shape in person.on_disk())
    assert isinstance(left, Polygon) and isinstance(right, Polygon)
    shared = set(left.parts[0].outer) & set(right.parts[0].outer)
    assert shared == {person.exact((200, 100)), person.exact((200, 200))}


def test_a_click_picks_the_small_shape_under_the_large_one(person: Person) -> None:
    """What lies under a larger shape cannot be selected (XA#758, XA#1338, labelme#962,
    labelme#616)."""
    person.draw_box((150, 120), (200, 160))
    person.draw_box((20, 20), (380, 280))
    small, large = (shape.id for shape in person.on_disk())
    person.key(Qt.Key.Key_V)
    person.click((175, 140))
    assert person.document.selection == {small}
    person.click((175, 140))
    assert person.document.selection == {large}
    person.click((175, 140))
    person.key(Qt.Key.Key_Delete)
    assert [shape.id for shape in person.on_disk()] == [large]


# Classes --------------------------------------------------------------------------------------


def test_no_question_comes_after_a_box_and_a_digit_changes_the_class(person: Person) -> None:
    """A popup for the label after each box, far from the cursor, and no number keys (labelImg#242,
    labelImg#638, labelImg#699, XA#731, discuss.roboflow 4290)."""
    person.key(Qt.Key.Key_R)
    person.drag(A, B)
    assert QApplication.activeModalWidget() is None and QApplication.activePopupWidget() is None
    assert not person.workspace.naming.picker.isVisible()
    person.key(Qt.Key.Key_2)
    person.drag((200, 30), (300, 130))
    assert person.classes_on_disk() == ["bolt", "nut"]
    person.key(Qt.Key.Key_V)
    person.click((90, 80))
    person.key(Qt.Key.Key_2)
    assert person.classes_on_disk() == ["nut", "nut"]


def test_a_class_is_renamed_and_merged_over_all_images_in_one_edit(
    person: Person, qtbot: QtBot
) -> None:
    """Renaming or merging a class means opening every file (labelme#224, labelme#603, labelme#974,
    labelImg#743, cvat#3565)."""
    for digit in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_2):
        person.key(digit)
        person.draw_box(A, B)
        person.key(Qt.Key.Key_D)
    rename(person, "bolt", "screw")
    qtbot.waitUntil(lambda: person.classes_on_disk() == ["screw", "nut", "nut"])
    assert person.rows_written() == 1

    def act(dialog: QWidget) -> None:
        assert isinstance(dialog, MergeDialog)
        tick(dialog, "screw")
        tick(dialog, "nut")
        merge(dialog)

    Answer(act, person.window)
    person.canvas.setFocus()
    person.key(Qt.Key.Key_M, CTRL)
    assert person.classes_on_disk() == ["screw"] * 3
    assert person.document.undo_title() == Title.MERGE_CLASSES
    back_to_work(person, qtbot)
    person.key(Qt.Key.Key_Z, CTRL)
    assert person.classes_on_disk() == ["screw", "nut", "nut"]


def test_an_empty_image_is_a_negative_only_when_marked_done(person: Person) -> None:
    """Empty and not yet labelled are one and the same (XA#1057, XA#678, cvat#10493,
    label-studio#7786)."""
    *labelled, empty, untouched = person.document.reader.image_ids()
    for image_id in labelled:
        assert person.document.image_id == image_id
        person.draw_box(A, B)
        person.key(Qt.Key.Key_D)
    person.key(Qt.Key.Key_Return, CTRL)
    person.document.show_image(untouched)  # opened, looked at, nothing said
    with Reader.open(person.document.project) as reader:
        frozen = dataset.freeze(reader, Task.DETECT, seed=0, val_fraction=0.2)
        assert dataset.readiness(reader)[Task.DETECT].negatives == 1
    assert {image.id: len(image.truths) for image in frozen.images} == {
        **dict.fromkeys(labelled, 1),
        empty: 0,
    }


# What comes from elsewhere --------------------------------------------------------------------


def test_a_broken_json_is_named_and_the_good_one_beside_it_imported(
    person: Person, tmp_path: Path, qtbot: QtBot
) -> None:
    """One bad or foreign JSON blocks everything, or crashes (labelme#1386, XA#338, XA#404)."""
    coco = {
        "images": [{"id": 1, "file_name": "000.png", "width": 400, "height": 300}],
        "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [4, 5, 20, 10]}],
        "categories": [{"id": 1, "name": "bolt"}],
    }
    folder = tmp_path / "labels"
    folder.mkdir()
    (folder / "good.json").write_text(json.dumps(coco), encoding="utf-8")
    (folder / "broken.json").write_text('{"images": [{"id": 1', encoding="utf-8")
    (folder / "foreign.json").write_text('{"shapes": [], "version": "5.0"}', encoding="utf-8")
    told: list[str] = []

    def act(dialog: QWidget) -> None:
        assert isinstance(dialog, ImportDialog)
        QTest.keyClicks(dialog.source.line, str(folder))
        QTest.mouseClick(dialog.begin_button, LEFT)
        qtbot.waitUntil(lambda: bool(dialog.summary.text()), timeout=20_000)
        model = dialog.problems.model()
        told.extend(model.index(row, 0).data() for row in range(model.rowCount()))
        dialog.close()

    Answer(act, person.window)
    person.key(Qt.Key.Key_I, CTRL)
    assert [Path(name).name for name in told] == ["broken.json"]
    assert [shape.geometry for shape in person.on_disk()] == [Box(4, 5, 24, 15)]


def test_chinese_names_and_blanks_are_names_like_others(
    newcomer: Person, tmp_path: Path, qtbot: QtBot
) -> None:
    """Paths that are not ASCII cannot be read (XA#1181, cellpose#1150)."""
    pictures = tmp_path / "图 片 é"
    first = making.picture(pictures / "螺栓 1.png", 400, 300)
    tiff = pictures / "垫圈 ß.tif"
    tifffile.imwrite(tiff, np.full((300, 400), 2000, np.uint16))
    photo = pictures / "öl 照片.JPG"
    jpeg = io.BytesIO()
    PilImage.new("RGB", (400, 300), "red").save(jpeg, "JPEG")
    photo.write_bytes(jpeg.getvalue())
    person = newcomer
    person.open(project_of(tmp_path / "我的 项目", first, tiff, photo))
    assert person.window.windowTitle().startswith("我的 项目")
    for _ in range(3):
        person.wait_for_picture(qtbot)
        assert not person.canvas.showing.problem
        person.draw_box(A, B)
        person.key(Qt.Key.Key_D)
    coco = exported(person.close_project(), tmp_path / "导 出")
    assert len(coco["annotations"]) == 3
    assert {Path(each["file_name"]).name for each in coco["images"]} == {
        path.name for path in (first, tiff, photo)
    }


# Crashes --------------------------------------------------------------------------------------


def test_fractional_positions_and_odd_zooms_draw_what_they_mean(person: Person) -> None:
    """Crashes where Qt wants a whole number and gets a fraction (labelImg#938, labelImg#838,
    labelImg#1017)."""
    canvas = person.canvas

    def mouse(kind: QEvent.Type, at: QPointF, button: Qt.MouseButton = LEFT) -> None:
        buttons = LEFT if kind != QEvent.Type.MouseButtonRelease else Qt.MouseButton.NoButton
        event = QMouseEvent(kind, at, canvas.mapToGlobal(at), button, buttons, NONE)
        QApplication.sendEvent(canvas, event)

    meant = []
    for number, tool in enumerate((Qt.Key.Key_R, Qt.Key.Key_B, Qt.Key.Key_R)):
        start, end = QPointF(311.37 - 70 * number, 207.81), QPointF(362.61 - 70 * number, 333.33)
        wheel = QWheelEvent(
            end, canvas.mapToGlobal(end), QPoint(), QPoint(0, 37 - 31 * number),
            Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(canvas, wheel)
        person.key(tool)
        mouse(QEvent.Type.MouseButtonPress, start)
        mouse(QEvent.Type.MouseMove, (start + end) * 0.53, Qt.MouseButton.NoButton)
        mouse(QEvent.Type.MouseMove, end, Qt.MouseButton.NoButton)
        mouse(QEvent.Type.MouseButtonRelease, end)
        canvas.grab()
        corners = [canvas.viewport.to_image((at.x(), at.y())) for at in (start, end)]
        meant.append((*corners[0], *corners[1]))
    first, painted, third = (shape.geometry for shape in person.on_disk())
    assert isinstance(painted, Mask)
    for drawn, box in ((first, meant[0]), (third, meant[2])):
        assert isinstance(drawn, Box)
        assert (drawn.x0, drawn.y0, drawn.x1, drawn.y1) == pytest.approx(box)


# Training -------------------------------------------------------------------------------------


def test_a_gpu_that_would_stay_idle_is_told_of_before_training(
    person: Person, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The GPU is silently left unused (XA#829, XA#786, XA#1100, XA#1117, labelme#1618)."""
    playing.use(monkeypatch, facts={**playing.FACTS, "unused_gpu": "NVIDIA RTX 4070"})
    person.key(Qt.Key.Key_3, CTRL)
    train = person.view.workspaces.workspace("train")
    assert isinstance(train, TrainWorkspace)
    qtbot.waitUntil(train.setup.gpu.isVisible, timeout=20_000)
    assert "NVIDIA RTX 4070" in train.setup.gpu.text
    assert "pytorch.org" in train.setup.gpu.text
    qtbot.waitUntil(lambda: not person.queue.jobs, timeout=20_000)
