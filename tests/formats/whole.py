"""The formats as tests use them: read or written to the end at once."""

from __future__ import annotations

from pathlib import Path

from studio.domain.imports import ImportBatch
from studio.formats.base import reader_of, writer_of
from studio.formats.contract import ExportReport, ImportOptions, result_of
from studio.storage.reader import Reader


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
