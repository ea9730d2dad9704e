"""COCO in and out: what is legal is understood, what is not is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from studio.domain.imports import ImportBatch, ImportedImage, ImportedShape
from studio.domain.project import Split
from studio.domain.shapes import Box, Mask, Part, Polygon, RotatedBox
from studio.errors import FormatError
from studio.formats.contract import ImportOptions
from studio.vision import images, masks, rle
from tests.formats.conftest import Projects
from tests.formats.whole import coco
from tests.making import picture

GOLDEN = Path(__file__).parents[1] / "golden"
SQUARE = [10, 10, 30, 10, 30, 30, 10, 30]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    picture(folder / "images" / "a.png", 64, 48)
    return folder


def document(*annotations: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "images": [{"id": 1, "file_name": "a.png", "width": 64, "height": 48}],
        "categories": [{"id": 7, "name": "nut"}, {"id": 90, "name": "bolt"}],
        "annotations": [
            {"id": number, "image_id": 1, "category_id": 7, **each}
            for number, each in enumerate(annotations)
        ],
        **more,
    }


def read(folder: Path, content: dict[str, Any] | str, **options: Any) -> ImportBatch:
    path = folder / "annotations" / "instances.json"
    path.parent.mkdir(exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, encoding="utf-8")
    return coco.read(options.pop("source", folder), ImportOptions(**options))


def shapes(batch: ImportBatch) -> tuple[ImportedShape, ...]:
    [image] = batch.images
    return image.shapes


def sentences(batch: ImportBatch) -> list[str]:
    return [f"{problem.field}: {problem.sentence}" for problem in batch.problems]


def test_boxes_polygons_and_parts(folder: Path) -> None:
    batch = read(
        folder,
        document(
            {"bbox": [1, 2, 30, 20]},
            {"segmentation": [SQUARE], "bbox": [0, 0, 1, 1]},
            {"segmentation": [SQUARE, [40, 10, 50, 10, 50, 20]], "category_id": 90},
            {"segmentation": [], "bbox": [5.5, 5, 10, 10]},
        ),
    )
    square = Part(((10, 10), (30, 10), (30, 30), (10, 30)))
    assert [shape.geometry for shape in shapes(batch)] == [
        Box(1, 2, 31, 22),
        Polygon((square,)),
        Polygon((square, Part(((40, 10), (50, 10), (50, 20))))),
        Box(5.5, 5, 15.5, 15),
    ]
    assert [shape.label for shape in shapes(batch)] == ["nut", "nut", "bolt", "nut"]
    assert batch.labels == ("nut", "bolt")
    assert batch.images[0].shapes_done
    assert not batch.problems


def test_both_kinds_of_run_lengths(folder: Path) -> None:
    bitmap = np.zeros((48, 64), bool)
    bitmap[10:20, 5:40] = True
    bitmap[12:15, 10:20] = False
    packed = rle.encode_bitmap(bitmap)
    counts = rle.unpack_counts(packed["counts"]).tolist()
    batch = read(
        folder,
        document(
            {"segmentation": packed},
            {"segmentation": {"size": [48, 64], "counts": counts}, "iscrowd": 1},
        ),
    )
    assert [shape.geometry for shape in shapes(batch)] == [masks.encode(bitmap)] * 2
    assert [shape.ignore for shape in shapes(batch)] == [False, True]


@pytest.mark.parametrize(
    ("annotation", "said"),
    [
        ({"bbox": [1, 2, 0, 5]}, "annotations[0].bbox: the box has no area"),
        ({"bbox": [1, 2, -3, 5]}, "annotations[0].bbox: the box has no area"),
        ({"bbox": [1, 2, 3]}, "annotations[0].bbox: the box needs four numbers"),
        ({"bbox": ["1", 2, 3, 4]}, "annotations[0].bbox: the box needs four numbers"),
        ({"bbox": [True, 2, 3, 4]}, "annotations[0].bbox: the box needs four numbers"),
        ({"bbox": [1, 2, 3, 1e400]}, "annotations[0].bbox: the box needs four numbers"),
        ({"bbox": [100, 100, 20, 20]}, "annotations[0]: the shape has no area within the image"),
        ({"bbox": [1, 2, 9, 9], "category_id": 3}, "annotations[0].category_id: there is no"),
        ({"bbox": [1, 2, 9, 9], "image_id": 9}, "annotations[0].image_id: there is no image 9"),
        ({"segmentation": "xyz"}, "annotations[0].segmentation: this should be"),
        (
            {"segmentation": {"size": [48, 60], "counts": "abc"}},
            "annotations[0].segmentation.size: the mask is of 60 x 48",
        ),
        (
            {"segmentation": {"size": [48, 64], "counts": "\x01"}},
            "annotations[0].segmentation: these are not valid run lengths",
        ),
        (
            {"segmentation": {"size": [48, 64], "counts": [5, 5]}},
            "annotations[0].segmentation: these are not valid run lengths",
        ),
        (
            {"segmentation": {"size": [48, 64], "counts": [48 * 64]}},
            "annotations[0]: the shape has no area",
        ),
        ({"segmentation": {}}, "annotations[0].segmentation: these are not valid"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_the_rest_goes_on(
    folder: Path, annotation: dict[str, Any], said: str
) -> None:
    batch = read(folder, document(annotation, {"bbox": [1, 2, 30, 20]}))
    assert [shape.geometry for shape in shapes(batch)] == [Box(1, 2, 31, 22)]
    [problem] = batch.problems
    assert f"{problem.field}: {problem.sentence}".startswith(said)
    assert problem.file == str(Path("annotations", "instances.json"))


def test_a_polygon_of_four_numbers_is_no_box(folder: Path) -> None:
    batch = read(
        folder,
        document(
            {"segmentation": [[1, 2, 30, 40]], "bbox": [1, 2, 3, 4]},
            {"segmentation": [[1, 2, 30, 40], SQUARE]},
            {"segmentation": [[1, 2, 30, 40]]},
        ),
    )
    box, polygon = shapes(batch)
    assert box.geometry == Box(1, 2, 4, 6)
    assert isinstance(polygon.geometry, Polygon)
    assert len(polygon.geometry.parts) == 1
    assert [s.partition(":")[0] for s in sentences(batch)] == [
        "annotations[0].segmentation[0]",
        "annotations[1].segmentation[0]",
        "annotations[2].segmentation[0]",
        "annotations[2].bbox",
    ]


def test_shapes_are_cut_to_the_image(folder: Path) -> None:
    batch = read(folder, document({"bbox": [-10, -10, 30, 30]}, {"bbox": [60, 40, 30, 30]}))
    assert [shape.geometry for shape in shapes(batch)] == [Box(0, 0, 20, 20), Box(60, 40, 64, 48)]


def test_images_are_found_wherever_they_are(folder: Path, tmp_path: Path) -> None:
    elsewhere = picture(tmp_path / "elsewhere" / "b.png")
    deep = picture(folder / "images" / "deep" / "a.png", seed=4)
    content = document(
        images=[
            {"id": 1, "file_name": "deep/a.png"},
            {"id": "two", "file_name": str(elsewhere)},
            {"id": 3, "file_name": "C:\\data\\deep\\a.png"},
            {"id": 4, "file_name": "gone.png"},
            {"id": 5},
        ]
    )
    batch = read(folder, content)
    assert [image.path for image in batch.images] == [deep, elsewhere]
    assert sentences(batch) == [
        "images[3].file_name: gone.png was not found among the images",
        "images[4]: the image needs an id and a file_name",
        "images[2].file_name: this is the same image as images[0]; what both say was put together",
    ]


def test_images_in_a_folder_of_their_own(folder: Path, tmp_path: Path) -> None:
    (folder / "images").rename(tmp_path / "pictures")
    with pytest.raises(FormatError, match="say in which folder the images are"):
        read(folder, document({"bbox": [1, 2, 30, 20]}))
    batch = read(folder, document({"bbox": [1, 2, 30, 20]}), images=tmp_path / "pictures")
    assert len(shapes(batch)) == 1
    batch = read(folder, document({"bbox": [1, 2, 30, 20]}), also_in=(tmp_path / "pictures",))
    assert len(shapes(batch)) == 1


def test_files_name_the_split(folder: Path) -> None:
    picture(folder / "val2017" / "b.png", seed=5)
    notes = folder / "annotations"
    notes.mkdir()
    for name, image in (("instances_train2017.json", "a.png"), ("instances_val2017.json", "b.png")):
        content = document({"bbox": [1, 2, 30, 20]}, images=[{"id": 1, "file_name": image}])
        (notes / name).write_text(json.dumps(content))
    (notes / "captions_val2017.json").write_text(json.dumps(document({"caption": "hello"})))
    batch = coco.read(folder, ImportOptions())
    assert [(image.path.name, image.split) for image in batch.images] == [
        ("a.png", Split.TRAIN),
        ("b.png", Split.VAL),
    ]
    batch = coco.read(folder, ImportOptions(split=Split.TEST))
    assert {image.split for image in batch.images} == {Split.TEST}


def test_annotations_without_any_place_are_tags(folder: Path) -> None:
    batch = read(folder, document({}, {"category_id": 90}))
    [image] = batch.images
    assert image.tags == ("nut", "bolt")
    assert image.tags_done
    assert not image.shapes_done


def test_an_image_without_annotations_is_known_to_be_empty(folder: Path) -> None:
    picture(folder / "images" / "b.png")
    content = document({"bbox": [1, 2, 30, 20]})
    content["images"].append({"id": 2, "file_name": "b.png"})
    assert [image.shapes_done for image in read(folder, content).images] == [True, True]


@pytest.mark.parametrize("orientation", [5, 6, 7, 8])
def test_shapes_on_an_image_lying_on_its_side_turn_with_it(folder: Path, orientation: int) -> None:
    lying = np.zeros((48, 64), bool)
    lying[5:9, 3:20] = True
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(lying).save(folder / "images" / "a.png", exif=exif)
    box, square = [3, 5, 17, 4], [[3, 5, 20, 5, 20, 9, 3, 9]]
    batch = read(
        folder,
        document(
            {"bbox": box}, {"segmentation": square}, {"segmentation": rle.encode_bitmap(lying)}
        ),
    )
    upright = images.read(folder / "images" / "a.png")[..., 0] > 0
    assert upright.shape == (64, 48)
    for shape in shapes(batch):
        assert np.array_equal(masks.rasterise(shape.geometry, 48, 64), upright)
    assert len(shapes(batch)) == 3
    assert "upright (as its EXIF orientation says) the image has 48 x 64" in sentences(batch)[0]
    assert len(batch.problems) == 1


def test_another_size_than_declared_is_doubtful(folder: Path) -> None:
    picture(folder / "images" / "a.png", 32, 24)
    batch = read(folder, document({"bbox": [1, 2, 30, 20]}))
    assert len(shapes(batch)) == 1
    assert "check whether its shapes fit" in sentences(batch)[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "is not valid JSON"),
        ("[" * 100_000, "is not valid JSON"),
        ("[]", "is not a COCO file"),
        ('{"images": 3}', "is not a COCO file"),
        ("\ufeff{}", "is not a COCO file"),
        ('{"images": []}', "None of the images"),
    ],
)
def test_a_file_that_is_not_coco(folder: Path, content: str, said: str) -> None:
    source = folder / "annotations" / "instances.json"
    with pytest.raises(FormatError, match=said):
        read(folder, content, source=source)


def test_a_folder_without_coco(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no COCO file"):
        coco.read(tmp_path, ImportOptions())


def test_a_background_that_nothing_uses_is_no_class(folder: Path) -> None:
    content = document({"bbox": [1, 2, 30, 20]})
    content["categories"].insert(0, {"id": 0, "name": "_background_"})
    assert read(folder, content).labels == ("nut", "bolt")


def test_lists_of_the_wrong_things(folder: Path) -> None:
    content = document({"bbox": [1, 2, 30, 20]})
    content["annotations"] += [3, None]
    content["categories"].append("x")
    content["images"].append([])
    batch = read(folder, content)
    assert len(shapes(batch)) == 1
    assert len(batch.problems) == 4
    content["annotations"] = {"a": 1}
    assert "annotations: this should be a list" in sentences(read(folder, content))


# Writing --------------------------------------------------------------------------------------


def ring_mask() -> Mask:
    bitmap = np.zeros((48, 64), bool)
    bitmap[4:20, 4:20] = True
    bitmap[8:16, 8:16] = False
    mask = masks.encode(bitmap)
    assert mask is not None
    return mask


@pytest.fixture
def batch(folder: Path) -> ImportBatch:
    square = Part(((1, 1), (40, 1), (40, 40.25), (1, 40)))
    hole = ((10.0, 10.0), (20.0, 10.0), (20.0, 20.0))
    things = (
        ImportedShape("螺母", Box(1, 2.5, 31, 22)),
        ImportedShape("bolt", Polygon((square,)), attributes=(("difficult", "1"),)),
        ImportedShape("bolt", Polygon((Part(square.outer, (hole,)),))),
        ImportedShape("bolt", ring_mask(), ignore=True),
        ImportedShape("bolt", RotatedBox(30, 20, 10, 4, 90)),
    )
    empty = picture(folder / "images" / "sub" / "empty.png", 20, 10)
    unseen = picture(folder / "images" / "unseen.png", 20, 10)
    return ImportBatch(
        (
            ImportedImage(folder / "images" / "a.png", shapes=things, shapes_done=True),
            ImportedImage(empty, shapes_done=True),
            ImportedImage(unseen),
        ),
        ("螺母", "unused", "bolt"),
    )


def test_written_bytes_are_the_golden_ones(
    tmp_path: Path, batch: ImportBatch, project_of: Projects
) -> None:
    report = coco.write(project_of(batch).reader, tmp_path / "out.json")
    assert (report.files, report.images) == ((tmp_path / "out.json",), 2)
    golden = GOLDEN / "coco.json"
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == golden.read_text(encoding="utf-8")


def test_what_was_written_is_read_back(
    folder: Path, tmp_path: Path, batch: ImportBatch, project_of: Projects
) -> None:
    reader = project_of(batch).reader
    coco.write(reader, tmp_path / "export")
    again = coco.read(tmp_path / "export", ImportOptions(images=folder / "images"))
    assert again.labels == ("螺母", "unused", "bolt")
    first, second = again.images
    box, polygon, with_hole, ring, turned = batch.images[0].shapes
    assert first.shapes == (box, polygon, with_hole, ring, turned)
    assert (second.shapes, second.shapes_done) == ((), True)
    coco.write(project_of(again).reader, tmp_path / "second.json")
    assert "螺母" in (tmp_path / "second.json").read_text(encoding="utf-8")


def test_pycocotools_rules_hold(tmp_path: Path, batch: ImportBatch, project_of: Projects) -> None:
    coco.write(project_of(batch).reader, tmp_path / "out.json")
    written = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    ids = [annotation["id"] for annotation in written["annotations"]]
    assert len(set(ids)) == len(ids)
    images = {image["id"] for image in written["images"]}
    categories = {category["id"] for category in written["categories"]}
    for annotation in written["annotations"]:
        assert annotation["image_id"] in images
        assert annotation["category_id"] in categories
        x, y, width, height = annotation["bbox"]
        assert min(x, y) >= 0
        assert min(width, height) > 0
        assert annotation["area"] > 0
    crowd = written["annotations"][3]
    assert crowd["iscrowd"] == 1
    assert crowd["area"] == 16 * 16 - 8 * 8
    assert crowd["bbox"] == [4, 4, 16, 16]


def test_nothing_to_write(tmp_path: Path, folder: Path, project_of: Projects) -> None:
    session = project_of(ImportBatch((ImportedImage(folder / "images" / "a.png"),)))
    with pytest.raises(FormatError, match="no shapes to export"):
        coco.write(session.reader, tmp_path / "out.json")


def test_two_folders_of_the_same_names(tmp_path: Path, project_of: Projects) -> None:
    paths = [picture(tmp_path / side / "a.png") for side in ("left", "right")]
    things = (ImportedShape("nut", Box(1, 1, 9, 9)),)
    first, second = (ImportedImage(path, shapes=things) for path in paths)
    session = project_of(ImportBatch((first,)))
    from studio.editing.importing import import_batch

    import_batch(session, ImportBatch((second,)))
    coco.write(session.reader, tmp_path / "out.json")
    again = coco.read(tmp_path / "out.json", ImportOptions())
    assert [image.path for image in again.images] == paths
