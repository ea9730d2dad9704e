"""A look that is kept is found again, and nothing that was kept can spoil the next start."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.ui.canvas.look import LEAST_WIDTH_PX, MOST_WIDTH_PX, Look, ShapeLook, look_of
from studio.ui.canvas.painting import COMMITTED, CROWDED, SELECTED
from studio.vision.tone import Tone

parts = st.floats(0, 1)
shape_looks = st.builds(
    ShapeLook, parts, parts, st.floats(LEAST_WIDTH_PX, MOST_WIDTH_PX), st.booleans()
)
tones = st.builds(Tone, st.floats(-1, 1), st.floats(-1, 1), st.floats(0.2, 5))
looks = st.builds(Look, shape_looks, tones, st.booleans(), st.booleans(), st.booleans())


@given(looks)
def test_a_look_is_found_again(look: Look) -> None:
    assert look_of(look.to_bytes()) == look


@pytest.mark.parametrize(
    "kept",
    [
        b"", b"not json", b"[1]", b"null", b'{"shapes": 3, "tone": null, "minimap": "yes"}',
        json.dumps({"tone": {"gamma": 0, "contrast": "high", "brightness": True}}).encode(),
        b'{"tone": {"gamma": NaN, "contrast": Infinity}, "shapes": {"fill": -1, "width_px": 99}}',
        b"\xff\xfe",
    ],
)  # fmt: skip
def test_what_cannot_be_used_has_its_default(kept: bytes) -> None:
    assert look_of(kept) == Look()


def test_the_rest_of_a_damaged_look_still_counts() -> None:
    found = look_of(b'{"tone": {"gamma": "?", "contrast": 0.5}, "minimap": false, "later": 1}')
    assert found == Look(tone=Tone(contrast=0.5), minimap=False)


def test_shapes_change_together_and_what_is_in_focus_stays_clear() -> None:
    assert ShapeLook().styled(COMMITTED) == COMMITTED
    look = ShapeLook(fill=0.44, line=0.3, width_px=3.5)
    assert look.styled(COMMITTED).fill == pytest.approx(0.44)
    assert look.styled(COMMITTED).outline == 3.5
    assert look.styled(CROWDED).outline == 3.0
    assert look.styled(COMMITTED).line == 0.3
    assert look.in_focus(SELECTED).line == 1.0
    assert look.in_focus(SELECTED).outline == 5.0
