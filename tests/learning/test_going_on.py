"""A prediction that was interrupted, asked for again: each image once, as if nothing had been."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from io import FileIO
from pathlib import Path

import pytest

from studio.domain.runs import Task
from studio.jobs import protocol
from studio.jobs.protocol import PredictRequest
from studio.learning import predictor, trainer
from studio.learning.adapter import Prediction
from studio.learning.events import ImagePredicted, Notice, Progress
from studio.learning.journal import FOLDER, Journal
from studio.storage import runs
from tests.learning import scenes

COUNT = 24
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals")


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a run that detects; beside it are 24 pictures."""
    project = scenes.project(tmp_path_factory.mktemp("trained"), COUNT)
    list(trainer.train(project, scenes.config(Task.DETECT, epochs=1), scenes.never))
    return project


@pytest.fixture
def folder(trained: Path, tmp_path: Path) -> Path:
    """The folder of the run, in a copy."""
    shutil.copytree(trained.parent, tmp_path, dirs_exist_ok=True)
    return runs.find(tmp_path / trained.name, 1)


def pictures(folder: Path) -> list[Path]:
    return sorted((folder.parent.parent.parent / "pictures").iterdir())


def predict(folder: Path, paths: list[Path], stop_after: int = 10**9) -> list[ImagePredicted]:
    """Ask, and cancel as soon as so many images are told."""
    told: list[ImagePredicted] = []
    asked = predictor.predict(
        folder.parent.parent, 1, paths, 0.0, lambda: "stop" if len(told) >= stop_after else ""
    )
    for event in asked:
        if isinstance(event, ImagePredicted):
            told.append(event)
    return told


def said(told: list[ImagePredicted]) -> list[Prediction]:
    return [json.loads(json.dumps(each.prediction)) for each in told]


def journals(folder: Path) -> list[Path]:
    return sorted((folder / FOLDER).glob("*.jsonl"))


def test_what_was_told_before_a_stop_is_told_again_and_not_looked_at_again(folder: Path) -> None:
    paths = pictures(folder)
    whole = predict(folder, paths)
    assert not any(each.again for each in whole)
    predict(folder, paths, stop_after=10)
    assert predict(folder, paths, stop_after=3)[2].again  # told again, and stopped once more
    going_on = predict(folder, paths)
    assert [each.again for each in going_on] == [True] * 10 + [False] * 14
    run = runs.read(folder)
    assert run is not None and {each.epoch for each in going_on} == {run.best_epoch} != {0}
    assert said(going_on) == said(whole)
    assert not any(each.again for each in predict(folder, paths))  # it came to its end


def test_how_many_are_done_is_said_and_when_the_rest_will_be(folder: Path) -> None:
    paths = pictures(folder)
    predict(folder, paths, stop_after=10)
    told = list(predictor.predict(folder.parent.parent, 1, paths, 0.0, scenes.never))
    [notice] = [event for event in told if isinstance(event, Notice)]
    assert "10 of 24 image(s) are done" in str(notice.sentence)
    progress = [event for event in told if isinstance(event, Progress)][1:]
    assert [event.done for event in progress] == list(range(1, COUNT + 1))
    assert [event.eta_s > 0 for event in progress] == [False] * 10 + [True] * 13 + [False]


def test_images_in_between_are_told_in_their_place(folder: Path) -> None:
    paths = pictures(folder)
    whole = predict(folder, paths)
    predict(folder, [*paths[3:9:2], *paths[20:]], stop_after=5)
    assert said(predict(folder, paths)) == said(whole)


def test_another_file_another_threshold_or_another_model_are_looked_at(folder: Path) -> None:
    paths = pictures(folder)
    predict(folder, paths, stop_after=10)
    scenes.draw(paths[2], 1, seed=99)
    os.utime(paths[4], ns=(1, 1))
    told = predict(folder, paths, stop_after=10)
    assert [n for n, each in enumerate(told) if not each.again] == [2, 4]

    project = folder.parent.parent
    asked = predictor.predict(project, 1, paths, 0.5, lambda: "stop")
    assert not any(event.again for event in asked if isinstance(event, ImagePredicted))
    assert len(journals(folder)) == 2

    list(trainer.extend(project, 1, 1, scenes.never))
    assert not any(each.again for each in predict(folder, paths, stop_after=10))
    assert len(journals(folder)) == 1  # what the model of old said is gone


