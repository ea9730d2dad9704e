"""Whatever the kind of file: upright RGB of 8 bits, or one sentence."""

from __future__ import annotations

import io
import json
from pathlib import Path

import cv2
import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image

from studio.errors import ImageProblem
from studio.vision import images
from studio.vision.images import GreyMapping

RGB = NDArray[np.uint8]


@pytest.fixture
def scene() -> RGB:
    """40 x 24, each quarter of another colour, so that every turn shows."""
    scene = np.zeros((24, 40, 3), dtype=np.uint8)
    scene[:12, :20] = (220, 30, 30)
    scene[:12, 20:] = (30, 200, 30)
    scene[12:, :20] = (30, 30, 210)
    scene[12:, 20:] = (230, 230, 60)
    return scene


def save(path: Path, scene: RGB, **options: object) -> Path:
    Image.fromarray(scene).save(path, **options)
    return path


def assert_shows(path: Path, scene: RGB, tolerance: float = 0) -> None:
    shown = images.read(path)
    info = images.probe(path)
    assert shown.dtype == np.uint8
    assert shown.flags.c_contiguous
    assert shown.shape == scene.shape == (info.height, info.width, 3)
    assert np.abs(shown.astype(int) - scene).mean() <= tolerance


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif"])
def test_every_orientation_is_upright(
    tmp_path: Path, scene: RGB, orientation: int, suffix: str
) -> None:
    lying = {
        1: scene, 2: scene[:, ::-1], 3: scene[::-1, ::-1], 4: scene[::-1],
        5: scene.swapaxes(0, 1), 6: np.rot90(scene), 7: scene[::-1, ::-1].swapaxes(0, 1),
        8: np.rot90(scene, -1),
    }[orientation]  # fmt: skip
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {".webp": {"lossless": True}, ".jpg": {"subsampling": 0}}.get(suffix, {})
    path = save(tmp_path / f"a{suffix}", np.ascontiguousarray(lying), exif=exif, **options)
    assert_shows(path, scene, tolerance=6)
    reduced = images.read_reduced(path, 10)
    assert reduced.shape == (6, 10, 3)
    assert np.abs(reduced[1, 1].astype(int) - scene[0, 0]).max() < 40


@pytest.mark.parametrize("suffix", [".png", ".bmp", ".tif", ".gif", ".webp", ".ppm", ".jp2"])
def test_lossless_kinds_keep_every_pixel(tmp_path: Path, scene: RGB, suffix: str) -> None:
    options = {"lossless": True} if suffix == ".webp" else {}
    assert_shows(save(tmp_path / f"a{suffix}", scene, **options), scene)


def test_progressive_jpeg(tmp_path: Path, scene: RGB) -> None:
    assert_shows(save(tmp_path / "a.jpg", scene, progressive=True, subsampling=0), scene, 4)


@pytest.mark.parametrize("adobe", [True, False])
def test_cmyk_jpeg_with_and_without_adobes_mark(tmp_path: Path, scene: RGB, adobe: bool) -> None:
    cmyk = Image.fromarray(scene).convert("CMYK")
    file = io.BytesIO()
    cmyk.save(file, "JPEG", quality=95, subsampling=0)
    data = file.getvalue()
    start = data.index(b"\xff\xee")
    if not adobe:
        # Pillow writes Adobe's inverted ink; without the mark the ink must lie as it is.
        inverted = Image.fromarray(255 - np.asarray(cmyk), mode=None).tobytes()
        plain = Image.frombytes("CMYK", cmyk.size, inverted)
        file = io.BytesIO()
        plain.save(file, "JPEG", quality=95, subsampling=0)
        data = file.getvalue()
        start = data.index(b"\xff\xee")
        data = data[:start] + data[start + 2 + int.from_bytes(data[start + 2 : start + 4], "big") :]
    path = tmp_path / "a.jpg"
    path.write_bytes(data)
    assert_shows(path, scene, tolerance=6)


@pytest.mark.parametrize("mode", ["L", "1", "P"])
def test_grey_one_bit_and_palette(tmp_path: Path, scene: RGB, mode: str) -> None:
    picture = Image.fromarray(scene).convert(mode)
    picture.save(tmp_path / "a.png")
    assert_shows(tmp_path / "a.png", np.asarray(picture.convert("RGB")))


def test_transparency_is_shown_over_white(tmp_path: Path, scene: RGB) -> None:
    rgba = np.dstack([scene, np.full(scene.shape[:2], 255, np.uint8)])
    rgba[:, 20:, 3] = 0
    save(tmp_path / "a.png", rgba)
    shown = images.read(tmp_path / "a.png")
    assert (shown[:, :20] == scene[:, :20]).all()
    assert (shown[:, 20:] == 255).all()


