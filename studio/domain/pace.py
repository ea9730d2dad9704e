"""How fast somebody labels: what was made, over the time in which hands were at work. Pure."""

from __future__ import annotations

LONGEST_GAP_S = 60.0
"""A longer pause counts as this much work: the rest of it was a rest."""

LEAST_S, LEAST_COUNT = 60.0, 5
"""Before so much work nobody can tell how fast it goes."""


class Pace:
    """Adds up what was made in a session."""

    def __init__(self) -> None:
        self.count = 0
        self.active_s = 0.0
        self._last: float | None = None

    def add(self, count: int, at_s: float) -> None:
        """``count`` objects were made by the time ``at_s`` (seconds of any clock).

        A negative count were undone; work of earlier sessions may be, which is no debt.
        """
        if self._last is not None:
            self.active_s += min(max(0.0, at_s - self._last), LONGEST_GAP_S)
        self._last = at_s
        self.count = max(0, self.count + count)

    @property
    def per_hour(self) -> int | None:
        """Objects an hour of work; None while there is too little to tell."""
        if self.active_s < LEAST_S or self.count < LEAST_COUNT:
            return None
        return round(self.count / self.active_s * 3600)
