"""The table of greys: what brightness, contrast, gamma and levels do to each."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from studio.vision.depth import GreyMapping, to_8_bit
from studio.vision.tone import LEAST_GAMMA, MOST_GAMMA, UNCHANGED, Tone, window_table

GREYS = np.arange(256)
parts = st.floats(-1, 1)
gammas = st.floats(LEAST_GAMMA, MOST_GAMMA)


def test_what_changes_nothing_leaves_every_grey() -> None:
    assert np.array_equal(UNCHANGED.table(), GREYS)


def test_brightness_moves_all_greys_and_cuts_off_the_ends() -> None:
    assert np.array_equal(Tone(brightness=0.2).table(), np.clip(GREYS + 51, 0, 255))
    assert np.array_equal(Tone(brightness=-1).table(), 0 * GREYS)


def test_contrast_turns_about_the_middle() -> None:
    assert set(Tone(contrast=1).table()) == {0, 255}
    assert set(Tone(contrast=-1).table()) == {128}
    steeper = Tone(contrast=0.5).table().astype(int)
    assert steeper[64] < 64 and steeper[192] > 192
    assert np.array_equal(steeper, 255 - steeper[::-1])


def test_gamma_keeps_black_and_white_and_lightens_between() -> None:
    table = Tone(gamma=2.2).table()
    expected = [round(255 * (grey / 255) ** (1 / 2.2)) for grey in range(256)]
    assert table.tolist() == expected
    assert (table[0], table[255]) == (0, 255) and table[64] > 64


@given(parts, parts, gammas)
def test_no_tone_turns_light_and_dark_about(
    brightness: float, contrast: float, gamma: float
) -> None:
    table = Tone(brightness, contrast, gamma).table().astype(int)
    assert len(table) == 256
    assert (np.diff(table) >= 0).all()


@given(st.integers(0, 60_000), st.integers(255, 65_535), st.data())
def test_levels_made_of_8_bits_are_near_those_made_of_raw_values(
    low: int, span: int, data: st.DataObject
) -> None:
    shown = GreyMapping(low, low + span)
    black = data.draw(st.floats(low - span, low + 0.9 * span))
    wanted = GreyMapping(black, black + data.draw(st.floats(0.2 * span, 2 * span)))
    raw = np.linspace(low, low + span, 500)
    made = window_table(shown, wanted)[to_8_bit(raw, 64, shown)].astype(int)
    exact = to_8_bit(raw, 64, wanted).astype(int)
    # Half a step of the 256 that are left, as steep as the wanted levels are.
    steepness = span / (wanted.high - wanted.low)
    assert np.abs(made - exact).max() <= 0.5 * steepness + 1
