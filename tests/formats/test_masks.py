"""Index masks and folders of instance masks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from studio.domain.imports import ImportBatch
from studio.domain.project import Split
from studio.domain.shapes import Mask
from studio.errors import FormatError
from studio.formats import class_names
from studio.formats.contract import ImportOptions
from studio.vision import images, masks
from tests.formats.whole import mask_png
from tests.making import picture

WIDTH, HEIGHT = 12, 8


def indices(**areas: tuple[slice, slice]) -> np.ndarray:
    found = np.zeros((HEIGHT, WIDTH), np.uint8)
    for value, area in areas.items():
        found[area] = int(value.strip("_"))
    return found


LEFT, RIGHT = np.s_[:, :4], np.s_[:, 8:]


def save(path: Path, pixels: np.ndarray, palette: bool = False) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.fromarray(pixels)
    if palette:
        image = Image.fromarray(pixels).convert("P")
        image.putpalette([value for n in range(256) for value in (255 - n, n, 7)])
        image.putdata(pixels.flatten().tolist())
    image.save(path)
    return path


def names_file(folder: Path, text: str) -> Path:
    path = folder.parent / f"{folder.name}-names.txt"
    path.write_text(text, encoding="utf-8")
    return path


def read(source: Path, **options: Any) -> ImportBatch:
    return mask_png.read(source, ImportOptions(**options))


def covered(batch: ImportBatch, number: int = 0) -> dict[str, int]:
    """Pixels by label of one image; a region to ignore has a minus sign."""
    found: dict[str, int] = {}
    for shape in batch.images[number].shapes:
        assert isinstance(shape.geometry, Mask)
        area = int(masks.decode(shape.geometry).sum())
        found[shape.label] = -area if shape.ignore else area
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One image in ``images`` with an index mask in ``masks``: 1 left, 2 right."""
    folder = tmp_path / "set"
    picture(folder / "images" / "a.png", WIDTH, HEIGHT)
    save(folder / "masks" / "a.png", indices(_1=LEFT, _2=RIGHT))
    return folder


def test_numbers_become_masks(folder: Path) -> None:
    batch = read(folder, names=names_file(folder, "background\ncat\ndog\nunused\n"))
    [image] = batch.images
    assert image.path == folder / "images" / "a.png"
    assert image.shapes_done
    assert image.shapes[0].geometry == masks.encode(indices(_1=LEFT) == 1)
    assert covered(batch) == {"cat": 32, "dog": 32}
    assert batch.labels == ("cat", "dog", "unused")


def test_without_names_numbers_name_themselves(folder: Path) -> None:
    batch = read(folder)
    assert covered(batch) == {"1": 32, "2": 32}
    assert batch.labels == ("1", "2")


def test_numbers_that_name_themselves_come_as_a_person_counts(folder: Path) -> None:
    save(folder / "masks" / "a.png", indices(_10=LEFT, _2=RIGHT))
    assert read(folder).labels == ("2", "10")


def test_class_zero_is_a_class_where_it_has_a_name_of_its_own(folder: Path) -> None:
    batch = read(folder, names=names_file(folder, "sky\nroad\ntree\n"))
    assert covered(batch) == {"sky": 32, "road": 32, "tree": 32}


def test_a_palettes_colours_are_not_looked_at(folder: Path) -> None:
    save(folder / "masks" / "a.png", indices(_1=LEFT, _2=RIGHT), palette=True)
    assert covered(read(folder)) == {"1": 32, "2": 32}


def test_a_grey_mask_saved_as_colour_is_understood_and_a_coloured_one_refused(
    folder: Path,
) -> None:
    grey = indices(_1=LEFT)
    save(folder / "masks" / "a.png", np.dstack([grey] * 3))
    assert covered(read(folder)) == {"1": 32}
    save(folder / "masks" / "a.png", np.dstack([grey, grey * 0, grey]))
    batch = read(folder)
    assert not batch.images[0].shapes_done
    assert "is in colour" in str(batch.problems[0])


@pytest.mark.parametrize(("ignore", "label"), [(2, "void"), (None, "ignore")])
def test_ignored_pixels(folder: Path, ignore: int | None, label: str) -> None:
    value = 2 if ignore else 255
    mask = indices(_1=LEFT)
    mask[RIGHT] = value
    save(folder / "masks" / "a.png", mask)
    names = names_file(folder, "background\ncat\nvoid\nother\n")
    batch = read(folder, names=names, ignore=ignore)
    assert covered(batch) == {"cat": 32, label: -32}
    assert ("void" in batch.labels) == (ignore is None)


