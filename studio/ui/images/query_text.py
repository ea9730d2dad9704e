"""What each search term means, in the user's language: for the help and beside candidates."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from studio.domain.completing import Candidate
from studio.domain.project import Split
from studio.ui.wording import names


@dataclass(frozen=True, slots=True)
class Explained:
    """One term: how it begins, an example, and what it finds."""

    term: str
    example: str
    meaning: str


def explained() -> tuple[Explained, ...]:
    """Every term of the search language, in the order of the help."""
    tr = QCoreApplication.translate
    return (
        Explained("", "bolt", tr("Query", "name or folder contains this text")),
        Explained("", "/img_\\d+/", tr("Query", "name or folder matches a regular expression")),
        Explained("class:", 'class:"big bolt"', tr("Query", "has this class, as a tag or a shape")),
        Explained("no:", "no:person", tr("Query", "does not have this class")),
        Explained("tag:", "tag:day", tr("Query", "has this tag")),
        Explained("state:", "state:new", tr("Query", "state: new, in_progress, done or skipped")),
        Explained("split:", "split:val", tr("Query", "split: train, val, test or none")),
        Explained("shapes>", "shapes>20", tr("Query", "number of shapes (also <, <=, >=, =)")),
        Explained("area<", "area<32", tr("Query", "has an object of this area in square pixels")),
        Explained("aspect<", "aspect<0.5", tr("Query", "has an object of this width to height")),
        Explained("at:", "at:50,20", tr("Query", "has an object here: % across, % down")),
        Explained("score<", "score<0.5", tr("Query", "has a prediction of this score, 0 to 1")),
        Explained("loss>", "loss>0.5", tr("Query", "the newest model is this wrong on it, 0 to 1")),
        Explained("run:", "run:7", tr("Query", "has predictions of this run to review")),
        Explained("predicted", "predicted", tr("Query", "has predictions to review")),
        Explained("labelled", "labelled", tr("Query", "has a tag or a shape")),
        Explained("problem", "problem", tr("Query", "the file cannot be shown")),
        Explained("missing", "missing", tr("Query", "the file is not where it was")),
        Explained("note", "note", tr("Query", "has a note")),
        Explained("note:", "note:blurred", tr("Query", "its note contains this text")),
        Explained("size>", "size>2mp", tr("Query", "pixels of the image (k, mp)")),
        Explained("width>", "width>1000", tr("Query", "width in pixels")),
        Explained("height>", "height<=600", tr("Query", "height in pixels")),
        Explained("", "-class:car", tr("Query", "a minus sign reverses any term")),
    )


def meaning_of(candidate: Candidate) -> str:
    """What stands beside a candidate, "" where it speaks for itself."""
    tr = QCoreApplication.translate
    values = {
        "new": tr("Query", "New"),
        "in_progress": tr("Query", "In progress"),
        "done": tr("Query", "Done"),
        "skipped": tr("Query", "Skipped"),
        **{split: names.split_name(split) for split in Split},
        "none": tr("Query", "No split yet"),
    }
    if candidate.key:
        return values.get(candidate.text, "") if candidate.key in ("state", "split") else ""
    return next((each.meaning for each in explained() if each.term == candidate.text), "")
