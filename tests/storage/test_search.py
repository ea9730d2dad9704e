"""Finding images by what a user filters and sorts for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio.domain.edits import Title, created
from studio.domain.facts import ImagesFound, ProposalsMade
from studio.domain.labels import Tag
from studio.domain.project import Split, State
from studio.domain.proposals import Proposal
from studio.domain.shapes import Box, Shape
from studio.editing import actions
from studio.editing.session import Session
from studio.storage import search
from studio.storage.search import Only, Order, Query
from tests import making


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = making.project(tmp_path, images=6)
    yield made
    made.close()


def found(session: Session, **wanted: object) -> list[int]:
    return search.find(session.reader, Query(**wanted))  # type: ignore[arg-type]


def draw(session: Session, image_id: int, label_id: str) -> None:
    [shape_id] = session.store.reserve_ids("shape")
    shape = Shape(shape_id, image_id, label_id, Box(1, 1, 9, 9))
    session.apply(created(Title.DRAW_BOX, shape))


def test_an_empty_query_finds_all_in_order_of_name(session: Session) -> None:
    ids = session.reader.image_ids()
    assert found(session) == ids
    assert found(session, descending=True) == ids[::-1]


def test_every_word_is_searched_and_signs_mean_themselves(session: Session) -> None:
    first, second, *_ = session.reader.image_ids()
    images = session.reader.images([first, second])
    session.record(
        ImagesFound(
            (
                replace(images[first], path="100%_Müll/Äpfel rot.png"),
                replace(images[second], path="100/rot.png"),
            )
        )
    )
    assert found(session, text="ROT 100") == [first, second]
    assert found(session, text="0%_m") == [first]
    assert found(session, text="[a-z]") == []


def test_a_class_is_found_in_tags_and_shapes(session: Session) -> None:
    bolt, nut = making.labels(session, "bolt", "nut")
    ids = session.reader.image_ids()
    session.apply(created(Title.TAG, Tag(ids[0], 1, bolt.id)))
    draw(session, ids[1], bolt.id)
    draw(session, ids[2], nut.id)
    assert found(session, label=bolt.id) == ids[:2]
    assert found(session, only=Only.LABELLED) == ids[:3]
    assert found(session, only=Only.UNLABELLED) == ids[3:]
    assert found(session, order=Order.SHAPES, descending=True)[:2] == [ids[1], ids[2]]


def test_the_state_sums_up_the_kinds_that_the_project_uses(session: Session) -> None:
    [bolt] = making.labels(session, "bolt")
    tagged, drawn, skipped, *_ = session.reader.image_ids()
    session.apply(created(Title.TAG, Tag(tagged, 1, bolt.id)))
    status = session.reader.status(tagged)
    session.apply(actions.mark([status], State.DONE, tags=True, shapes=False))
    assert found(session, state=State.DONE) == [tagged], "a project of tags only"

    draw(session, drawn, bolt.id)
    assert found(session, state=State.DONE) == [], "now its shapes are not done"
    assert found(session, state=State.IN_PROGRESS) == [tagged, drawn]
    session.apply(actions.mark([session.reader.status(skipped)], State.SKIPPED))
    assert found(session, state=State.SKIPPED) == [skipped]
    counts = search.count_by_state(session.reader)
    assert counts == {
        State.NEW: 3, State.IN_PROGRESS: 2, State.DONE: 0, State.SKIPPED: 1,
    }  # fmt: skip


def test_splits_problems_and_predictions_are_filters(session: Session) -> None:
    ids = session.reader.image_ids()
    session.apply(actions.assign_split([session.reader.status(ids[0])], Split.VAL))
    broken = replace(session.reader.image(ids[1]), problem="001.png cannot be read.")
    session.record(
        ImagesFound((broken,)),
        ProposalsMade(1, (ids[2],), (Proposal(1, 1, ids[2], "x", None, 0.5),)),
    )
    assert found(session, split=Split.VAL) == [ids[0]]
    assert found(session, split="") == ids[1:]
    assert found(session, only=Only.PROBLEM) == [ids[1]]
    assert found(session, only=Only.PROPOSED) == [ids[2]]
    sound = search.first_sound(session.reader)
    assert sound is not None
    assert sound.id == ids[0]


def test_removed_images_are_nowhere(session: Session) -> None:
    first, *others = session.reader.image_ids()
    session.apply(actions.remove_images([session.reader.status(first)]))
    assert found(session) == others


def test_a_summary_tells_what_a_list_shows(session: Session) -> None:
    bolt, nut = making.labels(session, "bolt", "nut")
    image_id = session.reader.image_ids()[0]
    session.apply(created(Title.TAG, Tag(image_id, 1, nut.id)))
    for label in (bolt, bolt, nut):
        draw(session, image_id, label.id)
    summary = search.summaries(session.reader, [image_id])[image_id]
    assert summary.tags == (nut.id,)
    assert summary.labels == (bolt.id, nut.id)
    assert (summary.shape_count, summary.width, summary.height) == (3, 64, 48)
    assert summary.state is State.IN_PROGRESS
