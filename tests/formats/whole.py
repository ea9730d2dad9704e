"""The formats as tests use them: read or written to the end at once."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any, TypeVar

from studio.domain.imports import ImportBatch
from studio.formats.base import reader_of, writer_of
from studio.formats.contract import ExportReport, ImportOptions
from studio.storage.reader import Reader

T = TypeVar("T")


def result_of(steps: Generator[Any, None, T]) -> T:
    """What a reading or writing ends with, for those who do not watch it."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


class Whole:
    """One format by its name."""

    def __init__(self, name: str) -> None:
        self._name = name

    def read(self, source: Path, options: ImportOptions) -> ImportBatch:
        return result_of(reader_of(self._name)(source, options))

    def write(self, reader: Reader, dest: Path) -> ExportReport:
        return result_of(writer_of(self._name)(reader, dest))


coco, imagefolder, tag_csv, voc, mask_png, labelme, cvat = map(
    Whole, ("coco", "imagefolder", "csv", "voc", "masks", "labelme", "cvat")
)
