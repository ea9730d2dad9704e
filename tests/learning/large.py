"""Large networks, which are tried among the slow tests only."""

from __future__ import annotations

import pytest

from studio.learning.catalogue import ModelCard

LARGE = 20
"""Millions of parameters."""


def marks(card: ModelCard) -> list[pytest.MarkDecorator]:
    """The marks of a test that has the network of ``card`` learn."""
    return [pytest.mark.slow] if card.parameters_m > LARGE else []
