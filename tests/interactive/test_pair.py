"""Points, boxes, padding, stretching and the way back, through onnxruntime, to the pixel.

The image is 512 x 256 px. SAM sees it in its square at twice its size, so that a cell of the
coarse mask is 2 px wide and 2 px high; in the other two it is stretched, and a cell is 2 px wide
and 1 px high. A click inside reaches 10 cells to every side.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.shapes import Mask
from studio.errors import WeightsUnusable
from studio.interactive.asking import Is, Mark
from studio.interactive.pair import Embedding, Model, Pair, matched
from studio.interactive.upscaling import to_mask
from studio.vision import masks
from tests.interactive import synthetic
from tests.interactive.onnx_files import Graph

WIDTH, HEIGHT = 512, 256
MAKERS: dict[str, Callable[[Path], tuple[Path, Path]]] = {
    "SAM": synthetic.sam,
    "SAM that pads itself": lambda folder: synthetic.sam(folder, pads=True),
    "SAM without coarse masks": lambda folder: synthetic.sam(folder, coarse=False),
    "SAM of five points": lambda folder: synthetic.sam(folder, points=5),
    "EfficientSAM": synthetic.efficient_sam,
    "SAM 2": synthetic.sam2,
}


def picture() -> np.ndarray:
    """(256, 512, 3) RGB: a red field of columns 40..400 and rows 20..200 on blue."""
    rgb = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    rgb[:, :, 2] = 255
    rgb[20:200, 40:400] = (255, 0, 0)
    return rgb


@pytest.fixture(scope="module", params=MAKERS)
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    return matched(*MAKERS[request.param](tmp_path_factory.mktemp("pair")))


def found(pair: Pair, *marks: tuple[float, float, Is]) -> np.ndarray:
    mask = pair.segment(pair.embed(picture()), [Mark(*mark) for mark in marks])
    assert isinstance(mask, Mask)
    return masks.rasterise(mask, WIDTH, HEIGHT)


def rectangle(x0: int, y0: int, x1: int, y1: int) -> np.ndarray:
    bitmap = np.zeros((HEIGHT, WIDTH), bool)
    bitmap[y0:y1, x0:x1] = True
    return bitmap


def rows_near(pair: Pair) -> int:
    return 20 if pair.convention.name == "SAM" else 10


def test_a_click_finds_what_is_around_it(pair: Pair) -> None:
    near = rows_near(pair)
    expected = rectangle(120, 64 - near, 160, 64 + near)
    assert np.array_equal(found(pair, (140, 64, Is.INSIDE)), expected)


def test_a_click_finds_no_other_colour(pair: Pair) -> None:
    near = rows_near(pair)
    expected = rectangle(380, 198 - near, 400, 200)
    assert np.array_equal(found(pair, (400, 198, Is.INSIDE)), expected)


def test_a_box_is_two_corners(pair: Pair) -> None:
    corners = (100, 40, Is.FIRST_CORNER), (180, 90, Is.LAST_CORNER)
    assert np.array_equal(found(pair, *corners), rectangle(100, 40, 180, 90))


def test_a_click_outside_takes_away_from_the_box(pair: Pair) -> None:
    marks = (100, 40, Is.FIRST_CORNER), (180, 90, Is.LAST_CORNER), (150, 60, Is.OUTSIDE)
    assert np.array_equal(found(pair, *marks), rectangle(100, 40, 150, 90))


def test_nothing_found_is_no_mask(pair: Pair) -> None:
    assert pair.segment(pair.embed(picture()), [Mark(480, 230, Is.INSIDE)]) is None


def test_the_picture_may_be_higher_than_wide_and_larger_than_the_square(tmp_path: Path) -> None:
    """2048 x 4096 px: SAM's cell is 16 px wide and high; in SAM 2's it is 8 wide, 16 high."""
    rgb = np.zeros((4096, 2048, 3), np.uint8)
    rgb[:, :, 0] = 255
    marks = [Mark(160, 320, Is.FIRST_CORNER), Mark(800, 3200, Is.LAST_CORNER)]
    for make in (synthetic.sam, synthetic.efficient_sam, synthetic.sam2):
        pair = matched(*make(tmp_path / make.__name__))
        mask = pair.segment(pair.embed(rgb), marks)
        assert mask is not None
        assert (mask.x, mask.y, mask.width, mask.height) == (160, 320, 640, 2880)


def test_of_many_clicks_the_first_and_the_latest_are_told(tmp_path: Path) -> None:
    """EfficientSAM hears six points; the seventh click says that the object ends at column 130."""
    pair = matched(*synthetic.efficient_sam(tmp_path))
    marks = [Mark(140, 64, Is.INSIDE)] * 6 + [Mark(130, 64, Is.OUTSIDE)]
    mask = pair.segment(pair.embed(picture()), marks)
    assert mask is not None
    assert (mask.x, mask.width) == (120, 10)


def test_a_decoder_of_few_points_keeps_the_box_and_the_latest_click(tmp_path: Path) -> None:
    pair = matched(*synthetic.sam(tmp_path, points=4))
    marks = [Mark(100, 40, Is.FIRST_CORNER), Mark(180, 90, Is.LAST_CORNER)]
    marks += [Mark(x, 60, Is.OUTSIDE) for x in (170, 120, 150)]
    mask = pair.segment(pair.embed(picture()), marks)
    assert mask is not None
    assert (mask.x, mask.x + mask.width) == (100, 150)


# Refining -------------------------------------------------------------------------------------

LEFT, RIGHT, BELOW = (140, 64, Is.INSIDE), (240, 64, Is.INSIDE), (140, 150, Is.INSIDE)
"""Clicks so far apart that without the first one's mask nothing is found of the others."""


