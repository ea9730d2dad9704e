"""What merging, splitting off, grouping and restoring do to the rows."""

from __future__ import annotations

import json

import pytest

from studio.domain.edits import Change, Edit, Title
from studio.domain.labels import ClassDone, Label, MergedLabel, Tag
from studio.domain.project import ImageStatus, Setting, Split, State
from studio.domain.shapes import Box, Shape
from studio.editing import classes, restoring, saved_filters
from studio.editing.classes import LabelRows
from studio.storage.past import Moment

CAR, SEDAN, DOG = (
    Label("c", "car", "#111111", 0, "1", "vehicle"),
    Label("s", "sedan", "#222222", 1, "2"),
    Label("d", "dog", "#333333", 2, "3"),
)
BOX = Box(1, 2, 11, 12)


def shape(number: int, label: Label, **fields: object) -> Shape:
    return Shape(number, 1, label.id, BOX, **fields)


def after(edit: Edit) -> set[object]:
    return {change.after for change in edit.changes} - {None}


def test_merged_tags_collapse_and_locked_shapes_follow() -> None:
    used = LabelRows((Tag(1, 1, "s"), Tag(2, 1, "s")), (shape(1, SEDAN, locked=True),))
    more = LabelRows((Tag(2, 1, "d"),), ())
    edit = classes.merge([SEDAN, DOG], CAR, [used, more], LabelRows((Tag(1, 1, "c"),)))
    models = {MergedLabel("s", "sedan", "c"), MergedLabel("d", "dog", "c")}
    assert after(edit) == {Tag(2, 1, "c"), shape(1, CAR, locked=True), *models}
    gone = {change.before for change in edit.changes if change.after is None}
    assert gone == {SEDAN, DOG, *used.tags, *more.tags}


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("car", [("class:car", "class:car"), ("mine", "no:car")]),
        (
            " the  car ",
            [("class:car",) * 2, ('class:"the car"',) * 2, ("mine", 'no:"the car"')],
        ),
    ],
)
def test_filters_follow_a_class_and_those_that_become_one_are_kept_once(
    name: str, left: list[tuple[str, str]]
) -> None:
    filters = [["class:car", "class:car"], ["class:sedan", "class:sedan"], ["mine", "no:sedan"]]
    settings = {saved_filters.KEY: json.dumps(filters)}
    edit = classes.merge([SEDAN], CAR, [LabelRows()], LabelRows())
    followed = saved_filters.following(edit, settings, {"sedan": name})
    [kept] = (each.value for each in after(followed) if isinstance(each, Setting))
    read = saved_filters.read({saved_filters.KEY: kept})
    assert [(each.name, each.text) for each in read] == left


def test_an_image_stays_complete_only_for_what_all_merged_classes_were_complete_for() -> None:
    used = LabelRows(marks=(ClassDone(1, "s"), ClassDone(3, "s")))
    standing = LabelRows(marks=(ClassDone(1, "c"), ClassDone(2, "c")))
    edit = classes.merge([SEDAN], CAR, [used], standing)
    gone = {change.before for change in edit.changes if change.after is None}
    assert gone == {SEDAN, *used.marks, ClassDone(2, "c")}


def test_splitting_off_makes_the_class_first_and_leaves_locked_shapes() -> None:
    edit = classes.split_off([shape(1, CAR), shape(2, CAR, locked=True)], SEDAN)
    assert edit.changes == (Change(None, SEDAN), Change(shape(1, CAR), shape(1, SEDAN)))
    assert not classes.split_off([shape(2, CAR, locked=True)], SEDAN)


def test_moving_a_class_to_where_it_is_changes_nothing() -> None:
    labels = (CAR, SEDAN, DOG)
    assert not classes.move_label(SEDAN, 1, "", labels)
    assert not classes.move_label(SEDAN, 2, "", labels)
    assert not classes.set_group([CAR], " vehicle ", labels)


def test_restoring_keeps_split_and_note_and_frees_no_taken_key() -> None:
    then = Moment(ImageStatus(1, shapes=State.DONE), (shape(1, SEDAN),), labels=(CAR, SEDAN))
    taker = Label("x", "bus", "#444444", 7, "2")
    status = ImageStatus(1, shapes=State.IN_PROGRESS, split=Split.TEST, note="blurred")
    edit = restoring.restore(Moment(status, labels=(CAR, taker)), then)
    assert edit.title is Title.RESTORE
    back = Label("s", "sedan", "#222222", 8, "")
    restored = ImageStatus(1, shapes=State.DONE, split=Split.TEST, note="blurred")
    assert after(edit) == {back, shape(1, SEDAN), restored}
    assert not restoring.restore(then, then)
