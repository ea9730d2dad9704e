"""The child process of interactive segmentation, as the window uses it, with a synthetic model."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import cv2
import numpy as np
import pytest

from studio import paths
from studio.domain.shapes import Box, Mask
from studio.errors import JobFailed, StudioError, WeightsMissing
from studio.interactive import models
from studio.interactive.asking import ImageFile, Is, Mark, marks_of, mask_from_json
from studio.interactive.embeddings import Embeddings
from studio.interactive.models import InstalledModel
from studio.interactive.pair import matched
from studio.jobs import launch
from studio.jobs.segment_worker import Worker
from studio.jobs.segmenting import ModelSegmenter, SegmentProcess, add_model
from studio.vision.assist import Crop
from studio.vision.depth import GreyMapping
from studio.vision.segmenter import Prompt, Scribble
from tests.interactive import synthetic

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals")
WIDTH, HEIGHT = 512, 256
CLICK = [Mark(140, 64, Is.INSIDE)]


def picture(path: Path, level: int = 255) -> ImageFile:
    bgr = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    bgr[:, :, 2] = level
    path.write_bytes(cv2.imencode(".png", bgr)[1].tobytes())
    return ImageFile(path)


def added(first: Path, second: Path) -> InstalledModel:
    steps = add_model(first, second, lambda: False)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


@pytest.fixture
def model(tmp_path: Path) -> InstalledModel:
    encoder, decoder = synthetic.sam(tmp_path / "files")
    return models.install(encoder, decoder, "SAM")


@pytest.fixture
def process(model: InstalledModel) -> Iterator[SegmentProcess]:
    process = SegmentProcess()
    process.ask("load", model=model.id).result(60)
    yield process
    process.close()


def box_of(answer: dict) -> tuple[int, int, int, int]:
    mask = mask_from_json(answer["mask"])
    assert isinstance(mask, Mask)
    return (mask.x, mask.y, mask.x + mask.width, mask.y + mask.height)


def pid(process: SegmentProcess) -> int:
    child = process._child._process
    assert child is not None
    return child.pid


def kill(process: SegmentProcess) -> None:
    child = process._child._process
    assert child is not None
    launch.kill(child)


def is_gone(number: int) -> bool:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            os.kill(number, 0)
        except OSError:
            return True
        time.sleep(0.05)
    return False


# Questions and answers ------------------------------------------------------------------------


def test_an_image_is_embedded_once_and_then_asked_about(
    process: SegmentProcess, tmp_path: Path
) -> None:
    image = picture(tmp_path / "a.png")
    assert not process.is_prepared(image)
    assert box_of(process.segment(image, CLICK).result(60)) == (120, 44, 160, 84)
    assert process.is_prepared(image)
    [kept] = (paths.cache_folder() / "embeddings").iterdir()
    written = kept.stat().st_ino
    corners = [Mark(100, 40, Is.FIRST_CORNER), Mark(180, 90, Is.LAST_CORNER)]
    assert box_of(process.segment(image, corners).result(60)) == (100, 40, 180, 90)
    assert kept.stat().st_ino == written


def test_images_are_prepared_ahead(process: SegmentProcess, tmp_path: Path) -> None:
    told = threading.Event()
    process._told = told.set
    images = [picture(tmp_path / f"{level}.png", level) for level in (255, 200)]
    process.prepare(images)
    deadline = time.monotonic() + 60
    while not all(process.is_prepared(image) for image in images) and time.monotonic() < deadline:
        told.wait(1)
    assert all(process.is_prepared(image) for image in images)
    assert len(list((paths.cache_folder() / "embeddings").iterdir())) == 2


def test_of_several_questions_the_newest_is_answered(
    process: SegmentProcess, tmp_path: Path
) -> None:
    image = picture(tmp_path / "a.png")
    answers = [process.segment(image, [Mark(100 + 2 * n, 64, Is.INSIDE)]) for n in range(30)]
    assert box_of(answers[-1].result(60))[0] == 100 + 58 - 20
    assert all(answer.done() for answer in answers)


def test_an_image_that_cannot_be_read_is_a_sentence(
    process: SegmentProcess, tmp_path: Path
) -> None:
    with pytest.raises(StudioError, match=r"gone\.png"):
        process.segment(ImageFile(tmp_path / "gone.png"), CLICK).result(60)
    image = picture(tmp_path / "a.png")
    assert process.segment(image, CLICK).result(60)["mask"]  # and the process goes on


def test_a_sentence_within_a_sentence_comes_over_from_the_child(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    why = WeightsMissing("The model for outlines is gone.")
    refused = StudioError("{file} is not looked at: {reason}", file="a.png", reason=why)

    def refuse(*_: object) -> None:
        raise refused

    lines: list[bytes] = []
    worker = Worker(lambda message: lines.append(json.dumps(message).encode()))
    monkeypatch.setattr(worker, "_done", refuse)
    worker.carry_out({"ask": "load", "model": "sam", "id": 1})
    process = SegmentProcess()
    answer = process._waiting[1] = Future()
    process._receive(lines[0])
    with pytest.raises(StudioError) as told:
        answer.result(0)
    assert told.value.sentence == refused.sentence
    process.close()


def test_an_image_that_has_changed_is_looked_at_again(
    process: SegmentProcess, tmp_path: Path
) -> None:
    image = picture(tmp_path / "a.png")
    assert process.segment(image, CLICK).result(60)["mask"]
    picture(tmp_path / "a.png", level=0)
    assert process.segment(image, CLICK).result(60)["mask"] is None


def test_a_changed_model_is_refused(model: InstalledModel) -> None:
    with (model.folder / models.DECODER).open("ab") as file:
        file.write(b"\0")
    process = SegmentProcess()
    with pytest.raises(StudioError, match=r"sam_decoder\.onnx has"):
        process.ask("load", model=model.id).result(60)
    process.close()


# Its end --------------------------------------------------------------------------------------


@posix_only
def test_a_child_that_crashes_fails_what_was_asked_with_one_sentence(
    process: SegmentProcess, tmp_path: Path
) -> None:
    os.kill(pid(process), signal.SIGSTOP)
    answer = process.segment(picture(tmp_path / "a.png"), CLICK)
    kill(process)
    with pytest.raises(JobFailed, match="ended unexpectedly"):
        answer.result(60)
    with pytest.raises(JobFailed, match="ended unexpectedly"):  # and what is asked afterwards
        process.segment(picture(tmp_path / "a.png"), CLICK).result(60)


@posix_only
def test_closing_ends_the_child_amid_its_work(process: SegmentProcess, tmp_path: Path) -> None:
    number = pid(process)
    answer = process.segment(picture(tmp_path / "a.png"), CLICK)
    process.close()
    assert is_gone(number)
    assert answer.done()


@posix_only
def test_a_child_ends_with_its_parent(model: InstalledModel) -> None:
    program = (
        "from studio.jobs.segmenting import SegmentProcess\n"
        "process = SegmentProcess()\n"
        f"process.ask('load', model='{model.id}').result(60)\n"
        "print(process._child._process.pid, flush=True)\n"
        "input()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert parent.stdin and parent.stdout
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdin.close()
    parent.stdout.close()
    assert is_gone(child)


# Adding a model -------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [synthetic.sam, synthetic.efficient_sam, synthetic.sam2])
def test_a_pair_is_checked_and_copied(make, tmp_path: Path) -> None:
    encoder, decoder = make(tmp_path)
    model = added(decoder, encoder)  # in any order
    assert models.find(model.id) == model
    encoder.unlink()
    decoder.unlink()
    model.verify()
    assert encoder.stem in model.name
    assert decoder.stem in model.name


def test_a_foreign_file_is_refused_and_nothing_is_copied(tmp_path: Path) -> None:
    encoder, _ = synthetic.sam(tmp_path)
    _, decoder = synthetic.sam2(tmp_path)
    with pytest.raises(StudioError, match="not the encoder that belongs to"):
        added(encoder, decoder)
    assert not (paths.data_folder() / "weights" / "interactive").exists()


def test_a_check_that_is_given_up_leaves_no_child(tmp_path: Path) -> None:
    steps = add_model(*synthetic.sam(tmp_path), lambda: True)
    with pytest.raises(StopIteration) as end:
        next(steps)
    assert end.value.value is None


def test_another_model_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    first = models.install(*synthetic.sam(tmp_path), "SAM")
    second = models.install(*synthetic.sam2(tmp_path), "SAM 2")
    assert first.id != second.id
    models.remove_others(second.id)
    assert models.find(first.id) is None
    assert models.find(second.id) == second
    assert models.find("") is None


# What is kept ---------------------------------------------------------------------------------


def test_what_is_kept_is_bounded(tmp_path: Path) -> None:
    pair = matched(*synthetic.sam(tmp_path))
    one = 3 * 256 * 256 * 4
    folder = tmp_path / "kept"
    kept = Embeddings(pair, "model", folder, memory_bytes=2 * one, disk_bytes=3 * one)
    images = [picture(tmp_path / f"{n}.png", level=100 + n) for n in range(5)]
    for image in images:
        assert kept.of(image).width == WIDTH
    assert len(kept._kept) == 2
    assert len(list(folder.iterdir())) == 2  # three would take more than that with their headers


def test_a_damaged_file_is_made_again(tmp_path: Path) -> None:
    pair = matched(*synthetic.sam(tmp_path))
    image = picture(tmp_path / "a.png")
    folder = tmp_path / "kept"
    first = Embeddings(pair, "model", folder).of(image)
    [file] = folder.iterdir()
    file.write_bytes(file.read_bytes()[:5000])
    again = Embeddings(pair, "model", folder).of(image)
    assert all(np.array_equal(first.arrays[name], again.arrays[name]) for name in first.arrays)


def test_levels_and_model_tell_what_is_kept_apart(tmp_path: Path) -> None:
    pair = matched(*synthetic.sam(tmp_path))
    image = picture(tmp_path / "a.png")
    Embeddings(pair, "model", tmp_path / "kept").of(image)
    Embeddings(pair, "model", tmp_path / "kept").of(image)
    Embeddings(pair, "model", tmp_path / "kept").of(ImageFile(image.path, GreyMapping(0, 9)))
    Embeddings(pair, "other", tmp_path / "kept").of(image)
    assert len(list((tmp_path / "kept").iterdir())) == 3


# As a Segmenter -------------------------------------------------------------------------------


class Nothing:
    """No picture: the model reads the file."""

    def crop(self, box: Box, max_pixels: int) -> Crop | None:
        return None


def test_the_segmenter_gives_the_mask_in_the_images_pixels(
    process: SegmentProcess, tmp_path: Path
) -> None:
    said: list[StudioError] = []
    image = picture(tmp_path / "a.png")
    segmenter = ModelSegmenter(process, image, (WIDTH, HEIGHT), said.append)
    click = Prompt(None, (Scribble(((140.0, 64.0),), 8, inside=True),))
    region = segmenter.segment(Nothing(), click, lambda: False)
    assert region is not None
    mask = region.mask()
    assert mask is not None
    assert (mask.x, mask.y, mask.width, mask.height) == (120, 44, 40, 40)
    assert segmenter.segment(Nothing(), click, lambda: True) is None
    kill(process)
    assert segmenter.segment(Nothing(), click, lambda: False) is None
    assert len(said) == 1


def test_a_stroke_is_told_as_its_ends_and_its_middle() -> None:
    way = tuple((float(x), 5.0) for x in range(11))
    prompt = Prompt(Box(1, 2, 3, 4), (Scribble(way, 8, inside=False), Scribble(way[:1], 8, True)))
    assert [(mark.x, mark.y, mark.says) for mark in marks_of(prompt)] == [
        (1, 2, Is.FIRST_CORNER),
        (3, 4, Is.LAST_CORNER),
        (0, 5, Is.OUTSIDE),
        (5, 5, Is.OUTSIDE),
        (10, 5, Is.OUTSIDE),
        (0, 5, Is.INSIDE),
    ]
