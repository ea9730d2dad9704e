from __future__ import annotations

from pathlib import Path

import pytest

from studio.domain.edits import Edit, Title, created
from studio.domain.facts import ImagesFound
from studio.domain.labels import Label, Tag
from studio.domain.project import Changes, Image
from studio.domain.shapes import Box, Shape
from studio.editing import actions
from studio.errors import EditConflict
from studio.ui.document import LARGE_EDIT_ROWS, Document
from tests import making


@pytest.fixture
def document(tmp_path: Path, qtbot):
    session = making.project(tmp_path)
    making.labels(session, "cat", "dog")
    document = Document(session)
    yield document
    document.close()


def boxes(document: Document, image_id: int, count: int) -> Edit:
    label = document.reader.labels()[0].id
    ids = document.reserve_ids("shape", count)
    return created(Title.DRAW_BOX, *(Shape(i, image_id, label, Box(0, 0, 9, 9)) for i in ids))


def test_every_write_tells_the_views_what_it_touched(document: Document, qtbot) -> None:
    with qtbot.waitSignal(document.changed) as told:
        assert document.apply(boxes(document, 2, 1))
    assert told.args == [Changes(images=frozenset({2}))]
    assert not document.apply(Edit(Title.MOVE, ()))


def test_an_undo_that_changes_another_image_goes_there_and_says_so(document, qtbot) -> None:
    document.show_image(2)
    document.apply(boxes(document, 2, 1))
    document.show_image(1)
    with qtbot.waitSignal(document.went_to) as told:
        document.undo()
    edit, direction, image_id = told.args
    assert (edit.title, direction, image_id) == (Title.DRAW_BOX, "undo", 2)
    assert document.image_id == 2
    assert (document.undo_title(), document.redo_title()) == ("Add class", "Draw box")


def test_a_refused_edit_is_told_and_changes_nothing(document: Document, qtbot) -> None:
    stranger = Label("f" * 32, "stranger", "#000000", 9)
    with qtbot.waitSignal(document.failed) as told:
        assert not document.apply(actions.recolour_label(stranger, "#FFFFFF"))
    assert isinstance(told.args[0], EditConflict)


def test_a_large_edit_is_written_elsewhere_and_editing_waits(document: Document, qtbot) -> None:
    edit = boxes(document, 1, LARGE_EDIT_ROWS + 1)
    with qtbot.waitSignal(document.changed, timeout=20_000):
        assert document.apply(edit)
        assert document.busy
        refused: list[object] = []
        document.failed.connect(refused.append)
        assert not document.apply(boxes(document, 1, 1))
        assert "still being written" in str(refused[0])
    assert not document.busy
    assert len(document.reader.shapes(1)) == LARGE_EDIT_ROWS + 1
    with qtbot.waitSignal(document.changed, timeout=20_000):
        document.undo()
        assert document.busy
    assert document.reader.shapes(1) == ()


def test_ids_and_facts_do_not_wait_for_a_large_edit(document: Document, qtbot) -> None:
    root = document.reader.roots()[0].id
    document.apply(boxes(document, 1, LARGE_EDIT_ROWS + 1))
    with document.session.store._writing:  # the writer can get no further than here
        assert document.busy
        assert document.reserve_ids("shape")
        found = Image(document.reserve_ids("image")[0], root, "late.png")
        assert not document.record(ImagesFound((found,)))
    qtbot.waitUntil(lambda: found.id in document.reader.image_ids(), timeout=20_000)
    assert len(document.reader.shapes(1)) == LARGE_EDIT_ROWS + 1


def test_a_project_closed_while_it_is_written_tells_nothing(tmp_path: Path, qtbot) -> None:
    session = making.project(tmp_path)
    making.labels(session, "cat")
    document = Document(session)
    told: list[object] = []
    document.apply(boxes(document, 1, LARGE_EDIT_ROWS + 1))
    document.changed.connect(told.append)
    document.close()
    qtbot.wait(50)
    assert told == []


def test_another_image_takes_the_selection_along(document: Document) -> None:
    document.show_image(1)
    document.select({5})
    document.show_image(2)
    assert document.selection == frozenset()


def test_a_tag_is_one_edit(document: Document) -> None:
    [group] = document.reader.tag_groups()
    cat = document.reader.labels()[0]
    document.apply(actions.tag(1, group, cat, document.reader.tags(1)))
    assert document.reader.tags(1) == (Tag(1, 1, cat.id),)


def test_what_keeps_the_runs_from_being_noted_is_said_once(
    document: Document, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    document.failed.connect(lambda error: said.append(str(error)))
    outcomes = iter([False, False, True, False])

    def index_runs(_should_stop: object) -> Changes:
        if next(outcomes):
            return Changes()
        raise EditConflict("The disk is full.")

    monkeypatch.setattr(document.session, "index_runs", index_runs)
    told: list[int] = []
    for _ in range(4):
        document.index_runs(lambda: told.append(len(said)))
    qtbot.waitUntil(lambda: len(told) == 4)
    assert told == [1, 1, 1, 2]
