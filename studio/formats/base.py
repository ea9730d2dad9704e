"""The formats there are, by name."""

from __future__ import annotations

from collections.abc import Mapping

from studio.errors import FormatError, say
from studio.formats import (
    coco,
    cvat,
    imagefolder,
    labelme,
    mask_png,
    mask_writing,
    tag_csv,
    voc,
    voc_writing,
    yolo,
    yolo_writing,
)
from studio.formats.contract import ExportReport as ExportReport
from studio.formats.contract import Format, ReadFormat, WriteFormat
from studio.formats.contract import ImportOptions as ImportOptions

FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format("coco", say("COCO (boxes, polygons, masks)"), coco.read, coco.write, copies=False),
        Format("labelme", say("labelme, X-AnyLabeling (JSON)"), labelme.read, labelme.write),
        Format("yolo", say("YOLO"), yolo.read, yolo_writing.write),
        Format("yolo-detect", say("YOLO detect (boxes)"), None, yolo_writing.write_detect),
        Format("yolo-segment", say("YOLO segment (outlines)"), None, yolo_writing.write_segment),
        Format("yolo-obb", say("YOLO OBB (rotated boxes)"), None, yolo_writing.write_obb),
        Format("yolo-pose", say("YOLO pose (keypoints)"), None, yolo_writing.write_pose),
        Format("cvat", say("CVAT (XML)"), cvat.read, cvat.write),
        Format("voc", say("Pascal VOC (boxes)"), voc.read, voc_writing.write),
        Format("masks", say("Index masks (PNG)"), mask_png.read, mask_writing.write),
        Format("imagefolder", say("Folders of classes"), imagefolder.read, imagefolder.write),
        Format("csv", say("Table of tags (CSV)"), tag_csv.read, tag_csv.write, copies=False),
    )
}
"""In the order of menus and help."""


def reader_of(name: str) -> ReadFormat:
    """How to read the format called ``name``.

    Raises:
        FormatError: there is no such format, or it can only be written.
    """
    found = FORMATS.get(name)
    if found is None or found.read is None:
        known = ", ".join(each.name for each in FORMATS.values() if each.read)
        raise FormatError("Cannot import {name}; choose one of {known}.", name=name, known=known)
    return found.read


def writer_of(name: str) -> WriteFormat:
    """How to write the format called ``name``.

    Raises:
        FormatError: there is no such format, or it can only be read.
    """
    found = FORMATS.get(name)
    if found is None or found.write is None:
        known = ", ".join(each.name for each in FORMATS.values() if each.write)
        raise FormatError("Cannot export {name}; choose one of {known}.", name=name, known=known)
    return found.write
