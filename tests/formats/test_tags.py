"""Class folders and tables of tags."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from studio.domain.imports import ImportBatch, ImportedImage
from studio.domain.project import Split
from studio.editing.importing import import_batch
from studio.errors import FormatError
from studio.formats.contract import ImportOptions
from tests.formats.conftest import Projects
from tests.formats.whole import imagefolder, tag_csv
from tests.making import picture

Told = dict[str, tuple[tuple[str, ...], Split | None]]


def told(batch: ImportBatch, folder: Path) -> Told:
    return {
        image.path.relative_to(folder).as_posix(): (image.tags, image.split)
        for image in batch.images
    }


def test_class_folders(tmp_path: Path) -> None:
    for name in ("cat/1.png", "cat/deep/2.png", "Dog/1.png", ".git/3.png"):
        picture(tmp_path / name)
    batch = imagefolder.read(tmp_path, ImportOptions())
    assert told(batch, tmp_path) == {
        "Dog/1.png": (("Dog",), None),
        "cat/1.png": (("cat",), None),
        "cat/deep/2.png": (("cat",), None),
    }
    assert batch.labels == ("Dog", "cat")
    assert all(image.tags_done and not image.shapes_done for image in batch.images)
    assert not batch.problems


def test_split_folders(tmp_path: Path) -> None:
    for name in ("train/cat/1.png", "valid/cat/1.png", "Test/dog/1.png", "notes/1.png"):
        picture(tmp_path / name)
    assert told(imagefolder.read(tmp_path, ImportOptions()), tmp_path) == {
        "train/cat/1.png": (("cat",), Split.TRAIN),
        "valid/cat/1.png": (("cat",), Split.VAL),
        "Test/dog/1.png": (("dog",), Split.TEST),
    }
    [problem] = imagefolder.read(tmp_path, ImportOptions()).problems
    assert problem.file == "notes"
    one_split = imagefolder.read(tmp_path / "train", ImportOptions(split=Split.VAL))
    assert told(one_split, tmp_path) == {"train/cat/1.png": (("cat",), Split.VAL)}


def test_a_class_called_like_a_split_is_a_class(tmp_path: Path) -> None:
    for name in ("cat/1.png", "dog/1.png", "test/1.png"):
        picture(tmp_path / name)
    batch = imagefolder.read(tmp_path, ImportOptions())
    assert batch.labels == ("cat", "dog", "test")
    assert {image.split for image in batch.images} == {None}


@pytest.mark.parametrize("folder", [".", "wrapper", "wrapper/inner"])
def test_split_folders_by_other_names_and_within_another(tmp_path: Path, folder: str) -> None:
    for name in ("train2017/cat/1.png", "val2017/dog/1.png"):
        picture(tmp_path / folder / name)
    batch = imagefolder.read(tmp_path, ImportOptions())
    assert told(batch, tmp_path / folder) == {
        "train2017/cat/1.png": (("cat",), Split.TRAIN),
        "val2017/dog/1.png": (("dog",), Split.VAL),
    }


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_class_folder_whose_name_is_no_unicode(tmp_path: Path, project_of: Projects) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    try:
        picture(folder / "1.png")
    except OSError:
        pytest.skip("this file system takes Unicode only")
    picture(tmp_path / "dog" / "1.png")
    batch = imagefolder.read(tmp_path, ImportOptions())
    assert batch.labels == ("caf\\xe9", "dog")
    assert len(project_of(batch).reader.labels()) == 2


def test_images_in_no_class_folder_are_taken_without_a_tag(tmp_path: Path) -> None:
    for name in ("cat/1.png", "loose.png"):
        picture(tmp_path / name)
    batch = imagefolder.read(tmp_path, ImportOptions())
    assert told(batch, tmp_path)["loose.png"] == ((), None)
    assert not next(image for image in batch.images if not image.tags).tags_done
    assert "1 images lie in no class folder" in str(batch.problems[0])


def test_what_is_no_folder_of_classes(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no images"):
        imagefolder.read(tmp_path, ImportOptions())
    picture(tmp_path / "a.png")
    with pytest.raises(FormatError, match="no class folders"):
        imagefolder.read(tmp_path, ImportOptions())
    with pytest.raises(FormatError, match="is not a folder"):
        imagefolder.read(tmp_path / "nowhere", ImportOptions())


@pytest.mark.parametrize(
    "text",
    [
        "file,label,split\n1.png,cat,train\nsub/2.png,cat|dog,val\n",
        "filename;class;subset\n1.png;cat;training\nsub/2.png;cat;val\n2.png;dog;val\n",
        "\ufeffImage\tLabel\tSplit\r\n1\tcat\ttrain\r\nsub\\2.png\tcat\tval\r\n2\tdog\t\r\n",
    ],
)
def test_tables_of_every_kind(tmp_path: Path, text: str) -> None:
    for name in ("images/1.png", "images/sub/2.png"):
        picture(tmp_path / name)
    (tmp_path / "tags.csv").write_text(text, encoding="utf-8")
    batch = tag_csv.read(tmp_path / "tags.csv", ImportOptions())
    assert told(batch, tmp_path) == {
        "images/1.png": (("cat",), Split.TRAIN),
        "images/sub/2.png": (("cat", "dog"), Split.VAL),
    }
    assert imagefolder.read(tmp_path / "tags.csv", ImportOptions()) == batch


def test_a_table_in_utf_16(tmp_path: Path) -> None:
    picture(tmp_path / "1.png")
    (tmp_path / "tags.txt").write_bytes("file\tlabel\r\n1.png\t猫\r\n".encode("utf-16"))
    assert tag_csv.read(tmp_path / "tags.txt", ImportOptions()).labels == ("猫",)


def test_a_line_without_its_image_is_said(tmp_path: Path) -> None:
    picture(tmp_path / "1.png")
    (tmp_path / "tags.csv").write_text("file,label\n1.png,cat\ngone.png,cat\n,\n1.png,\n")
    batch = tag_csv.read(tmp_path / "tags.csv", ImportOptions())
    assert [problem.field for problem in batch.problems] == ["line 3"]
    assert batch.images[0].tags == ("cat",)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a,b\n1,2\n", "must name the columns"),
        (b"", "must name the columns"),
        (b"file,label\n\xff,cat\n", "not in UTF-8"),
        (b"file,label\ngone.png,cat\n", "say in which folder"),
    ],
)
def test_what_is_no_table(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "tags.csv").write_bytes(data)
    with pytest.raises(FormatError, match=said):
        tag_csv.read(tmp_path / "tags.csv", ImportOptions())
    with pytest.raises(FormatError, match="cannot be opened"):
        tag_csv.read(tmp_path / "gone.csv", ImportOptions())


def test_of_a_folder_its_only_table_is_read(tmp_path: Path) -> None:
    picture(tmp_path / "1.png")
    with pytest.raises(FormatError, match="There are 0 tables"):
        tag_csv.read(tmp_path, ImportOptions())
    (tmp_path / "mine.csv").write_text("file,label\n1.png,cat\n")
    assert tag_csv.read(tmp_path, ImportOptions()).images[0].tags == ("cat",)
    (tmp_path / "yours.csv").write_text("file,label\n1.png,dog\n")
    with pytest.raises(FormatError, match="There are 2 tables"):
        tag_csv.read(tmp_path, ImportOptions())
    (tmp_path / "tags.csv").write_text("file,label\n1.png,bird\n")
    assert tag_csv.read(tmp_path, ImportOptions()).images[0].tags == ("bird",)


# Writing --------------------------------------------------------------------------------------


def batch_of(folder: Path, *splits: Split | None) -> ImportBatch:
    tags = (("猫",), ("a/b",), ("猫", "a/b"))
    images = (
        ImportedImage(
            picture(folder / str(n) / "x.png", seed=n), tags[n], split=split, tags_done=True
        )
        for n, split in enumerate(splits)
    )
    return ImportBatch(tuple(images), ("猫", "a/b"))


def files_below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))


def test_class_folders_are_copies(tmp_path: Path, project_of: Projects) -> None:
    batch = batch_of(tmp_path / "pictures", None, Split.TRAIN, None)
    report = imagefolder.write(project_of(batch).reader, tmp_path / "out")
    assert files_below(tmp_path / "out") == ["a_b/x.png", "a_b/x_2.png", "猫/x.png", "猫/x_2.png"]
    assert (report.images, len(report.files)) == (3, 4)
    first = tmp_path / "pictures" / "0" / "x.png"
    assert (tmp_path / "out" / "猫" / "x.png").read_bytes() == first.read_bytes()
    with pytest.raises(FormatError, match="not empty"):
        imagefolder.write(project_of(batch).reader, tmp_path / "out")


def test_splits_become_folders_where_every_image_has_one(
    tmp_path: Path, project_of: Projects
) -> None:
    batch = batch_of(tmp_path / "pictures", Split.TRAIN, Split.VAL)
    imagefolder.write(project_of(batch).reader, tmp_path / "out")
    assert files_below(tmp_path / "out") == ["train/猫/x.png", "val/a_b/x.png"]
    again = imagefolder.read(tmp_path / "out", ImportOptions())
    assert [(image.tags, image.split) for image in again.images] == [
        (("猫",), Split.TRAIN),
        (("a_b",), Split.VAL),
    ]


def test_a_missing_original_is_said(tmp_path: Path, project_of: Projects) -> None:
    session = project_of(batch_of(tmp_path / "pictures", None, None))
    (tmp_path / "pictures" / "0" / "x.png").unlink()
    report = imagefolder.write(session.reader, tmp_path / "out")
    assert files_below(tmp_path / "out") == ["a_b/x.png"]
    assert [problem.file for problem in report.problems] == ["0/x.png"]
    assert report.images == 1


def test_a_table_is_read_back(tmp_path: Path, project_of: Projects) -> None:
    batch = batch_of(tmp_path / "pictures", Split.TEST, None, Split.TRAIN)
    report = imagefolder.write(project_of(batch).reader, tmp_path / "tags.csv")
    assert report.files == (tmp_path / "tags.csv",)
    assert (tmp_path / "tags.csv").read_bytes() == (
        "\ufefffile,label,split\n0/x.png,猫,test\n1/x.png,a/b,\n2/x.png,猫,train\n2/x.png,a/b,train\n"
    ).encode()
    options = ImportOptions(images=tmp_path / "pictures")
    again = tag_csv.read(tmp_path / "tags.csv", options)
    assert again.images == batch.images


@pytest.mark.parametrize("tags", [("cat", "dog"), ("", "dog")])
def test_two_folders_of_the_same_names_stay_apart_in_a_table(
    tmp_path: Path, project_of: Projects, tags: tuple[str, ...]
) -> None:
    folders = tmp_path / "one", tmp_path / "other"
    images = [
        ImportedImage(
            picture(folder / "1.png", seed=seed), (tag,) if tag else (), tags_done=bool(tag)
        )
        for seed, (folder, tag) in enumerate(zip(folders, tags, strict=True))
    ]
    session = project_of(ImportBatch(()))
    for image in images:
        import_batch(session, ImportBatch((image,)))
    assert len(session.reader.roots()) == 2
    tag_csv.write(session.reader, tmp_path / "tags.csv")
    again = tag_csv.read(tmp_path / "tags.csv", ImportOptions(also_in=folders))
    assert list(again.images) == [image for image in images if image.tags]


def test_that_an_image_has_no_tag_comes_back_from_our_own_table(
    tmp_path: Path, project_of: Projects
) -> None:
    images = tuple(
        ImportedImage(picture(tmp_path / "p" / f"{n}.png", seed=n), tags, tags_done=done)
        for n, (tags, done) in enumerate(((("cat",), True), ((), True), ((), False)))
    )
    reader = project_of(ImportBatch(images)).reader
    assert tag_csv.write(reader, tmp_path / "p" / "tags.csv").images == 2
    again = tag_csv.read(tmp_path / "p" / "tags.csv", ImportOptions())
    assert again.images == images[:2]
    (tmp_path / "p" / "theirs.csv").write_text("file,label\n0.png,cat\n1.png,\n")
    theirs = tag_csv.read(tmp_path / "p" / "theirs.csv", ImportOptions())
    assert [image.tags_done for image in theirs.images] == [True, False]


def test_a_name_with_a_semicolon_survives_our_own_table(
    tmp_path: Path, project_of: Projects
) -> None:
    image = ImportedImage(picture(tmp_path / "p" / "x.png"), ("a;b|c",), tags_done=True)
    tag_csv.write(project_of(ImportBatch((image,))).reader, tmp_path / "p" / "tags.csv")
    assert tag_csv.read(tmp_path / "p" / "tags.csv", ImportOptions()).labels == ("a;b|c",)


def test_only_our_own_table_is_written_over(tmp_path: Path, project_of: Projects) -> None:
    session = project_of(batch_of(tmp_path / "pictures", None))
    for _ in range(2):
        tag_csv.write(session.reader, tmp_path / "ours.csv")
    (tmp_path / "theirs.csv").write_text("file,label\n1.png,cat\n")
    with pytest.raises(FormatError, match="choose another name"):
        tag_csv.write(session.reader, tmp_path / "theirs.csv")
    assert (tmp_path / "theirs.csv").read_text() == "file,label\n1.png,cat\n"
    assert not list(tmp_path.glob("*.new"))


def test_one_name_in_two_spellings_is_one_tag(tmp_path: Path, project_of: Projects) -> None:
    picture(tmp_path / "1.png")
    (tmp_path / "tags.csv").write_text("file,label\n1.png,Cat\n1.png,cat\n")
    batch = tag_csv.read(tmp_path / "tags.csv", ImportOptions())
    reader = project_of(batch).reader
    assert [label.name for label in reader.labels()] == ["Cat"]
    assert not reader.tag_groups()[0].multi_label


def test_classes_that_become_one_are_said(tmp_path: Path, project_of: Projects) -> None:
    session = project_of(ImportBatch((), ("DOG",)))
    for name in ("a/1.png", "A/2.png", "dog/3.png"):
        picture(tmp_path / "set" / name)
    done = import_batch(session, imagefolder.read(tmp_path / "set", ImportOptions()))
    assert [label.name for label in session.reader.labels()] == ["DOG", "A"]
    assert [problem.file for problem in done.problems] == ["a"]


def test_nothing_to_write(tmp_path: Path, project_of: Projects) -> None:
    session = project_of(ImportBatch((ImportedImage(picture(tmp_path / "p" / "x.png")),)))
    with pytest.raises(FormatError, match="No image has a tag"):
        imagefolder.write(session.reader, tmp_path / "out")
    with pytest.raises(FormatError, match="No image has a tag"):
        tag_csv.write(session.reader, tmp_path / "out.csv")
