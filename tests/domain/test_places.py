"""What places are called, and which change sides in a mirror."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.places import PERSON, assigned, mirrored, places_for, tell_sides
from studio.domain.shapes import Points


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("left_eye", "right_eye"), ("eye left", "eye right"), ("LeftEye", "RightEye"),
        ("eyeLeft", "eyeRight"), ("LEFT", "RIGHT"), ("eye_l", "eye_r"), ("L1", "R1"),
        ("eyeL", "eyeR"), ("LHip", "RHip"), ("左眼", "右眼"), ("Knee (l)", "Knee (r)"),
    ],
)  # fmt: skip
def test_partners_change_places(one: str, other: str) -> None:
    assert mirrored([one, "nose", other]) == [2, 1, 0]
    assert tell_sides([one, "nose", other])


@pytest.mark.parametrize(
    "places",
    [["1", "2"], ["head", "tail"], ["L1", "L2"], ["left_eye", "nose"], ["bright", "light"], [],
     ["left_eye", "right_eye", "left_ear"]],
)  # fmt: skip
def test_names_that_do_not_tell_sides(places: list[str]) -> None:
    assert not tell_sides(places)


def test_a_mirrored_person_is_a_person() -> None:
    assert tell_sides(PERSON)
    assert [PERSON[i] for i in mirrored(PERSON)][:3] == ["nose", "right_eye", "left_eye"]


def test_of_places_that_are_called_alike_each_has_a_partner() -> None:
    legs = ["left_leg", "left_leg", "head", "right_leg", "right_leg"]
    assert mirrored(legs) == [3, 4, 2, 0, 1] and tell_sides(legs)
    assert mirrored(legs[:-1]) == [3, 1, 2, 0] and not tell_sides(legs[:-1])


@given(st.lists(st.sampled_from(["l", "r", "left a", "right a", "b", "R1", "L1"])))
def test_a_mirror_of_a_mirror_shows_what_was(places: list[str]) -> None:
    partners = mirrored(places)
    assert [partners[i] for i in partners] == list(range(len(places)))


def test_numbers_are_the_places_of_points_without_names() -> None:
    named, bare = Points(((0, 0),), names=("3",)), Points(((0, 0), (1, 1)))
    places = places_for([named, bare])
    assert places == ["1", "2", "3"]
    assert assigned(named, places) == [2] and assigned(bare, places) == [0, 1]


def test_unknown_names_have_no_place() -> None:
    assert assigned(Points(((0, 0), (1, 1)), names=("b", "c")), ["a", "b"]) == [1, None]
