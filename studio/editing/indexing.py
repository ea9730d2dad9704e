"""Bringing a project's list of runs in line with the folders on disk."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

from studio.domain.facts import Fact, ProposalsGone, RunGone, RunsSeen, SplitsDrawn
from studio.domain.project import Split
from studio.storage import runs
from studio.storage.folder import runs_folder
from studio.storage.reader import Reader

PART = 2000
"""So many rows are written at a time, some 10 ms: whoever draws meanwhile waits no longer."""

T = TypeVar("T")


def steps(reader: Reader) -> Iterator[tuple[Fact, ...]]:
    """What to record, one transaction after the other.

    The runs themselves come last, so that what was cut short is begun again the next time. The
    splits that a run drew become sticky for images that had none.
    """
    known = {run.number: run for run in reader.runs()}
    found = {run.number: run for run in runs.read_all(reader.project)}
    for number in found.keys() - known.keys():
        splits = _drawn_splits(runs_folder(reader.project) / found[number].folder)
        for part in _parts(list(splits.items())):
            yield (SplitsDrawn(dict(part)),)
    for number, before in known.items():
        if number not in found or not found[number].has_model_of(before):
            for part in _parts(reader.undecided_ids(number)):
                yield (ProposalsGone(number, tuple(part)),)
    facts: list[Fact] = [RunGone(number) for number in known.keys() - found.keys()]
    changed = tuple(run for number, run in found.items() if known.get(number) != run)
    if changed:
        facts.append(RunsSeen(changed))
    if facts:
        yield tuple(facts)


def _parts(rows: Sequence[T]) -> Iterator[list[T]]:
    left = iter(rows)
    while part := list(islice(left, PART)):
        yield part


def _drawn_splits(run_folder: Path) -> dict[int, Split]:
    """The split of each image in a run's frozen data set."""
    try:
        dataset = json.loads((run_folder / runs.DATASET).read_text(encoding="utf-8"))
        return {int(item["id"]): Split(item["split"]) for item in dataset["images"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
