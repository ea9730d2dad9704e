"""What a CVAT file says ahead of its images: the classes, and which frames of what there are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from studio.domain.labels import clean_name
from studio.formats.cvat.xml_stream import Node

_WHOLES = ("project", "task", "job")
_STEP = re.compile(r"step\s*=\s*(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Meta:
    """``labels`` in their order, without the places of skeletons.

    ``subset`` is that of a whole task. Its ``size`` frames (0 where nothing is said) are numbered
    from ``start`` in steps of ``step``.
    """

    labels: tuple[str, ...] = ()
    subset: str = ""
    size: int = 0
    start: int = 0
    step: int = 1


def meta_of(node: Node) -> Meta:
    """What ``<meta>`` says about a project, a task or a job."""
    whole = next((child for child in node.children if child.tag in _WHOLES), None)
    if whole is None:
        return Meta()
    labels = whole.child("labels")
    names = (
        clean_name(label.said("name"))
        for label in (labels.children if labels else ())
        if label.tag == "label" and not label.said("parent")
    )
    step = _STEP.search(whole.said("frame_filter"))
    return Meta(
        tuple(dict.fromkeys(filter(None, names))),
        whole.said("subset"),
        _whole_number(whole.said("size")),
        _whole_number(whole.said("start_frame")),
        max(1, int(step[1])) if step else 1,
    )


def _whole_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
