"""The power law against hand-worked numbers, against another least squares, and against luck."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.learning.analysis.power_law import CONFIDENCE, PowerLaw, student_t


def test_an_exact_law_is_found_again_without_any_doubt() -> None:
    law = PowerLaw.fit([25, 50, 100], [0.4, 0.2, 0.1])  # halves as the images double
    assert law.exponent == pytest.approx(1.0)
    assert law.scale == pytest.approx(10.0)
    assert float(law.error(200)) == pytest.approx(0.05)
    assert [float(edge) for edge in law.interval(200)] == pytest.approx([0.05, 0.05])


def test_the_interval_is_the_textbooks() -> None:
    # ln n = 0, 1, 2 and ln e = 0, -1.3, -2: slope -1, mean -1.1, rests 0.1, -0.2, 0.1, so
    # s = sqrt(0.06 / 1); at ln n = 3: s * sqrt(1 + 1/3 + 4/2) * 3.0777 to either side of -3.1.
    law = PowerLaw.fit(np.exp([0, 1, 2]), np.exp([0, -1.3, -2]))  # type: ignore[arg-type]
    reach = 0.06**0.5 * (10 / 3) ** 0.5 * 3.0777
    assert float(np.log(law.error(np.exp(3)))) == pytest.approx(-3.1)
    low, high = law.interval(np.exp(3))
    assert float(np.log(low)) == pytest.approx(-3.1 - reach, abs=1e-3)
    assert float(np.log(high)) == pytest.approx(-3.1 + reach, abs=1e-3)


@pytest.mark.parametrize(
    ("freedom", "wanted"),
    [(1, 3.078), (2, 1.886), (9, 1.383), (10, 1.372), (15, 1.341), (30, 1.310), (120, 1.289)],
)
def test_students_t_is_that_of_the_tables(freedom: int, wanted: float) -> None:
    assert student_t(freedom) == pytest.approx(wanted, abs=6e-4)


@given(
    st.lists(st.integers(5, 10_000), min_size=3, max_size=9, unique=True),
    st.integers(0, 2**32 - 1),
)
def test_the_line_is_that_of_another_least_squares(sizes: list[int], seed: int) -> None:
    errors = np.random.default_rng(seed).uniform(0.01, 0.9, len(sizes)).tolist()
    law = PowerLaw.fit(sizes, errors)
    design = np.stack([np.ones(len(sizes)), np.log(sizes)], axis=1)
    (level, slope), *_ = np.linalg.lstsq(design, np.log(errors), rcond=None)
    assert law.exponent == pytest.approx(-slope, rel=1e-6, abs=1e-9)
    assert np.log(law.scale) == pytest.approx(level, rel=1e-6, abs=1e-9)
    low, high = law.interval(np.array([10.0, 1e5]))
    assert (low <= law.error([10.0, 1e5])).all()  # type: ignore[arg-type]
    assert (high >= law.error([10.0, 1e5])).all()  # type: ignore[arg-type]


@settings(max_examples=12)
@pytest.mark.parametrize("sizes", [(20, 40, 80), (25, 40, 65, 100), (10, 20, 40, 80, 160, 320)])
@given(
    exponent=st.floats(0.05, 1.0), scale=st.floats(0.5, 3.0), spread=st.floats(0.01, 0.2),
    seed=st.integers(0, 2**32 - 1),
)  # fmt: skip
def test_the_interval_holds_the_next_run_as_often_as_it_says(
    sizes: tuple[int, ...], exponent: float, scale: float, spread: float, seed: int
) -> None:
    random = np.random.default_rng(seed)
    further = 1.5 * sizes[-1]
    held = 0
    for _ in range(400):
        luck = np.exp(random.normal(0, spread, len(sizes) + 1))
        errors = scale * np.array([*sizes, further]) ** -exponent * luck
        low, high = PowerLaw.fit(sizes, errors[:-1].tolist()).interval(further)
        held += bool(low <= errors[-1] <= high)
    # Four standard deviations of a binomial count of 400.
    assert held / 400 == pytest.approx(CONFIDENCE, abs=4 * (0.8 * 0.2 / 400) ** 0.5)
