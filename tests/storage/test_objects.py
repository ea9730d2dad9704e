from __future__ import annotations

from pathlib import Path

from studio.domain.edits import Title, created
from studio.domain.shapes import Box, Shape
from studio.editing import actions
from studio.storage import objects
from studio.storage.objects import ObjectOrder
from tests import making


def test_objects_in_every_order(tmp_path: Path) -> None:
    session = making.project(tmp_path, images=3)
    bolt, nut = making.labels(session, "bolt", "nut")
    first, second, gone = session.reader.image_ids()
    session.apply(
        created(
            Title.DRAW_BOX,
            Shape(1, second, bolt.id, Box(0, 0, 20, 10)),
            Shape(2, first, bolt.id, Box(0, 0, 4, 8), run=1, score=0.9),
            Shape(3, first, nut.id, Box(0, 0, 3, 3), run=1, score=0.2),
            Shape(4, gone, bolt.id, Box(0, 0, 60, 40)),
        )
    )
    [status] = session.reader.statuses([gone]).values()
    session.apply(actions.remove_images([status]))
    expected = {
        ObjectOrder.IMAGE: [2, 3, 1],
        ObjectOrder.SMALLEST: [3, 2, 1],
        ObjectOrder.LARGEST: [1, 2, 3],
        ObjectOrder.NARROWEST: [2, 3, 1],
        ObjectOrder.WIDEST: [1, 3, 2],
        ObjectOrder.LEAST_SURE: [3, 2, 1],
    }
    reader = session.reader
    assert {order: objects.find(reader, "", order) for order in ObjectOrder} == expected
    assert objects.find(reader, nut.id, ObjectOrder.IMAGE) == [3]
    found = objects.objects(reader, [2])[2]
    assert (found.image_id, found.label, found.box, found.score) == (
        first, bolt.id, Box(0, 0, 4, 8), 0.9,
    )  # fmt: skip
    session.close()