def test_white_is_the_object_where_there_is_but_one_class(folder: Path) -> None:
    save(folder / "masks" / "a.png", (indices(_1=LEFT) * 255).astype(np.uint8))
    assert covered(read(folder)) == {"object": 32}
    names = names_file(folder, "0 background\n1 cell\n")
    assert covered(read(folder, names=names)) == {"cell": 32}


def test_a_number_without_a_name_is_said(folder: Path) -> None:
    batch = read(folder, names=names_file(folder, "background\ncat\n"))
    assert covered(batch) == {"cat": 32}
    assert "its pixels 2 have no class name" in str(batch.problems[0])


@pytest.mark.parametrize(
    ("image", "mask"),
    [
        ("train/a.jpg", "trainannot/a.png"),
        ("JPEGImages/a.jpg", "SegmentationClass/a.png"),
        ("images/train/a.jpg", "labels/train/a.png"),
        ("train/images/a.jpg", "train/masks/a_mask.png"),
        ("a.jpg", "a.png"),
        ("img/a.tif", "gt/gt_a.png"),
    ],
)
def test_layouts(tmp_path: Path, image: str, mask: str) -> None:
    picture(tmp_path / "x.png", WIDTH, HEIGHT)
    (tmp_path / "set" / image).parent.mkdir(parents=True)
    Image.open(tmp_path / "x.png").save(tmp_path / "set" / image)
    save(tmp_path / "set" / mask, indices(_1=LEFT))
    batch = read(tmp_path / "set")
    assert [found.path for found in batch.images] == [tmp_path / "set" / image]
    assert covered(batch) == {"1": 32}
    assert batch.images[0].split is (Split.TRAIN if "train" in image else None)


def test_the_same_name_in_two_splits(tmp_path: Path) -> None:
    for split, area in (("train", LEFT), ("val", np.s_[:1, :1])):
        picture(tmp_path / split / "a.png", WIDTH, HEIGHT)
        save(tmp_path / f"{split}annot" / "a.png", indices(_1=area))
    batch = read(tmp_path)
    assert [(i.path.parent.name, i.split) for i in batch.images] == [
        ("train", Split.TRAIN),
        ("val", Split.VAL),
    ]
    assert [covered(batch, number)["1"] for number in (0, 1)] == [32, 1]


def test_folders_apart(folder: Path, tmp_path: Path) -> None:
    (folder / "images").rename(tmp_path / "pictures")
    with pytest.raises(FormatError, match="say in which folder the images are"):
        read(folder / "masks")
    batch = read(folder / "masks", images=tmp_path / "pictures", split=Split.VAL)
    assert covered(batch) == {"1": 32, "2": 32}
    assert batch.images[0].split is Split.VAL


def test_a_mask_of_another_size_is_said(folder: Path) -> None:
    save(folder / "masks" / "a.png", np.ones((5, 5), np.uint8))
    batch = read(folder)
    assert not batch.images[0].shapes
    assert not batch.images[0].shapes_done
    assert "the mask has 5 x 5 pixels, the image 12 x 8" in str(batch.problems[0])


@pytest.mark.parametrize("orientation", [5, 6, 7, 8])
def test_a_mask_of_an_image_lying_on_its_side_turns_with_it(folder: Path, orientation: int) -> None:
    lying = indices(_1=np.s_[2:4, 1:7])
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(lying * 255).save(folder / "images" / "a.png", exif=exif)
    save(folder / "masks" / "a.png", lying)
    batch = read(folder)
    upright = images.read(folder / "images" / "a.png")[..., 0] > 0
    [shape] = batch.images[0].shapes
    assert np.array_equal(masks.rasterise(shape.geometry, HEIGHT, WIDTH), upright)
    assert "as its EXIF orientation says" in str(batch.problems[0])
    save(folder / "masks" / "a.png", np.ones((5, 5), np.uint8))
    [problem] = read(folder).problems
    assert "the mask has 5 x 5 pixels" in str(problem)


