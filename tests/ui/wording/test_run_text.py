"""What a job is doing, in words."""

from __future__ import annotations

import re
from pathlib import Path

import studio.learning
from studio.cli import following
from studio.learning.events import Progress
from studio.ui.wording import run_text

ELSEWHERE = {"measure"}
"""Phases that are told beside a bar of their own."""


def test_every_phase_that_the_engine_tells_has_words() -> None:
    sources = [
        path.read_text("utf-8") for path in Path(studio.learning.__file__).parent.rglob("*.py")
    ]
    told = {
        phase
        for source in sources
        for phase in re.findall(r'(?:Progress\(|PHASE = )"(\w+)"', source)
    }
    assert {"prepare", "features", "evaluate"} <= told
    for phase in told - ELSEWHERE:
        assert run_text.phase(Progress(phase, 8, 120)) != f"{phase}: 8 of 120", phase
        assert phase in following.PHASES
