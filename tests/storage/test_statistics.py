from __future__ import annotations

from pathlib import Path

from studio.domain.edits import Title, created
from studio.domain.facts import SplitsDrawn
from studio.domain.labels import Tag
from studio.domain.project import Split, State
from studio.domain.shapes import Box, Shape
from studio.editing import actions
from studio.storage import statistics
from tests import making


def test_a_project_in_numbers(tmp_path: Path) -> None:
    session = making.project(tmp_path, images=4, width=64, height=48)
    bolt, nut = making.labels(session, "bolt", "nut")
    first, second, third, gone = session.reader.image_ids()
    boxes = (
        Shape(1, first, bolt.id, Box(0, 0, 8, 2)),
        Shape(2, first, nut.id, Box(0, 0, 4, 4)),
        Shape(3, second, bolt.id, Box(10, 10, 20, 20)),
        Shape(4, third, bolt.id, Box(0, 0, 30, 30), ignore=True),
        Shape(5, gone, bolt.id, Box(0, 0, 30, 30)),
    )
    session.apply(created(Title.DRAW_BOX, *boxes))
    session.apply(created(Title.TAG, Tag(second, 1, nut.id)))
    session.record(SplitsDrawn({first: Split.TRAIN, second: Split.VAL}))
    statuses = session.reader.statuses([second, gone])
    session.apply(actions.assign_split([statuses[second]], Split.TEST))
    session.apply(actions.remove_images([statuses[gone]]))
    [status] = session.reader.statuses([first]).values()
    session.apply(actions.mark([status], State.DONE))

    found = statistics.read(session.reader)
    session.close()
    assert found.splits == {"train": 1, "val": 0, "test": 1, "": 1}
    assert found.states[State.DONE] == 1
    assert found.shapes == {bolt.id: (1, 0, 1, 1), nut.id: (1, 0, 0, 0)}
    assert found.tags == {nut.id: (0, 0, 1, 0)}
    assert sorted(found.objects.sizes.tolist()) == [4.0, 4.0, 10.0]  # one is to be ignored
    assert found.objects.images.tolist() == [[64.0, 48.0]] * 3


def test_an_empty_project_has_numbers_too(tmp_path: Path) -> None:
    session = making.project(tmp_path, images=0)
    found = statistics.read(session.reader)
    session.close()
    assert len(found.objects) == 0
    assert not any(found.splits.values())


def test_what_was_made_by_hand_in_a_session(tmp_path: Path) -> None:
    session = making.project(tmp_path, images=1)
    [bolt] = making.labels(session, "bolt")
    [image_id] = session.reader.image_ids()
    since = statistics.last_entry(session.reader)
    boxes = [Shape(number, image_id, bolt.id, Box(0, 0, 8, 8)) for number in range(1, 6)]
    session.apply(created(Title.IMPORT, *boxes[:2]))
    session.apply(created(Title.MERGE_CLASSES, Shape(6, image_id, bolt.id, Box(0, 0, 8, 8))))
    session.apply(created(Title.DRAW_BOX, boxes[2]))
    session.apply(created(Title.DUPLICATE, *boxes[3:]))
    session.apply(created(Title.TAG, Tag(image_id, 1, bolt.id)))
    assert statistics.made_since(session.reader, since) == 4
    session.undo()
    session.undo()
    assert statistics.made_since(session.reader, since) == 1
    session.redo()
    assert statistics.made_since(session.reader, since) == 3
    assert statistics.made_since(session.reader, statistics.last_entry(session.reader)) == 0
    session.close()


def test_what_is_tagged_all_at_once_is_not_made_by_hand(tmp_path: Path) -> None:
    session = making.project(tmp_path, images=3)
    [bolt] = making.labels(session, "bolt")
    ids, [group] = session.reader.image_ids(), session.reader.tag_groups()
    since = statistics.last_entry(session.reader)
    session.apply(actions.tag_images(ids, group, bolt, {}))
    assert statistics.made_since(session.reader, since) == 0
    session.undo()
    session.apply(actions.tag(ids[0], group, bolt, ()))
    boxes = (Shape(number, ids[0], bolt.id, Box(0, 0, 8, 8)) for number in (1, 2))
    session.apply(created(Title.PASTE, *boxes))
    assert statistics.made_since(session.reader, since) == 3
    session.close()
