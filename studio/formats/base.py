"""The formats there are, by name."""

from __future__ import annotations

from collections.abc import Mapping

from studio.errors import FormatError, say
from studio.formats.coco.reading import read as read_coco
from studio.formats.coco.writing import write as write_coco
from studio.formats.contract import ExportReport as ExportReport
from studio.formats.contract import Format, ReadFormat, WriteFormat
from studio.formats.contract import ImportOptions as ImportOptions
from studio.formats.cvat.reading import read as read_cvat
from studio.formats.cvat.writing import write as write_cvat
from studio.formats.labelme.reading import read as read_labelme
from studio.formats.labelme.writing import write as write_labelme
from studio.formats.masks.reading import read as read_masks
from studio.formats.masks.writing import write as write_masks
from studio.formats.tags import class_folders, table
from studio.formats.voc.reading import read as read_voc
from studio.formats.voc.writing import write as write_voc
from studio.formats.yolo import writing as yolo
from studio.formats.yolo.reading import read as read_yolo

FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format("coco", say("COCO (boxes, polygons, masks)"), read_coco, write_coco, copies=False),
        Format("yolo", say("YOLO"), read_yolo, yolo.write),
        Format("yolo-detect", say("YOLO detect (boxes)"), None, yolo.write_detect),
        Format("yolo-segment", say("YOLO segment (outlines)"), None, yolo.write_segment),
        Format("yolo-obb", say("YOLO OBB (rotated boxes)"), None, yolo.write_obb),
        Format("yolo-pose", say("YOLO pose (keypoints)"), None, yolo.write_pose),
        Format("labelme", say("labelme, X-AnyLabeling (JSON)"), read_labelme, write_labelme),
        Format("cvat", say("CVAT (XML)"), read_cvat, write_cvat),
        Format("voc", say("Pascal VOC (boxes)"), read_voc, write_voc),
        Format("masks", say("Index masks (PNG)"), read_masks, write_masks),
        Format("imagefolder", say("Folders of classes"), class_folders.read, class_folders.write),
        Format("csv", say("Table of tags (CSV)"), table.read, table.write, copies=False),
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
