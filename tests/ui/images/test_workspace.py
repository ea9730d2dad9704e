"""The Images workspace: what is seen, found and changed there is what the database says."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from studio.domain.edits import Title, created
from studio.domain.facts import ImagesFound
from studio.domain.labels import Tag, new_label
from studio.domain.project import Image, Split, State
from studio.storage.reader import Reader
from studio.storage.search import Only, Order
from studio.ui.document import Document
from studio.ui.images.model import PAGE_ROWS, PAGES_KEPT, ImageListModel
from studio.ui.images.workspace import ImagesWorkspace
from studio.ui.thumbnails.loader import ThumbnailLoader

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def choose(workspace: ImagesWorkspace, *rows: int) -> None:
    """Click cells, the further ones with Ctrl."""
    for number, row in enumerate(rows):
        place = workspace.grid.visualRect(workspace.model.index(row, 0)).center()
        keys = CONTROL if number else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(workspace.grid.viewport(), Qt.MouseButton.LeftButton, keys, place)


def names(workspace: ImagesWorkspace) -> list[str]:
    rows = range(workspace.model.rowCount())
    return [str(workspace.model.index(row, 0).data()) for row in rows]


def test_typing_into_the_search_filters(workspace: ImagesWorkspace, qtbot) -> None:
    QTest.keyClick(workspace.grid, Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(workspace.filters.search, "003")
    qtbot.waitUntil(lambda: names(workspace) == ["003.png"])
    QTest.keyClicks(workspace.filters.search, "x")
    qtbot.waitUntil(lambda: names(workspace) == [])
    assert not workspace.grid.isVisible()
    workspace.filters.search.clear()
    qtbot.waitUntil(lambda: len(names(workspace)) == 6)
    assert workspace.grid.isVisible()


def test_marking_and_splitting_many_at_once(workspace: ImagesWorkspace, document: Document) -> None:
    choose(workspace, 0, 2, 3)
    QTest.keyClick(workspace.grid, Qt.Key.Key_Return, CONTROL)
    QTest.keyClick(workspace.grid, Qt.Key.Key_2, ALT)
    ids = document.reader.image_ids()
    with Reader.open(document.project) as reader:
        statuses = reader.statuses(ids)
    assert [statuses[i].split for i in ids] == [
        Split.VAL, None, Split.VAL, Split.VAL, None, None,
    ]  # fmt: skip
    assert [statuses[i].shapes for i in ids].count(State.DONE) == 3
    document.undo()
    document.undo()
    assert {s.shapes for s in document.reader.statuses(ids).values()} == {State.NEW}


def test_tagging_many_replaces_what_stood_and_is_one_step(
    workspace: ImagesWorkspace, document: Document
) -> None:
    bolt, nut = document.reader.labels()
    ids = document.reader.image_ids()

    def tags() -> list[list[str]]:
        return [[tag.label for tag in document.reader.tags(i)] for i in ids[:2]]

    choose(workspace, 0)
    workspace.bulk.tag_with(bolt)
    choose(workspace, 0, 1)
    workspace.bulk.tag_with(nut)
    assert tags() == [[nut.id], [nut.id]]
    document.undo()
    assert tags() == [[bolt.id], []]
    document.redo()
    workspace.bulk.tag_with(nut)
    assert tags() == [[], []], "where all have the tag it is taken away"


def test_any_number_of_classes_of_any_length_is_within_reach_in_a_menu(
    workspace: ImagesWorkspace, document: Document, qtbot
) -> None:
    for name in ("Nuts & bolts" + " that nobody has counted" * 8, *map(str, range(120))):
        document.apply(created(Title.ADD_CLASS, new_label(name, document.reader.labels())))
    choose(workspace, 0)
    menu = workspace.bar.tag_menu
    menu.popup(QPoint(0, 0))
    qtbot.waitUntil(menu.isVisible)
    columns = {menu.actionGeometry(action).x() for action in menu.actions()}
    long = menu.actions()[2].text()
    menu.close()
    assert len(menu.actions()) == 123 and len(columns) == 1
    assert "Nuts && bolts" in long and long.endswith("…")


def test_removed_images_leave_the_list_and_come_back(
    workspace: ImagesWorkspace, document: Document
) -> None:
    choose(workspace, 1, 4)
    QTest.keyClick(workspace.grid, Qt.Key.Key_Delete)
    assert names(workspace) == ["000.png", "002.png", "003.png", "005.png"]
    with Reader.open(document.project) as reader:
        assert reader.image_count() == 4
    document.undo()
    assert len(names(workspace)) == 6


def test_a_double_click_goes_to_the_image(workspace: ImagesWorkspace, document: Document) -> None:
    place = workspace.grid.visualRect(workspace.model.index(2, 0)).center()
    choose(workspace, 2)
    QTest.mouseDClick(
        workspace.grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
    )
    assert document.image_id == document.reader.image_ids()[2]


def test_filters_by_state_and_order_ask_the_database(
    workspace: ImagesWorkspace, document: Document
) -> None:
    choose(workspace, 5)
    QTest.keyClick(workspace.grid, Qt.Key.Key_Return, CONTROL)
    workspace.look_for("state:done")
    assert names(workspace) == ["005.png"]
    workspace.filters.reset()
    order = workspace.filters.order
    order.setCurrentIndex(order.findData(Order.STATE))
    workspace.filters.descending.setChecked(True)
    assert names(workspace)[0] == "005.png"


def test_a_broken_image_is_a_placeholder_that_says_why(
    workspace: ImagesWorkspace, document: Document, qtbot
) -> None:
    image = document.reader.image(document.reader.image_ids()[0])
    document.reader.path_of(image).write_bytes(b"no picture")
    document.record(ImagesFound((replace(image, problem="000.png cannot be read."),)))
    workspace.show_only(Only.PROBLEM)
    assert names(workspace) == ["000.png"]
    workspace.grid.grab()
    view = workspace.grid.viewport()
    place = workspace.grid.visualRect(workspace.model.index(0, 0)).center()
    event = QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place))
    QApplication.sendEvent(view, event)
    qtbot.waitUntil(lambda: "cannot be read" in QToolTip.text())
    QToolTip.hideText()


def test_thumbnails_come_and_are_kept_on_disk(document: Document, qtbot) -> None:
    loader = ThumbnailLoader.of(document)
    path = document.reader.path_of(document.reader.image(document.reader.image_ids()[0]))
    with qtbot.waitSignal(loader.ready):
        assert loader.get(path, 32) is None
    pixmap = loader.get(path, 32)
    assert pixmap is not None
    assert (pixmap.width(), pixmap.height()) == (32, 24)
    path.unlink()
    other = ThumbnailLoader()
    with qtbot.waitSignal(other.ready):
        assert other.get(path, 32) is None
    assert "000.png" in other.problem(path)
    other.close()


def test_a_list_of_many_reads_pages_only(document: Document, qtbot) -> None:
    ids = document.reserve_ids("image", 30_000)
    root = document.reader.roots()[0].id
    many = tuple(Image(i, root, f"sub/{i:06d}.png") for i in ids)
    model = ImageListModel(document)
    changed: list[str] = []
    model.rowsInserted.connect(lambda *_: changed.append("inserted"))
    model.modelReset.connect(lambda: changed.append("reset"))
    document.record(ImagesFound(many))
    qtbot.waitUntil(lambda: model.rowCount() == 30_006)
    assert changed == ["inserted"], "the rows that were there are not disturbed"
    for row in range(0, 30_006, PAGE_ROWS):
        model.summary(row)
    assert len(model._pages) == PAGES_KEPT
    assert model.row_of(ids[-1]) == 30_005


def test_a_change_to_one_image_repaints_one_row(document: Document) -> None:
    model = ImageListModel(document)
    rows: list[tuple[int, int]] = []
    model.summary(0)
    model.dataChanged.connect(lambda first, last: rows.append((first.row(), last.row())))
    bolt = document.reader.labels()[0]
    image_id = document.reader.image_ids()[3]
    document.apply(created(Title.TAG, Tag(image_id, 1, bolt.id)))
    assert rows == [(3, 3)]
    assert model.summary(3).tags == (bolt.id,)


def test_the_grid_fills_its_width(workspace: ImagesWorkspace) -> None:
    for width in (700, 1100):
        workspace.resize(width, 500)
        cell = workspace.grid.gridSize().width()
        spare = workspace.grid.viewport().width() % cell
        assert spare < workspace.grid.viewport().width() // cell + 3 + 12
        rows = (workspace.grid.visualRect(workspace.model.index(i, 0)).y() for i in range(6))
        columns = workspace.grid.viewport().width() // cell
        assert list(rows).count(0) == min(6, columns)
    assert workspace.grid.indexAt(QPoint(20, 20)).row() == 0
