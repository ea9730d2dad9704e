"""The words of the search language."""

from __future__ import annotations

from enum import StrEnum


class Comparison(StrEnum):
    """How a number is compared; ``:`` means equal."""

    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    EQUAL = "="


class Measure(StrEnum):
    """What can be compared with a number.

    ``area`` (square pixels), ``aspect`` (width over height) and ``score`` (0 to 1) are of any one
    object on the image, ``score`` of predictions that wait for a decision too. ``loss`` is how
    wrong the newest model that was judged is on the image, 0 to 1. ``size`` is that of the image,
    in pixels.
    """

    SHAPES = "shapes"
    AREA = "area"
    ASPECT = "aspect"
    SCORE = "score"
    LOSS = "loss"
    SIZE = "size"
    WIDTH = "width"
    HEIGHT = "height"


class Mark(StrEnum):
    """What is said with one word: a sign that an image has, or has not."""

    PROBLEM = "problem"
    MISSING = "missing"
    LABELLED = "labelled"
    PREDICTED = "predicted"
    NOTE = "note"


KEYS = ("class", "no", "tag", "state", "split", "at", "run", "note", *Measure)
"""The words that a value follows."""
