"""Tags as a table: a line an image and tag, with the columns ``file``, ``label``, ``split``."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from studio.domain.imports import ImportBatch, ImportedImage
from studio.domain.labels import clean_name
from studio.domain.project import Split, State
from studio.errors import FormatError, say
from studio.formats import left_out
from studio.formats.contract import ExportReport, ImportOptions, Progress, Reading, Writing
from studio.formats.finding import (
    ImageIndex,
    Problems,
    Whereabouts,
    located,
    no_images,
    readable,
    split_named,
)
from studio.formats.reading import read_text
from studio.formats.writing import file_names, replacing
from studio.storage.reader import Reader

FILE_NAME = "tags.csv"
COLUMNS = ("file", "label", "split")

_FILE_COLUMNS = (
    "file",
    "filename",
    "file_name",
    "image",
    "image_path",
    "path",
    "image_name",
    "name",
    "id",
)
_LABEL_COLUMNS = ("label", "labels", "class", "class_name", "label_name", "category", "tag", "tags")
_SPLIT_COLUMNS = ("split", "subset", "set")
_LABEL_SEPARATORS = "|;"
_MARK = "\ufeff"
_ENCODING = "utf-8-sig"


def read(source: Path, options: ImportOptions) -> Reading:
    """Read a table with a header line, separated by commas, semicolons or tabs.

    Of a folder that is its only table, or ``tags.csv``.
    Several labels of one image stand in lines of their own, or in one cell with ``|`` or ``;``
    between them. A table of ours (a byte order mark, then exactly its header) has no such cells:
    there both may be part of a name. In ours an empty label says that the image has no tag; in
    others nobody knows.

    Raises:
        FormatError: it cannot be opened, or a column for the file or the label is missing.
    """
    source = _table(located(source))
    text = read_text(source)
    rows = _rows(source, text.removeprefix(_MARK))
    is_ours = _is_ours(text.partition("\n")[0])
    separators = "" if is_ours else _LABEL_SEPARATORS
    file_column, label_column, split_column = _columns(source, rows)
    folders = (options.images,) if options.images else (source.parent,)
    index = ImageIndex(folders, options.also_in)
    problems = Problems(source.parent)
    tags: dict[Path, dict[str, None]] = {}
    splits: dict[Path, Split | None] = {}
    for number, row in enumerate(rows[1:], start=2):
        yield Progress(number, len(rows))
        name = _cell(row, file_column)
        if not name:
            continue
        split = split_named(_cell(row, split_column))
        path = index.find(name, Whereabouts(rather=split))
        if path is None:
            problems.add(source, f"line {number}", say("{name} was not found", name=name))
            continue
        labels = _labels(_cell(row, label_column), separators)
        tags.setdefault(path, {}).update(dict.fromkeys(labels))
        splits[path] = options.split or split or splits.get(path)
    images = tuple(
        ImportedImage(path, tuple(found), split=splits[path], tags_done=bool(found) or is_ours)
        for path, found in tags.items()
    )
    if not images:
        raise no_images(source, folders[0])
    used = dict.fromkeys(label for image in images for label in image.tags)
    return ImportBatch(images, tuple(used), tuple(problems.found))


def _table(source: Path) -> Path:
    if not source.is_dir():
        return source
    tables = sorted(path for path in source.iterdir() if path.suffix.lower() == ".csv")
    if len(tables) != 1 and source / FILE_NAME not in tables:
        raise FormatError(
            "There are {count} tables (.csv) in {folder}; say which one it is.",
            count=len(tables),
            folder=readable(str(source)),
        )
    return tables[0] if len(tables) == 1 else source / FILE_NAME


def _rows(source: Path, text: str) -> list[list[str]]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if row]
    except csv.Error as error:
        raise FormatError(
            "{file} is not a table: {reason}.", file=readable(str(source)), reason=error
        ) from error


def _columns(source: Path, rows: list[list[str]]) -> tuple[int, int, int | None]:
    """Where the header line has the file, the label and, if anywhere, the split."""
    header = [cell.strip().casefold() for cell in rows[0]] if rows else []
    file_column = _column(header, _FILE_COLUMNS)
    label_column = _column(header, _LABEL_COLUMNS)
    if file_column is None or label_column is None:
        raise FormatError(
            'The first line of {file} must name the columns, among them "file" and "label".',
            file=readable(str(source)),
        )
    return file_column, label_column, _column(header, _SPLIT_COLUMNS)


def _column(header: list[str], names: tuple[str, ...]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def _cell(row: list[str], column: int | None) -> str:
    return row[column].strip() if column is not None and column < len(row) else ""


def _labels(cell: str, separators: str) -> list[str]:
    for separator in separators:
        cell = cell.replace(separator, "\n")
    return [name for part in cell.split("\n") if (name := clean_name(part))]


def write(reader: Reader, dest: Path) -> Writing:
    """Write every tag to ``dest``, or to ``tags.csv`` in the folder ``dest``.

    An image that is done without any tag has an empty label. Files are called as in
    ``file_names``. UTF-8 with a byte order mark, so that spreadsheets read the names.

    Raises:
        FormatError: nothing is tagged, the file cannot be written, or there is one that no
            export of ours wrote.
    """
    path = dest if dest.suffix.lower() == ".csv" else dest / FILE_NAME
    told = [each for each in reader.annotated() if each.tags or each.status.tags is State.DONE]
    if not any(each.tags for each in told):
        raise FormatError("No image has a tag yet, so there is no table to export.")
    names = {label.id: label.name for label in reader.labels()}
    files = file_names(reader, told)
    with replacing(path, _is_ours, _ENCODING) as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for number, (each, file_name) in enumerate(zip(told, files, strict=True), start=1):
            yield Progress(number, len(told))
            tags = {tag.label for tag in each.tags}
            tagged = [name for label, name in names.items() if label in tags]
            for name in tagged or [""]:
                table.writerow((file_name, name, each.split or ""))
    return ExportReport((path,), len(told), tuple(left_out.shapes(path, reader)))


def _is_ours(line: str) -> bool:
    """Whether the first line, with its byte order mark, is that of our exports."""
    return line.rstrip("\r\n") == _MARK + ",".join(COLUMNS)
