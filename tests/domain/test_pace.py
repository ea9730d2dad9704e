from __future__ import annotations

from studio.domain.pace import Pace


def test_a_steady_hand() -> None:
    pace = Pace()
    for second in range(0, 121, 10):
        pace.add(1, second)
    assert pace.count == 13
    assert pace.per_hour == 390


def test_lunch_does_not_count() -> None:
    pace = Pace()
    for second in (*range(0, 121, 10), *range(7200, 7321, 10)):
        pace.add(1, second)
    assert pace.active_s == 120 + 60 + 120
    assert pace.per_hour == 312


def test_undoing_earlier_work_is_no_debt() -> None:
    pace = Pace()
    pace.add(-3, 0)
    pace.add(2, 1)
    assert pace.count == 2


def test_too_little_tells_nothing() -> None:
    pace = Pace()
    pace.add(1, 0)
    pace.add(1, 30)
    assert pace.per_hour is None
