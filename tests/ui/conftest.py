from __future__ import annotations

import pytest

from studio.ui import language


@pytest.fixture(autouse=True)
def english(qapp) -> None:
    """The window speaks English, plural forms too, whatever an earlier test left behind."""
    language.apply(qapp, "en")