def test_a_file_that_cannot_be_read_is_tried_again(folder: Path) -> None:
    paths = pictures(folder)
    sound = paths[1].read_bytes()
    paths[1].write_bytes(b"nothing")
    assert len(predict(folder, paths, stop_after=5)) == 5
    paths[1].write_bytes(sound)
    told = predict(folder, paths)
    assert [each.again for each in told[:7]] == [True, False, True, True, True, True, False]
    assert len(told) == COUNT


def test_a_few_images_asked_for_meanwhile_leave_the_others_known_and_nothing_behind(
    folder: Path,
) -> None:
    paths = pictures(folder)
    predict(folder, paths, stop_after=10)
    [path] = journals(folder)
    length = path.stat().st_size
    assert [each.again for each in predict(folder, paths[8:12])] == [True, True, False, False]
    predict(folder, paths[12:20])
    assert path.stat().st_size < length
    told = predict(folder, paths)
    assert [each.again for each in told] == [True] * 8 + [False] * (COUNT - 8)
    assert said(told) == said(predict(folder, paths)) and not journals(folder)


def test_one_that_is_not_to_go_on_knows_and_leaves_nothing(folder: Path) -> None:
    paths = pictures(folder)
    predict(folder, paths, stop_after=3)
    [kept] = [path.read_bytes() for path in journals(folder)]
    project = folder.parent.parent
    told = predictor.predict(project, 1, paths[:5], 0.0, scenes.never, resumable=False)
    assert not any(each.again for each in told if isinstance(each, ImagePredicted))
    assert [path.read_bytes() for path in journals(folder)] == [kept]


def test_a_line_cut_off_or_spoilt_is_looked_at_again(folder: Path) -> None:
    paths = pictures(folder)
    whole = predict(folder, paths)
    predict(folder, paths, stop_after=10)
    [path] = journals(folder)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[3] = b"\0" * 40 + b"\n"
    path.write_bytes(b"".join(lines)[:-7])
    told = predict(folder, paths)
    assert [n for n, each in enumerate(told[:10]) if not each.again] == [3, 9]
    assert said(told) == said(whole)


def test_two_at_once_or_nowhere_to_write_do_without(folder: Path) -> None:
    paths = pictures(folder)
    with Journal(folder, 0.0) as journal:
        assert len(predict(folder, paths, stop_after=5)) == 5
        assert not any(each.again for each in predict(folder, paths, stop_after=5))
        journal.knows(str(paths[0]))
        journal.add(str(paths[0]), {"file": str(paths[0]), "objects": []})
    assert predict(folder, paths, stop_after=1)[0].again
    for each in (folder / FOLDER).iterdir():
        each.unlink()
    (folder / FOLDER).rmdir()
    (folder / FOLDER).write_text("in the way")
    assert len(predict(folder, paths)) == COUNT


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is full")
def test_a_full_disk_does_not_stop_it(folder: Path) -> None:
    paths = pictures(folder)
    predict(folder, paths, stop_after=10)
    with Journal(folder, 0.0) as journal:
        known = [str(path) for path in paths if journal.knows(str(path))]
        assert journal._log is not None
        journal._log.close()
        journal._log = FileIO("/dev/full", "w")
        journal.add(str(paths[20]), {"file": "x"})
        assert journal.prediction(known[3])["file"] == known[3]


@posix_only
@pytest.mark.slow
def test_killed_in_the_middle_each_image_comes_once(folder: Path, tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(160):  # with names so long that a reader who waits makes the worker wait
        os.link(pictures(folder)[number % COUNT], many / f"{number:0220d}.png")
    paths = sorted(many.iterdir())
    whole = predict(folder, paths)
    project, request = folder.parent.parent, tmp_path / "request.json"
    protocol.save(PredictRequest(project, 1, tuple(paths), 0.0), request)
    process = _worker(request)
    assert process.stdout is not None
    enough = 4
    while enough:
        enough -= "ImagePredicted" in process.stdout.readline()
    process.kill()
    process.communicate(timeout=30)
    going_on = predict(folder, paths)
    assert going_on[3].again and not going_on[-1].again
    assert said(going_on) == said(whole)


def _worker(request: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "studio.jobs.worker", str(request)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