@pytest.fixture(params=[synthetic.sam, synthetic.sam2])
def refining(request: pytest.FixtureRequest, tmp_path: Path) -> Pair:
    """Its decoder adds to what it finds the mask that it is given."""
    return matched(*request.param(tmp_path, refines=True))


def test_a_click_refines_what_the_clicks_before_it_found(refining: Pair) -> None:
    first = found(refining, LEFT)
    assert np.array_equal(found(refining, LEFT, RIGHT), first)
    assert np.array_equal(found(refining, LEFT, RIGHT, BELOW), first)
    box = (100, 40, Is.FIRST_CORNER), (180, 90, Is.LAST_CORNER)
    assert np.array_equal(found(refining, *box, RIGHT), rectangle(100, 40, 180, 90))


def test_an_answer_depends_on_nothing_that_was_asked_before(refining: Pair) -> None:
    embedding = refining.embed(picture())
    other = refining.embed(np.ascontiguousarray(picture()[:, ::-1]))

    def asked(where: Embedding, *marks: tuple[float, float, Is]) -> Mask | None:
        return refining.segment(where, [Mark(*mark) for mark in marks])

    left, right = asked(embedding, LEFT), asked(embedding, RIGHT)
    assert left != right
    assert asked(embedding, LEFT, RIGHT) == left
    assert asked(embedding, RIGHT, LEFT) == right
    assert asked(embedding, LEFT) == left
    elsewhere = asked(other, (120, 64, Is.INSIDE))
    assert asked(other, (120, 64, Is.INSIDE), RIGHT) == elsewhere
    assert asked(embedding, LEFT, RIGHT) == left


def test_what_is_outside_alone_is_no_mask_to_refine(refining: Pair) -> None:
    outside = (300, 64, Is.OUTSIDE)
    assert np.array_equal(found(refining, outside, LEFT), found(refining, LEFT))


# Which files belong together ------------------------------------------------------------------


def test_the_order_of_the_two_files_does_not_matter(tmp_path: Path) -> None:
    encoder, decoder = synthetic.sam(tmp_path)
    for files in ((encoder, decoder), (decoder, encoder)):
        pair = matched(*files)
        assert pair.convention.name == "SAM"
        assert pair.encoder.path == encoder
        pair.try_out()


def test_foreign_files_are_refused_with_a_sentence(tmp_path: Path) -> None:
    sam_encoder, sam_decoder = synthetic.sam(tmp_path)
    sam2_encoder, sam2_decoder = synthetic.sam2(tmp_path)
    _, esam_decoder = synthetic.efficient_sam(tmp_path)
    text = tmp_path / "notes.onnx"
    text.write_text("not a model")
    for files, expected in (
        ((sam_decoder, sam2_decoder), "both decoders"),
        ((sam_encoder, sam2_encoder), "takes points"),
        ((sam_encoder, sam2_decoder), "not the encoder that belongs to sam2_decoder.onnx"),
        ((sam2_encoder, esam_decoder), "not the encoder"),
        ((sam2_encoder, sam_decoder), "not the encoder"),
        ((text, sam_decoder), "notes.onnx cannot be loaded"),
        ((tmp_path / "gone.onnx", sam_decoder), "gone.onnx cannot be loaded"),
    ):
        with pytest.raises(WeightsUnusable, match=expected):
            matched(*files)
    with pytest.raises(WeightsUnusable, match="not the encoder"):
        Pair(Model(esam_decoder), Model(sam_decoder))


def test_a_decoder_of_a_single_point_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsUnusable, match="a single point"):
        matched(*synthetic.sam(tmp_path, points=1))


def test_a_decoder_of_another_kind_is_named_with_its_inputs(tmp_path: Path) -> None:
    encoder, _ = synthetic.sam(tmp_path)
    other = Graph()
    text = other.input("text", [1, 1, 2])
    coords = other.input("point_coords", [1, 1, 2])
    other.output(other.node("Add", text, coords), "masks", [1, 1, 2])
    with pytest.raises(WeightsUnusable, match="it takes text, point_coords"):
        matched(encoder, other.save(tmp_path / "other.onnx"))


# The way back to the image --------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 1000),
    cells=st.tuples(st.integers(1, 12), st.integers(1, 12)),
    image=st.tuples(st.integers(1, 60), st.integers(1, 60)),
)
def test_upscaling_is_bilinear_as_opencv_has_it(
    seed: int, cells: tuple[int, int], image: tuple[int, int]
) -> None:
    noise = np.random.default_rng(seed).normal(-0.5, 1, cells[::-1]).astype(np.float32)
    mask = to_mask(noise, (cells[0] / image[0], cells[1] / image[1]), image)
    found = masks.rasterise(mask, *image) if mask else np.zeros(image[::-1], bool)
    reference = cv2.resize(noise, image, interpolation=cv2.INTER_LINEAR)
    assert np.all((found == (reference > 0)) | (np.abs(reference) < 1e-3))
