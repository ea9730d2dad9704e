"""Reading pictures in processes."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import closing
from dataclasses import replace

import pytest

from studio.domain.labels import Label
from studio.domain.project import Split
from studio.domain.runs import Task
from studio.errors import RunError
from studio.learning.adapter import Sample
from studio.learning.config import Augmentation
from studio.learning.data.reading import Pictures, Reading
from studio.learning.snapshot import FrozenImage
from studio.learning.spec import ModelSpec
from studio.learning.tasks import adapter_for
from tests.learning import scenes

LABELS = (Label("a", "a", "#000000", 0), Label("b", "b", "#ffffff", 1))
ADAPTER = adapter_for(ModelSpec(Task.CLASSIFY, scenes.config(Task.CLASSIFY), LABELS))


@pytest.fixture
def source(tmp_path):
    scenes.draw(tmp_path / "a.png", 0, seed=1)
    path = str(tmp_path / "a.png")
    return FrozenImage(1, path, "a.png", "", 64, 64, Split.TRAIN, tags=("a",))


def test_plain_pictures_follow_the_varied_ones(source):
    pictures = Pictures([source], ADAPTER, Augmentation.STRONG, plain=[replace(source, id=2)])
    varied, plain = pictures[1, 0], pictures[1, 1]
    alone = Pictures([source], ADAPTER)[7, 0]
    assert isinstance(varied, Sample) and isinstance(plain, Sample) and isinstance(alone, Sample)
    assert plain.image.equal(alone.image) and not varied.image.equal(alone.image)


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
def test_a_batch_of_more_pictures_than_a_shell_allows_files(source):
    import resource

    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (150, before[1]))
    try:
        with closing(Reading(Pictures([source], ADAPTER), workers=1)) as reading:
            [loaded] = reading.batches(1, [[0] * 100])
            assert len(loaded) == 100 and all(isinstance(each, Sample) for each in loaded)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_reader_that_is_killed_is_said_in_a_sentence(source):
    with closing(Reading(Pictures([source], ADAPTER), workers=1)) as reading:
        loaded = reading.batches(1, [[0]] * 100)
        next(loaded)
        [reader] = reading._loader._iterator._workers
        os.kill(reader.pid, signal.SIGKILL)
        with pytest.raises(RunError, match=r"that reads images was ended.*fewer such processes"):
            list(loaded)