def test_that_an_image_lies_on_its_side_is_said_once_for_all_its_masks(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    (tmp_path / "cells" / "images").mkdir(parents=True)
    Image.fromarray(indices()).save(tmp_path / "cells" / "images" / "c.png", exif=exif)
    for name, area in (("1", LEFT), ("2", RIGHT)):
        save(tmp_path / "cells" / "masks" / f"{name}.png", indices(_1=area))
    batch = read(tmp_path)
    assert len(batch.images[0].shapes) == 2
    assert len(batch.problems) == 1


def test_one_bad_file_stops_nothing(folder: Path) -> None:
    picture(folder / "images" / "b.png", WIDTH, HEIGHT)
    (folder / "masks" / "b.png").write_bytes(b"broken")
    save(folder / "masks" / "lonely.png", indices())
    batch = read(folder)
    assert len(batch.images) == 2
    assert [problem.file for problem in batch.problems] == [
        str(Path("masks", "b.png")),
        str(Path("masks", "lonely.png")),
    ]


def test_an_empty_mask_says_that_nothing_is_there(folder: Path) -> None:
    save(folder / "masks" / "a.png", indices())
    [image] = read(folder).images
    assert (image.shapes, image.shapes_done) == ((), True)


# One PNG an instance --------------------------------------------------------------------------


@pytest.fixture
def nuclei(tmp_path: Path) -> Path:
    folder = tmp_path / "nuclei"
    for number in range(2):
        picture(folder / f"id{number}" / "images" / f"id{number}.png", WIDTH, HEIGHT, number)
        for name, area in (("x", LEFT), ("y", RIGHT)):
            mask = (indices(_1=area) * 255).astype(np.uint8)
            save(folder / f"id{number}" / "masks" / f"{name}{number}.png", mask)
    return folder


def test_one_file_an_instance(nuclei: Path) -> None:
    batch = read(nuclei)
    assert batch.labels == ("nuclei",)
    assert [len(image.shapes) for image in batch.images] == [2, 2]
    assert batch.images[0].shapes[0].geometry == masks.encode(indices(_1=LEFT) == 1)
    batch = read(nuclei, names=names_file(nuclei, "background\nnucleus\n"), split=Split.TEST)
    assert {shape.label for image in batch.images for shape in image.shapes} == {"nucleus"}
    assert {image.split for image in batch.images} == {Split.TEST}


def test_an_empty_or_wrong_instance_is_said(nuclei: Path) -> None:
    save(nuclei / "id0" / "masks" / "x0.png", indices())
    save(nuclei / "id1" / "masks" / "x1.png", np.ones((3, 3), np.uint8))
    batch = read(nuclei)
    assert [len(image.shapes) for image in batch.images] == [1, 1]
    assert len(batch.problems) == 2


def test_what_is_no_folder_of_masks(tmp_path: Path) -> None:
    for source in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(FormatError):
            read(source)


# Names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("sky\nroad\n\n", {0: "sky", 1: "road"}),
        ("0 sky\n7: traffic light\n", {0: "sky", 7: "traffic light"}),
        ("2,b\n1,a\n", {1: "a", 2: "b"}),
        ("\ufeff天空\r\n道路\r\n", {0: "天空", 1: "道路"}),
        ("0 2 euro\n1 coin\n", {0: "2 euro", 1: "coin"}),
        ("# classes\nsky\nroad\n", {0: "sky", 1: "road"}),
        ("index,name\n0,Sky\n1,Road\n", {0: "Sky", 1: "Road"}),
        ("name,index\nSky,3\nRoad,1\n", {3: "Sky", 1: "Road"}),
        ("Sky 0\nRoad 1\nTraffic light 2\n", {0: "Sky", 1: "Road", 2: "Traffic light"}),
        ("0 128 128 128 Sky\n1 0 0 0 Traffic light\n", {0: "Sky", 1: "Traffic light"}),
        ("0 Sky 128 128 128\n4 Road 0 0 0\n", {0: "Sky", 4: "Road"}),
        ("name,r,g,b\nSky,128,128,128\nRoad,0,0,0\n", {0: "Sky", 1: "Road"}),
        ("level 1\nlevel 2\n", {0: "level 1", 1: "level 2"}),
        ("0\n1\n", {0: "0", 1: "1"}),
        ("0 7\n1 9\n", {0: "7", 1: "9"}),
        ("__ignore__\n_background_\ncat\n", {0: "_background_", 1: "cat"}),
        ("__ignore__\ncat\n", {0: "__ignore__", 1: "cat"}),
    ],
)
def test_names(tmp_path: Path, text: str, names: dict[int, str]) -> None:
    (tmp_path / "names.txt").write_text(text, encoding="utf-8")
    assert dict(class_names.read(tmp_path / "names.txt").by_index) == names


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xff\xfe", b"1 a\n1 b\n"])
def test_bad_names(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "names.txt").write_bytes(data)
    with pytest.raises(FormatError, match=r"names\.txt"):
        class_names.read(tmp_path / "names.txt")


@pytest.mark.parametrize("text", ["0 Sky\n1 Road\n\n255\n", "0 Sky\n1 Road\n\nCar\n"])
def test_a_line_without_its_number_among_others_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "names.txt").write_text(text)
    with pytest.raises(FormatError, match="Line 4 of"):
        class_names.read(tmp_path / "names.txt")