def test_alpha_that_is_zero_everywhere_is_not_taken_at_its_word(tmp_path: Path, scene: RGB) -> None:
    rgba = np.dstack([scene, np.zeros(scene.shape[:2], np.uint8)])
    assert_shows(save(tmp_path / "a.png", rgba), scene)


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_sixteen_bits_follow_the_projects_mapping(tmp_path: Path, suffix: str) -> None:
    deep = np.linspace(1000, 3000, 64, dtype=np.uint16).reshape(8, 8)
    path = tmp_path / f"a{suffix}"
    Image.fromarray(deep).save(path)
    assert images.probe(path).bit_depth == 16
    shown = images.read(path, GreyMapping(1000, 3000))
    assert shown[0, 0, 0] == 0
    assert shown[-1, -1, 0] == 255
    assert images.read(path).max() == round(3000 / 65535 * 255)


def test_floats_with_holes_are_read(tmp_path: Path) -> None:
    deep = np.array([[0.0, 0.5], [np.nan, np.inf]], dtype=np.float32)
    tifffile.imwrite(tmp_path / "a.tif", deep)
    assert images.read(tmp_path / "a.tif")[..., 0].tolist() == [[0, 128], [0, 255]]


@pytest.mark.parametrize(
    ("dtype", "layout"),
    [
        (np.uint16, {"photometric": "rgb"}),
        (np.uint16, {"photometric": "rgb", "planarconfig": "separate"}),
        (np.uint16, {"photometric": "rgb", "tile": (16, 16)}),
        (np.uint8, {"photometric": "rgb", "planarconfig": "separate", "tile": (16, 16)}),
        (np.uint16, {"photometric": "rgb", "compression": "zlib", "predictor": True}),
        (np.uint16, {"photometric": "rgb", "bigtiff": True}),
    ],
)
def test_layouts_of_tiff(
    tmp_path: Path, scene: RGB, dtype: type[np.generic], layout: dict[str, object]
) -> None:
    scale = 257 if dtype is np.uint16 else 1
    pixels = scene.astype(dtype) * scale
    if layout.get("planarconfig") == "separate":
        pixels = np.moveaxis(pixels, -1, 0)
    tifffile.imwrite(tmp_path / "a.tif", pixels, **layout)
    assert_shows(tmp_path / "a.tif", scene)


def test_lzw_of_sixteen_bits(tmp_path: Path) -> None:
    deep = np.arange(64, dtype=np.uint16).reshape(8, 8) * 1000
    flags = [cv2.IMWRITE_TIFF_COMPRESSION, 5]
    (tmp_path / "a.tif").write_bytes(cv2.imencode(".tif", deep, flags)[1].tobytes())
    shown = images.read(tmp_path / "a.tif", GreyMapping(0, 63000))
    assert np.array_equal(shown[..., 0], np.rint(deep / 63000 * 255))


def test_white_is_zero(tmp_path: Path) -> None:
    ramp = np.arange(64, dtype=np.uint16).reshape(8, 8) * 1040
    tifffile.imwrite(tmp_path / "a.tif", 65535 - ramp, photometric="miniswhite")
    assert np.array_equal(images.read(tmp_path / "a.tif")[..., 0], np.rint(ramp / 257))


def test_several_pages_show_the_first_and_say_so(tmp_path: Path, scene: RGB) -> None:
    tifffile.imwrite(tmp_path / "a.tif", np.stack([scene, 255 - scene]), photometric="rgb")
    assert images.probe(tmp_path / "a.tif").frames == 2
    assert_shows(tmp_path / "a.tif", scene)


def test_an_animation_shows_its_first_frame(tmp_path: Path, scene: RGB) -> None:
    second = Image.fromarray(255 - scene)
    save(tmp_path / "a.gif", scene, save_all=True, append_images=[second])
    assert images.probe(tmp_path / "a.gif").frames == 2
    assert_shows(tmp_path / "a.gif", scene)


def test_any_name(tmp_path: Path, scene: RGB) -> None:
    folder = tmp_path / "图像 é"
    folder.mkdir()
    assert_shows(save(folder / "naïve 猫.png", scene), scene)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".bmp", ".webp", ".gif"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.95])
def test_a_truncated_file_is_a_problem_for_everyone(
    tmp_path: Path, suffix: str, share: float
) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (90, 120, 3), dtype=np.uint8)
    path = save(tmp_path / f"cut{suffix}", noise)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(ImageProblem, match="cut"):
        images.read(path)
    with pytest.raises(ImageProblem, match="cut"):
        images.read_reduced(path, 32)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".bmp", ".webp"])
def test_a_scan_sees_at_once_that_the_end_is_missing(tmp_path: Path, suffix: str) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (90, 120, 3), dtype=np.uint8)
    path = save(tmp_path / f"cut{suffix}", noise)
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(ImageProblem, match="the end of the file is missing"):
        images.probe(path)


