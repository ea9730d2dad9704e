"""No profile and no change of the user's ever puts two actions on one key."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.settings import CHOICES
from studio.ui.actions import ActionSpec
from studio.ui.actions_table import SPECS
from studio.ui.dialogs.shortcuts import NAMES
from studio.ui.keys.keymaps import FIXED, PROFILES, STUDIO, Keymap, allowed, canonical, parse

SCOPES = sorted({spec.scope for spec in SPECS} - {""})
ACTIONS = st.sampled_from([spec.id for spec in SPECS])
KEYS = st.sampled_from(["K", "R", "Ctrl+Z", "F1", "Ctrl+1", "Shift+Ctrl+Return", "D", "Ctrl++"])


def doubles(keymap: Keymap) -> list[tuple[str, str, str]]:
    """Keys that two actions share somewhere: the key and both."""
    keys = keymap.keys()
    found = []
    for scope in SCOPES:
        taken: dict[str, str] = {}
        for spec in keymap.specs:
            if spec.scope in ("", scope):
                for key in {canonical(key) for key in keys[spec.id]}:
                    if key in taken:
                        found.append((key, spec.id, taken[key]))
                    taken[key] = spec.id
    return found


@pytest.mark.parametrize("profile", PROFILES)
def test_no_profile_has_two_actions_on_one_key(profile: str) -> None:
    assert doubles(Keymap(SPECS, profile)) == []


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_names_actions_that_there_are_and_leaves_fixed_keys_alone(profile: str) -> None:
    scopes = {spec.id: spec.scope for spec in SPECS}
    for action_id, keys in PROFILES[profile].items():
        assert action_id in scopes
        assert all(allowed(key, scopes[action_id]) for key in keys)


@pytest.mark.parametrize("profile", PROFILES)
def test_an_action_that_a_profile_leaves_without_a_key_is_given_another(profile: str) -> None:
    displaced = [spec.id for spec in Keymap(SPECS, profile).displaced()]
    assert displaced == [], f"say in PROFILES[{profile!r}] which keys these have instead"


@pytest.mark.parametrize(
    ("profile", "action_id", "key"),
    [
        ("labelme", "label.next", "D"),
        ("labelme", "label.previous", "A"),
        ("labelme", "label.box", "Ctrl+R"),
        ("labelme", "label.polygon", "Ctrl+N"),
        ("labelme", "label.hide_all", "T"),
        ("labelimg", "label.box", "W"),
        ("labelimg", "label.actual_size", "Ctrl+="),
        ("labelimg", "label.copy_previous", "Ctrl+V"),
        ("x-anylabeling", "label.brush", "Shift+B"),
        ("x-anylabeling", "label.polygon", "P"),
        ("cvat", "label.next", "F"),
        ("cvat", "label.previous", "D"),
        ("cvat", "label.class_3", "Ctrl+3"),
        ("cvat", "label.copy_previous", "Ctrl+B"),
        ("cvat", "label.raise", "="),
        ("cvat", "label.slice", "Alt+J"),
    ],
)
def test_a_profile_has_the_keys_in_peoples_fingers(profile: str, action_id: str, key: str) -> None:
    assert key in Keymap(SPECS, profile).keys()[action_id]


def test_every_profile_can_be_chosen_and_has_a_name() -> None:
    assert set(CHOICES["keymap"]) == set(PROFILES) == {STUDIO, *NAMES}


@given(st.sampled_from(sorted(PROFILES)), st.lists(st.tuples(ACTIONS, st.lists(KEYS, max_size=2))))
@settings(max_examples=60, deadline=None)
def test_changes_never_make_a_key_mean_two_things(
    profile: str, changes: list[tuple[str, list[str]]]
) -> None:
    keymap = Keymap(SPECS, profile)
    for action_id, keys in changes:
        keymap = keymap.with_keys(action_id, keys)
        assert set(keymap.keys()[action_id]) == set(keys)
        assert doubles(keymap) == []
    for action_id, _ in changes:
        keymap = keymap.without(action_id)
        assert doubles(keymap) == []
    assert keymap == Keymap(SPECS, profile)


def test_whoever_loses_a_key_gets_it_back() -> None:
    specs = (ActionSpec("a.one", "One", keys=("K", "L")), ActionSpec("b.two", "Two", keys=("M",)))
    keymap = Keymap(specs)
    [owner] = keymap.owners("b.two", "K")
    assert owner.id == "a.one"
    taken = keymap.with_keys("b.two", ("K",))
    assert taken.keys() == {"a.one": ("L",), "b.two": ("K",)}
    assert taken.without("b.two").keys() == keymap.keys()
    assert keymap.with_keys("b.two", ("K", "L")).displaced() == [specs[0]]


def test_a_key_may_mean_different_things_in_different_workspaces() -> None:
    specs = (
        ActionSpec("label.a", "A", keys=("K",), scope="label"),
        ActionSpec("train.b", "B", keys=("M",), scope="train"),
        ActionSpec("app.c", "C", keys=("N",)),
    )
    keymap = Keymap(specs)
    assert keymap.owners("train.b", "K") == []
    assert [spec.id for spec in keymap.owners("app.c", "K")] == ["label.a"]


@pytest.mark.parametrize(
    ("key", "same"),
    [
        ("Return", "Enter"),
        ("Ctrl+Shift+Return", "Shift+Ctrl+Enter"),
        ("Delete", "Del"),
        ("Ctrl++", "ctrl++"),
    ],
)
def test_one_key_has_one_spelling(key: str, same: str) -> None:
    assert canonical(key) == canonical(same)


def test_different_keys_stay_different() -> None:
    keys = ("+", "Ctrl++", "Ctrl+=", "Ctrl+Alt++", "K", "Shift+K", "Alt+Shift+K", "-", "Ctrl+-")
    assert len({canonical(key) for key in keys}) == len(keys)


def test_keys_of_the_tools_are_not_given_away() -> None:
    assert not allowed("Return", "label")
    assert not allowed("Space", "")
    assert allowed("Return", "predict")
    assert allowed("Ctrl+Return", "label")
    assert "esc" in FIXED


def test_stored_keys_that_make_no_sense_are_left_out() -> None:
    assert parse({"a": ["K"], "b": "K", "c": [1], "d": [], "e": [""]}) == {"a": ("K",), "d": ()}
