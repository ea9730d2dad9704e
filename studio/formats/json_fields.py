"""Fields of JSON files, each checked before it is trusted."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, cast

from studio.formats.finding import readable

Json = Mapping[str, Any]

DRAWN = "drawn"
"""A field of our own; other programs pass over it."""


def numbers_of(value: Any) -> list[float] | None:
    """A list of finite numbers, or None."""
    if not isinstance(value, list):
        return None
    values = cast(list[Any], value)
    # JSON knows no other numbers; a bool has a type of its own. 1e400 is read as infinity.
    if not {type(each) for each in values} <= {int, float}:
        return None
    try:
        numbers = [float(each) for each in values]
    except OverflowError:
        return None
    return numbers if all(map(math.isfinite, numbers)) else None


def whole_of(value: Any) -> int:
    """A whole number; 0 for what is none, or beyond all measure."""
    try:
        return int(value) if isinstance(value, (int, float)) and math.isfinite(value) else 0
    except OverflowError:
        return 0


def id_of(value: Any) -> str:
    """An id as a text: 1, 1.0 and "1" are the same."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def flag_of(value: Any) -> bool:
    """Whether a flag is set; texts such as "0" and "false" say that it is not."""
    if isinstance(value, str):
        return value.strip().casefold() not in ("", "0", "false", "no")
    return bool(value)


def attributes_of(value: Any) -> tuple[tuple[str, str], ...]:
    """An object's further properties as texts; none where it is no mapping."""
    if not isinstance(value, dict):
        return ()
    return tuple(
        (readable(str(key)), readable(str(each))) for key, each in cast(Json, value).items()
    )
