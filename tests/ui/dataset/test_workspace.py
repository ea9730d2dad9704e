"""The Dataset workspace: counts what is there, and every bar leads to its images."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from studio.domain import geometry as geo
from studio.domain.edits import Title, created
from studio.domain.shapes import Box, Polyline, Shape
from studio.editing import actions
from studio.storage import search
from studio.storage.search import Query
from studio.ui import language
from studio.ui.dataset.bars import ROW_PX, Bars
from studio.ui.dataset.workspace import DatasetWorkspace
from tests.ui.workbench import Workbench, workbench


@pytest.fixture
def bench(tmp_path: Path, qapp: object) -> Iterator[Workbench]:
    """Four images; washers on two of them, one with a big nut besides."""
    with workbench(tmp_path, images=4) as made:
        made.add_labels("washer", "big nut")
        washer, nut = made.labels
        first, second, *_ = made.document.reader.image_ids()
        made.box(washer, first, Box(0, 0, 1, 1))
        made.box(nut, first, Box(10, 10, 40, 40))
        made.box(washer, second, Box(5, 5, 20, 12))
        yield made


@pytest.fixture
def workspace(bench: Workbench, qtbot) -> Iterator[DatasetWorkspace]:
    made = DatasetWorkspace(bench.document)
    bench.workspace = made
    made.resize(1200, 800)
    made.show()
    qtbot.waitUntil(lambda: bool(made.statistics.classes.bars))
    yield made


def counts(bars: Bars) -> dict[str, int]:
    return {bar.name: bar.count for bar in bars.bars}


def test_the_sizes_that_a_model_may_see_follow_the_language(
    workspace: DatasetWorkspace, qapp: QApplication
) -> None:
    choice = workspace.statistics.model_size
    assert choice.currentText() == "320 px"
    try:
        language.apply(qapp, "zh_CN")
        workspace.retranslate()
        assert choice.currentText() == "320 像素"
    finally:
        language.apply(qapp, "en")


def test_everything_is_counted(workspace: DatasetWorkspace) -> None:
    page = workspace.statistics
    assert counts(page.classes) == {"washer": 2, "big nut": 1}
    assert counts(page.splits)["No split yet"] == 4
    assert sum(counts(page.states).values()) == 4
    assert counts(page.sizes)["< 4 px"] == 1
    assert counts(page.sizes)["16 – 32 px"] == 1
    assert "33%" in page.small.text()  # one pixel of 64 is 5 px at 320


def test_a_bar_leads_to_its_images(workspace: DatasetWorkspace, qtbot) -> None:
    nut = [bar.name for bar in workspace.statistics.classes.bars].index("big nut")
    with qtbot.waitSignal(workspace.query_chosen) as asked:
        at = QPoint(40, nut * ROW_PX + ROW_PX // 2)
        QTest.mouseClick(
            workspace.statistics.classes,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            at,
        )
    assert asked.args == ['class:"big nut"']


def test_the_keyboard_reaches_every_bar(workspace: DatasetWorkspace, qtbot) -> None:
    bars = workspace.statistics.states
    bars.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(bars, Qt.Key.Key_Down)
    with qtbot.waitSignal(workspace.query_chosen) as asked:
        QTest.keyClick(bars, Qt.Key.Key_Return)
    assert asked.args == ["state:in_progress"]


def test_another_class_has_other_sizes(workspace: DatasetWorkspace) -> None:
    page = workspace.statistics
    page.label.setCurrentIndex(page.label.findText("big nut"))
    assert counts(page.sizes)["16 – 32 px"] == 1
    assert sum(counts(page.sizes).values()) == 1
    assert page.sizes.bars[-1].query.startswith('class:"big nut" area>=')


def test_lines_and_points_are_of_no_size(
    workspace: DatasetWorkspace, bench: Workbench, qtbot
) -> None:
    page, [*_, last] = workspace.statistics, bench.document.reader.image_ids()
    few = counts(page.sizes)
    [number] = bench.document.reserve_ids("shape")
    line = Shape(number, last, bench.labels[1].id, Polyline(((5.0, 5.0), (40.0, 30.0))))
    bench.document.apply(created(Title.DRAW_LINE, line))
    qtbot.waitUntil(lambda: counts(page.classes).get("big nut") == 2)
    assert counts(page.sizes) == few
    smallest = page.sizes.bars[0]
    assert last not in found(bench, smallest.query)


def test_what_is_labelled_meanwhile_is_counted(
    workspace: DatasetWorkspace, bench: Workbench, qtbot
) -> None:
    third = bench.document.reader.image_ids()[2]
    bench.box(bench.labels[1], third, Box(0, 0, 9, 9))
    qtbot.waitUntil(lambda: counts(workspace.statistics.classes).get("big nut") == 2)


def found(bench: Workbench, query: str) -> list[int]:
    return search.find(bench.document.reader, Query(query))


def test_every_bar_finds_as_many_images_as_it_says(
    workspace: DatasetWorkspace, bench: Workbench
) -> None:
    page = workspace.statistics
    for name in ("big nut", "washer"):
        page.label.setCurrentIndex(page.label.findText(name))
        for bars in (page.sizes, page.aspects):
            for bar in bars.bars:
                # No image has two objects of one class.
                assert len(found(bench, bar.query)) == bar.count, bar
    for bar in (*page.states.bars, *page.splits.bars):
        assert len(found(bench, bar.query)) == bar.count, bar


def test_a_place_of_the_heat_map_leads_to_the_objects_that_lie_there(
    workspace: DatasetWorkspace, bench: Workbench, qtbot
) -> None:
    page = workspace.statistics
    page.label.setCurrentIndex(page.label.findText("big nut"))
    [nut] = [
        shape
        for image_id in bench.document.reader.image_ids()
        for shape in bench.document.reader.shapes(image_id)
        if shape.label == bench.labels[1].id
    ]
    box = geo.bounds(nut.geometry)
    row, column = int((box.y0 + box.y1) / 2 / 48 * 48), int((box.x0 + box.x1) / 2 / 64 * 48)
    with qtbot.waitSignal(page.query_chosen) as asked:
        at = page.heat.rect_of((row, column)).center().toPoint()
        QTest.mouseClick(page.heat, Qt.MouseButton.LeftButton, pos=at)
    [query] = asked.args
    assert query.startswith('class:"big nut" at:')
    assert found(bench, query) == [nut.image_id]


def test_the_keyboard_reaches_every_cell(workspace: DatasetWorkspace, qtbot) -> None:
    together = workspace.statistics.together
    together.show_counts(["washer", "big nut"], np.array([[2, 1], [1, 1]]), "Classes")
    together.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(together, Qt.Key.Key_Right)
    assert together.accessibleDescription() == "washer + big nut: 1 image"
    with qtbot.waitSignal(together.cell_chosen) as asked:
        QTest.keyClick(together, Qt.Key.Key_Return)
    assert asked.args == [0, 1]


def test_tags_alone_leave_no_hole_and_no_choice_about_objects(tmp_path: Path, qtbot) -> None:
    with workbench(tmp_path, images=2) as bench:
        bench.add_labels("ant", "bee")
        reader = bench.document.reader
        group, first = reader.tag_groups()[0], reader.image_ids()[0]
        bench.document.apply(actions.tag(first, group, bench.labels[0], ()))
        made = DatasetWorkspace(bench.document)
        bench.workspace = made
        made.resize(1200, 800)
        made.show()
        page = made.statistics
        qtbot.waitUntil(lambda: bool(page.tags.bars))
        cards = [page._cards[name] for name in ("states", "tags")]
        qtbot.waitUntil(lambda: cards[0].x() == cards[1].x())
        assert not page.label.isVisible()
        legends = [each for each in page.findChildren(QLabel) if "■" in each.text()]
        assert [each.isVisible() for each in legends] == [False, True]  # the tags say their colours
        bench.box(bench.labels[0], first, Box(0, 0, 9, 9))
        qtbot.waitUntil(page.label.isVisible)
        qtbot.waitUntil(lambda: cards[0].x() < cards[1].x())
