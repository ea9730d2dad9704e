"""Finding images by what a user looks and sorts for."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain import geometry as geo
from studio.domain.edits import Change, Edit, Title, created
from studio.domain.facts import ImagesFound, ProposalsMade, RunGone, SplitsDrawn
from studio.domain.labels import Tag
from studio.domain.project import Image, Split, State
from studio.domain.proposals import Decision, Proposal, Verdict
from studio.domain.runs import Task
from studio.domain.shapes import Box, Shape
from studio.editing import actions, classes
from studio.editing.classes import LabelRows
from studio.editing.session import Session
from studio.storage import losses, natural_order, runs, search
from studio.storage.reader import Annotated
from studio.storage.search import Finder, Order, Query
from tests import making


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = making.project(tmp_path, images=6)
    yield made
    made.close()


def found(session: Session, text: str = "", **wanted: object) -> list[int]:
    return search.find(session.reader, Query(text, **wanted))  # type: ignore[arg-type]


def draw(session: Session, image_id: int, label_id: str, side: float = 8) -> None:
    [shape_id] = session.store.reserve_ids("shape")
    shape = Shape(shape_id, image_id, label_id, Box(1, 1, 1 + side, 1 + side))
    session.apply(created(Title.DRAW_BOX, shape))


def rename(session: Session, *paths: str) -> list[int]:
    """Give the first images of a project these paths."""
    ids = session.reader.image_ids()[: len(paths)]
    images = session.reader.images(ids)
    session.record(
        ImagesFound(tuple(replace(images[i], path=p) for i, p in zip(ids, paths, strict=True)))
    )
    return ids


# Each term against a plain filter ---------------------------------------------------------------


class World:
    """A random project, and what is known of each of its images without SQL."""

    def __init__(self, session: Session, seed: int) -> None:
        self.session = session
        self._random = random.Random(seed)
        self.labels = making.labels(session, "bolt", "big bolt", "螺栓")
        self.ids = session.reader.image_ids()
        self.proposals: dict[int, list[Proposal]] = {}
        self._name_and_size()
        for image_id in self.ids:
            self._label(image_id)
            self._propose(image_id)
        drawn = {
            i: self._random.choice(list(Split)) for i in self.ids if self._random.random() < 0.4
        }
        session.record(SplitsDrawn(drawn))
        self.images = {each.image.id: each for each in session.reader.annotated(self.ids)}

    def _name_and_size(self) -> None:
        images = self.session.reader.images(self.ids)
        problems = ["", "", "x cannot be read.", "x is no longer where it was."]
        self.session.record(
            ImagesFound(
                tuple(
                    replace(
                        image,
                        path=f"{self._random.choice(['day', 'Night', '夜'])}/{image.id}_100%.png",
                        width=self._random.choice([0, 640, 2000]),
                        height=self._random.choice([480, 1500]),
                        problem=self._random.choice(problems),
                    )
                    for image in images.values()
                )
            )
        )

    def _label(self, image_id: int) -> None:
        chance = self._random
        status = self.session.reader.status(image_id)
        after = replace(
            status,
            tags=chance.choice(list(State)),
            shapes=chance.choice(list(State)),
            split=chance.choice([None, None, *Split]),
            note=chance.choice(["", "", "Too dark", "50%_of it"]),
        )
        self.session.apply(Edit(Title.MARK_STATE, (Change(status, after),)))
        if chance.random() < 0.5:
            label = chance.choice(self.labels)
            self.session.apply(created(Title.TAG, Tag(image_id, 1, label.id)))
        for _ in range(chance.choice([0, 0, 1, 2, 5])):
            [shape_id] = self.session.store.reserve_ids("shape")
            side, label = chance.choice([3, 6, 40]), chance.choice(self.labels)
            score = chance.choice([None, 0.25, 0.75])
            left, height = chance.choice([0, 300]), chance.choice([side, 3 * side])
            box = Box(left, 0, left + side, height)
            shape = Shape(shape_id, image_id, label.id, box, score=score)
            self.session.apply(created(Title.DRAW_BOX, shape))

    def _propose(self, image_id: int) -> None:
        chance = self._random
        for run in (3, 7):
            ids = self.session.store.reserve_ids("proposal", chance.choice([0, 1, 2]))
            made = [
                Proposal(i, run, image_id, self.labels[0].id, None, chance.choice([0.1, 0.5, 0.9]))
                for i in ids
            ]
            self.session.record(ProposalsMade(run, (image_id,), tuple(made)))
            for each in made:
                if chance.random() < 0.3:
                    verdict = Verdict(each.id, image_id, run, Decision.REJECTED)
                    self.session.apply(created(Title.REJECT, verdict))
                else:
                    self.proposals.setdefault(image_id, []).append(each)

    def names(self, image: Annotated) -> tuple[set[str], set[str]]:
        """Names of the classes of tags, and of shapes."""
        of = {label.id: label.name for label in self.labels}
        return {of[t.label] for t in image.tags}, {of[s.label] for s in image.shapes}

    def waiting(self, image: Annotated) -> list[Proposal]:
        return self.proposals.get(image.image.id, [])

    def scores(self, image: Annotated) -> list[float]:
        own = [shape.score for shape in image.shapes if shape.score is not None]
        return [*own, *(each.score for each in self.waiting(image))]


Filter = Callable[[World, Annotated], bool]

OF_OBJECT: dict[str, Callable[[Box, Image], bool]] = {
    "area<32": lambda box, image: box.width * box.height < 32,
    "area>=36": lambda box, image: box.width * box.height >= 36,
    "aspect<0.5": lambda box, image: box.width / box.height < 0.5,
    "aspect=1": lambda box, image: box.width == box.height,
    "at:0.5,99": lambda box, image: box.x0 < 1 and box.y1 >= 0.98 * image.height,
    "at:15,1": lambda box, image: box.x0 <= 0.16 * image.width and box.x1 >= 0.14 * image.width,
}
"""Terms that are about one and the same object. The objects begin in the first row."""

TERMS: dict[str, Filter] = {
    "day": lambda w, a: "day" in a.image.path.lower(),
    "夜": lambda w, a: "夜" in a.image.path,
    "0%": lambda w, a: "0%" in a.image.path,
    '"_1"': lambda w, a: "_1" in a.image.path,
    r"/^(day|夜)\/\d*[13]_/": lambda w, a: bool(re.search(r"^(day|夜)/\d*[13]_", a.image.path)),
    "class:bolt": lambda w, a: "bolt" in set.union(*w.names(a)),
    'class:"BIG bolt"': lambda w, a: "big bolt" in set.union(*w.names(a)),
    "class:screw": lambda w, a: False,
    "no:螺栓": lambda w, a: "螺栓" not in set.union(*w.names(a)),
    "tag:bolt": lambda w, a: "bolt" in w.names(a)[0],
    **{
        f"state:{state}": lambda w, a, state=state: state is total_state(a) for state in State
    },
    "split:val": lambda w, a: a.split is Split.VAL,
    "split:none": lambda w, a: a.split is None,
    "shapes>1": lambda w, a: len(a.shapes) > 1,
    "shapes<2": lambda w, a: len(a.shapes) < 2,
    "shapes>=0": lambda w, a: True,
    "shapes<0": lambda w, a: False,
    "shapes<=1.5": lambda w, a: len(a.shapes) <= 1.5,
    "shapes=0": lambda w, a: not a.shapes,
    **{
        text: lambda w, a, fits=fits: any(fits(geo.bounds(s.geometry), a.image) for s in a.shapes)
        for text, fits in OF_OBJECT.items()
    },
    "score<0.5": lambda w, a: any(score < 0.5 for score in w.scores(a)),
    "score=0.5": lambda w, a: 0.5 in w.scores(a),
    "run:7": lambda w, a: any(p.run == 7 for p in w.waiting(a)),
    "run:8": lambda w, a: False,
    "size>2mp": lambda w, a: a.image.width * a.image.height > 2e6,
    "size<1mp": lambda w, a: 0 < a.image.width * a.image.height < 1e6,
    "width>1000": lambda w, a: a.image.width > 1000,
    "height<=480": lambda w, a: a.image.width > 0 and a.image.height <= 480,
    "problem": lambda w, a: bool(a.image.problem),
    "missing": lambda w, a: a.image.problem.endswith("where it was."),
    "labelled": lambda w, a: bool(a.tags or a.shapes),
    "predicted": lambda w, a: bool(w.waiting(a)),
    "note": lambda w, a: bool(a.status.note),
    "note:DARK": lambda w, a: "dark" in a.status.note.lower(),
    "note:%_": lambda w, a: "%_" in a.status.note,
}  # fmt: skip


def total_state(image: Annotated) -> State:
    states = (image.status.tags, image.status.shapes)
    if State.SKIPPED in states:
        return State.SKIPPED
    if states == (State.DONE, State.DONE):
        return State.DONE
    begun = states != (State.NEW, State.NEW) or image.tags or image.shapes
    return State.IN_PROGRESS if begun else State.NEW


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    session = making.project(tmp_path_factory.mktemp("world"), images=40)
    yield World(session, seed=5)
    session.close()


@pytest.mark.parametrize("text", TERMS)
def test_a_term_finds_what_a_plain_filter_finds(world: World, text: str) -> None:
    wanted = {i for i, image in world.images.items() if TERMS[text](world, image)}
    assert set(found(world.session, text)) == wanted
    assert set(found(world.session, f"-{text}")) == set(world.ids) - wanted


@given(st.lists(st.sampled_from(sorted(TERMS)), max_size=4), st.sampled_from(Order))
def test_several_terms_must_all_hold_in_every_order(
    world: World, terms: list[str], order: Order
) -> None:
    wanted = {i for i, image in world.images.items() if fits(world, image, terms)}
    ids = found(world.session, " ".join(terms), order=order, descending=True)
    assert sorted(ids) == sorted(wanted)


def fits(world: World, image: Annotated, terms: list[str]) -> bool:
    """Whether an image fits all terms, those of an object for one and the same."""
    of_object = [OF_OBJECT[text] for text in terms if text in OF_OBJECT]
    name_of = {label.id: label.name for label in world.labels}
    classes = {t.partition(":")[2].strip('"').lower() for t in terms if t.startswith("class:")}
    tagged = classes & world.names(image)[0]
    objects = [
        geo.bounds(shape.geometry)
        for shape in image.shapes
        if not classes or tagged or name_of[shape.label] in classes
    ]
    found = any(all(each(box, image.image) for each in of_object) for box in objects)
    others = (TERMS[text](world, image) for text in terms if text not in OF_OBJECT)
    return all(others) and (not of_object or found)


def test_terms_of_objects_are_about_one_and_the_same(session: Session) -> None:
    bolt, nut = making.labels(session, "bolt", "nut")
    small_bolt, both, tagged, *_ = session.reader.image_ids()
    draw(session, small_bolt, bolt.id, side=4)
    draw(session, both, bolt.id, side=40)
    draw(session, both, nut.id, side=4)
    session.apply(created(Title.TAG, Tag(tagged, 1, bolt.id)))
    draw(session, tagged, nut.id, side=4)
    assert found(session, "class:bolt area<32") == [small_bolt, tagged]
    assert found(session, "area>=36 area<100") == []
    assert found(session, "class:bolt -area<32") == []
    assert found(session, "class:bolt class:nut area<32") == [both, tagged]


# Orders -----------------------------------------------------------------------------------------


def test_an_empty_query_finds_all_in_order_of_name(session: Session) -> None:
    ids = session.reader.image_ids()
    assert found(session) == ids
    assert found(session, descending=True) == ids[::-1]


def test_names_are_in_the_order_one_counts_in(session: Session) -> None:
    finder = Finder(session.reader)
    a, b, c, d = rename(session, "a10.png", "a2.png", "a002b.png", "a100/1.png")
    assert finder.find(Query("a")) == [b, c, a, d]
    image = session.reader.image(b)
    session.record(ImagesFound((replace(image, path="a11.png"),)))
    assert finder.find(Query("a")) == [c, a, b, d], "after a path has changed"


def test_a_scan_may_add_images_between_any_two_questions_of_a_search(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    select = session.reader.select

    def then_one_more_is_found(*question: Any) -> list[Any]:
        rows = select(*question)
        [new] = session.store.reserve_ids("image")
        session.record(ImagesFound((Image(new, 1, f"a{new}.png"),)))
        return rows

    before = session.reader.image_ids()
    monkeypatch.setattr(session.reader, "select", then_one_more_is_found)
    ids = Finder(session.reader).find(Query())
    assert set(before) <= set(ids)
    names = session.reader.images(ids)
    assert ids == sorted(ids, key=lambda i: natural_order.keys(names[i].path.encode()))


@given(st.text("ab./", max_size=3), st.integers(0, 10**9), st.integers(0, 10**9), st.text("ab."))
def test_natural_keys_compare_numbers_by_their_value(
    before: str, one: int, other: int, after: str
) -> None:
    names = [f"{before}{one:04d}{after}", f"{before}{other}{after}"]
    first, second = natural_order.keys("\0".join(names).encode())
    assert (first < second, first == second) == (one < other, one == other)


def test_a_random_order_is_kept_by_its_seed_and_by_fewer_images(session: Session) -> None:
    first = found(session, order=Order.RANDOM, seed=1)
    assert sorted(first) == session.reader.image_ids()
    assert first == found(session, order=Order.RANDOM, seed=1)
    others = {tuple(found(session, order=Order.RANDOM, seed=seed)) for seed in range(2, 8)}
    assert len(others) > 1
    few = found(session, "-003", order=Order.RANDOM, seed=1)
    assert few == [image_id for image_id in first if image_id in few]


def test_the_weakest_prediction_comes_first_and_images_without_come_last(
    session: Session,
) -> None:
    [bolt] = making.labels(session, "bolt")
    ids = session.reader.image_ids()
    for image_id, scores in ((ids[3], (0.9, 0.2)), (ids[1], (0.4,))):
        made = [
            Proposal(i, 1, image_id, bolt.id, None, score)
            for i, score in zip(
                session.store.reserve_ids("proposal", len(scores)), scores, strict=True
            )
        ]
        session.record(ProposalsMade(1, (image_id,), tuple(made)))
    assert found(session, order=Order.SCORE)[:3] == [ids[3], ids[1], ids[0]]
    assert found(session, order=Order.SCORE, descending=True)[:3] == [ids[1], ids[3], ids[0]]


@pytest.mark.parametrize("seed", range(5))
def test_the_weakest_is_known_whatever_is_predicted_decided_and_undone(
    session: Session, seed: int
) -> None:
    chance = random.Random(seed)
    labels = making.labels(session, "bolt", "nut", "pin")
    ids = session.reader.image_ids()

    def predict() -> None:
        image_id, run = chance.choice(ids), chance.choice((1, 2))
        made = [
            Proposal(i, run, image_id, chance.choice(labels).id, None, chance.random())
            for i in session.store.reserve_ids("proposal", chance.randrange(4))
        ]
        session.record(ProposalsMade(run, (image_id,), tuple(made)))

    def decide() -> None:
        waiting = session.reader.proposals(chance.choice(ids))
        some = chance.sample(waiting, chance.randrange(len(waiting) + 1))
        rows = [Verdict(p.id, p.image_id, p.run, Decision.REJECTED) for p in some]
        session.apply(created(Title.REJECT, *rows))

    def delete_class() -> None:
        for label in session.reader.labels()[:1]:
            rows = session.reader.rows_of_label(label.id)
            session.apply(actions.delete_label(label, *rows))

    def merge_classes() -> None:
        for into, gone in pairwise(session.reader.labels()[-2:]):
            rows = (LabelRows(*session.reader.rows_of_label(each.id)) for each in (gone, into))
            session.apply(classes.merge([gone], into, [next(rows)], next(rows)))

    def undo() -> None:
        if session.store.undo_title() is not None:  # adding the classes, too
            session.undo()

    def redo() -> None:
        session.redo()

    def forget() -> None:
        session.record(RunGone(chance.choice((1, 2))))

    verbs = (
        predict, predict, predict, decide, decide, delete_class, merge_classes, undo, undo, undo,
        redo, forget,
    )  # fmt: skip
    for _ in range(90):
        chance.choice(verbs)()
        waiting = {i: [p.score for p in session.reader.proposals(i)] for i in ids}
        standing = {label.id for label in session.reader.labels()}
        assert {p.label for i in ids for p in session.reader.proposals(i)} <= standing
        weakest = {i: min(scores) for i, scores in waiting.items() if scores}
        assert set(found(session, "predicted")) == set(weakest)
        assert found(session, "predicted", order=Order.SCORE) == sorted(
            weakest, key=weakest.__getitem__
        )
        sure = {i for i, scores in waiting.items() if max(scores, default=0) > 0.5}
        assert set(found(session, "score>0.5")) == sure
        of_run = {i for i in ids if session.reader.proposals(i, 1)}
        assert set(found(session, "run:1")) == of_run


def test_what_the_newest_judged_model_is_most_wrong_on_comes_first(session: Session) -> None:
    ids = session.reader.image_ids()
    assert found(session, order=Order.LOSS) == ids
    assert found(session, "loss>=0") == []
    folders = [runs.allocate(session.project, Task.DETECT)[1] for _ in range(3)]
    losses.write(folders[0], "val", {ids[0]: 1.0})
    losses.write(folders[1], "val", {ids[3]: 0.25, ids[2]: 0.75})
    losses.write(folders[1], "test", {ids[4]: 0.5, 999: 1.0})
    (folders[2] / "losses-val.json").write_text("{")
    assert found(session, order=Order.LOSS)[:4] == [ids[2], ids[4], ids[3], ids[0]]
    assert found(session, order=Order.LOSS, descending=True)[:4] == [ids[3], ids[4], ids[2], ids[0]]
    assert found(session, "loss>=0.5") == [ids[2], ids[4]]
    assert found(session, "-loss>=0.5 loss<1") == [ids[3]]


def test_shapes_and_notes_are_orders(session: Session) -> None:
    [bolt] = making.labels(session, "bolt")
    ids = session.reader.image_ids()
    for image_id in (ids[4], ids[4], ids[2]):
        draw(session, image_id, bolt.id)
    assert found(session, order=Order.SHAPES, descending=True)[:2] == [ids[4], ids[2]]
    status = session.reader.status(ids[5])
    session.apply(Edit(Title.NOTE, (Change(status, replace(status, note="blurred")),)))
    assert found(session, order=Order.NOTE)[:2] == [ids[5], ids[0]]


# States, splits, summaries ----------------------------------------------------------------------


def test_the_state_sums_up_the_kinds_that_the_project_uses(session: Session) -> None:
    [bolt] = making.labels(session, "bolt")
    tagged, drawn, skipped, *_ = session.reader.image_ids()
    session.apply(created(Title.TAG, Tag(tagged, 1, bolt.id)))
    status = session.reader.status(tagged)
    session.apply(actions.mark([status], State.DONE, tags=True, shapes=False))
    assert found(session, "state:done") == [tagged], "a project of tags only"

    draw(session, drawn, bolt.id)
    assert found(session, "state:done") == [], "now its shapes are not done"
    assert found(session, "state:in_progress") == [tagged, drawn]
    session.apply(actions.mark([session.reader.status(skipped)], State.SKIPPED))
    assert found(session, "state:skipped") == [skipped]
    counts = search.count_by_state(session.reader)
    assert counts == {
        State.NEW: 3, State.IN_PROGRESS: 2, State.DONE: 0, State.SKIPPED: 1,
    }  # fmt: skip


def test_the_first_image_that_can_be_shown(session: Session) -> None:
    first, second, *_ = session.reader.image_ids()
    broken = replace(session.reader.image(first), problem="000.png cannot be read.")
    session.record(ImagesFound((broken,)))
    sound = search.first_sound(session.reader)
    assert sound is not None
    assert sound.id == second


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