def test_what_is_no_image_is_said_in_one_sentence(tmp_path: Path) -> None:
    for name, data in (("empty.jpg", b""), ("text.png", b"hello"), ("zeros.tif", bytes(500))):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(ImageProblem, match=name):
            images.probe(tmp_path / name)
    with pytest.raises(ImageProblem, match="No such file"):
        images.read(tmp_path / "gone.jpg")


def test_a_bomb_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    small = io.BytesIO()
    Image.new("1", (8, 8)).save(small, "PNG")
    data = bytearray(small.getvalue())
    data[16:24] = (200_000).to_bytes(4, "big") * 2
    path.write_bytes(data)
    with pytest.raises(ImageProblem, match="too large to open \\(200000 x 200000 pixels\\)"):
        images.read(path)


@pytest.mark.parametrize(("width", "height"), [(640, 400), (641, 399), (33, 900), (5, 3)])
def test_reduced_keeps_the_proportions(tmp_path: Path, width: int, height: int) -> None:
    path = tmp_path / "a.jpg"
    Image.new("RGB", (width, height), (200, 100, 50)).save(path)
    for longest in (1000, 100, 64, 7):
        shown = images.read_reduced(path, longest)
        scale = min(1, longest / max(width, height))
        assert shown.shape == (max(1, round(height * scale)), max(1, round(width * scale)), 3)
        assert np.abs(shown.astype(int) - (200, 100, 50)).max() < 12


@pytest.mark.parametrize(("suffix", "factor"), [(".jpg", 4), (".png", 1)])
def test_the_first_look_is_reduced_where_that_is_quick(
    tmp_path: Path, suffix: str, factor: int
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / f"a{suffix}"
    Image.new("RGB", (640, 400), (200, 100, 50)).save(path, exif=exif)
    rgb, size, _ = images.read_first(path, 130)
    assert size == (400, 640)
    assert rgb.shape == (640 // factor, 400 // factor, 3)
    assert np.abs(rgb.astype(int) - (200, 100, 50)).max() < 12
    with pytest.raises(ImageProblem, match="gone"):
        images.read_first(tmp_path / "gone.jpg", 130)


def test_quick_hash_tells_pictures_apart_not_names(tmp_path: Path, scene: RGB) -> None:
    a, b = save(tmp_path / "a.png", scene), save(tmp_path / "b.png", scene)
    c = save(tmp_path / "c.png", 255 - scene)
    assert images.quick_hash(a) == images.quick_hash(b) != images.quick_hash(c)


def test_a_folders_mapping_spans_all_of_its_images(tmp_path: Path) -> None:
    paths: list[Path] = []
    for number, (low, high) in enumerate(((100, 900), (50, 400), (300, 4000))):
        deep = np.linspace(low, high, 10_000).astype(np.uint16).reshape(100, 100)
        paths.append(tmp_path / f"{number}.tif")
        tifffile.imwrite(paths[-1], deep)
    (tmp_path / "broken.tif").write_bytes(b"II*\0")
    mapping = images.sample_mapping([*paths, tmp_path / "broken.tif"])
    assert mapping is not None
    assert 50 <= mapping.low < 55
    assert 3980 < mapping.high <= 4000


def test_the_mapping_in_the_settings() -> None:
    assert images.mapping_of({"grey_low": "10.5", "grey_high": "4000"}) == GreyMapping(10.5, 4000)
    assert images.mapping_of({"grey_low": "10"}) is None
    assert images.mapping_of({"grey_low": "5", "grey_high": "nan"}) is None
    assert images.mapping_of({"grey_low": "5", "grey_high": "5"}) is None


# Real files -----------------------------------------------------------------------------------


@pytest.mark.data
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_no_odd_file_does_more_than_cause_a_problem(data_sets: Path) -> None:
    folder = data_sets / "data" / "odd_images"
    files = [entry["file"] for entry in json.loads((folder / "manifest.json").read_text())]
    readable = 0
    for name in files:
        try:
            shown = images.read(folder / name)
        except ImageProblem as problem:
            assert Path(name).name in str(problem)
            continue
        info = images.probe(folder / name)
        assert shown.shape == (info.height, info.width, 3), name
        assert max(images.read_reduced(folder / name, 32).shape[:2]) <= 32
        readable += 1
    assert len(files) == 216
    assert readable >= 135


@pytest.mark.data
@pytest.mark.parametrize("group", ["exif__Landscape_*.jpg", "exif__Portrait_*.jpg"])
def test_photographs_lie_upright_whatever_their_orientation(data_sets: Path, group: str) -> None:
    paths = sorted((data_sets / "data" / "odd_images" / "exif").glob(group))
    # They were saved as JPEG anew, so they agree in what one sees, not in every pixel.
    reference = images.read_reduced(paths[0], 100).astype(int)
    assert len(paths) >= 6
    for path in paths[1:]:
        assert images.read(path).shape == images.read(paths[0]).shape
        assert np.abs(images.read_reduced(path, 100) - reference).mean() < 2, path.name
