from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from studio.domain.runs import Task
from tests.ui import playing
from tests.ui.workbench import Workbench, workbench

WASHER, SCREW, NUT = "washer", "screw", "nut"


@pytest.fixture
def bench(tmp_path: Path, qapp: object) -> Iterator[Workbench]:
    """Six images and three classes."""
    with workbench(tmp_path, images=6) as made:
        made.add_labels(WASHER, SCREW, NUT)
        yield made


def heads(bench: Workbench) -> list[dict[str, Any]]:
    reader = bench.document.reader
    images = reader.images(reader.image_ids())
    return [
        {"id": i, "file": str(reader.path_of(image)), "width": 64, "height": 48}
        for i, image in images.items()
    ]


@pytest.fixture
def classified(bench: Workbench) -> dict[str, Any]:
    """An evaluation of six images: three washers, one taken for a nut; two screws; a nut."""
    truths = [WASHER, WASHER, WASHER, SCREW, SCREW, NUT]
    found = [NUT, WASHER, WASHER, SCREW, SCREW, NUT]
    badness = [0.9, 0.4, 0.3, 0.2, 0.1, 0.0]
    images = [
        {
            "id": head["id"],
            "file": head["file"],
            "badness": bad,
            "truth": {**head, "scores": {true: 1.0}},
            "prediction": {**head, "scores": {name: 0.8, SCREW: 0.1}},
        }
        for head, true, name, bad in zip(heads(bench), truths, found, badness, strict=True)
    ]
    ids = {label.name: label.id for label in bench.labels}

    def row(label: str, precision: float, recall: float, support: int) -> dict[str, Any]:
        return {
            "label": label, "label_id": ids[label], "support": support,
            "precision": precision, "recall": recall, "f1": (precision + recall) / 2,
        }  # fmt: skip

    return {
        "task": "classify",
        "split": "val",
        "metrics": {"accuracy": 5 / 6, "macro_f1": 0.81},
        "per_class": [row(WASHER, 1.0, 2 / 3, 3), row(SCREW, 1.0, 1.0, 2), row(NUT, 0.5, 1.0, 1)],
        "confusion": {
            "labels": [WASHER, SCREW, NUT],
            "matrix": [[2, 0, 1], [0, 2, 0], [0, 0, 1]],
        },
        "images": images,
    }


@pytest.fixture
def detected(bench: Workbench) -> dict[str, Any]:
    """An evaluation of one image: a washer found well and a nut found badly."""
    head = heads(bench)[0]
    ids = {label.name: label.id for label in bench.labels}

    def thing(name: str, score: float, *bbox: float) -> dict[str, Any]:
        return {"label": name, "label_id": ids[name], "score": score, "bbox": list(bbox)}

    return {
        "task": "detect",
        "split": "val",
        "metrics": {"map50": 0.75, "map": 0.5},
        "per_class": [
            {
                "label": WASHER, "label_id": ids[WASHER], "support": 1, "map": 0.6,
                "map50": 1.0, "precision": 1.0, "recall": 1.0, "f1": 1.0,
            },
            {
                "label": NUT, "label_id": ids[NUT], "support": 0, "map": None,
                "map50": None, "precision": None, "recall": None, "f1": None,
            },
        ],
        "confusion": {},
        "images": [
            {
                "id": head["id"],
                "file": head["file"],
                "badness": 0.5,
                "truth": {**head, "objects": [thing(WASHER, 1.0, 5, 5, 20, 20)]},
                "prediction": {
                    **head,
                    "objects": [thing(WASHER, 0.9, 5, 5, 20, 20), thing(NUT, 0.2, 30, 5, 9, 9)],
                },
            }
        ],
    }  # fmt: skip


Evaluate = Callable[[dict[str, Any]], int]


@pytest.fixture
def evaluated(bench: Workbench) -> Evaluate:
    """Makes a finished run of an evaluation; returns its number."""

    def make(evaluation: dict[str, Any]) -> int:
        project = bench.document.project
        labels = [{"id": e.id, "name": e.name, "color": e.color} for e in bench.labels]
        task = Task(evaluation["task"])
        model = "small_cnn" if task is Task.CLASSIFY else "fasterrcnn_small_cnn_fpn"
        number = playing.finished_run(project, task, model, labels)
        path = project / "runs" / f"{number:04d}-{task}" / "evaluation-val.json"
        path.write_text(json.dumps(evaluation), encoding="utf-8")
        bench.document.announce(bench.document.session.index_runs())
        return number

    return make
