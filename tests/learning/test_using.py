"""A trained model judged and used: evaluation reports and predictions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from studio.domain.facts import ImagesFound
from studio.domain.project import ImageStatus, Split, State
from studio.domain.runs import Task
from studio.editing import actions
from studio.editing.session import Session
from studio.errors import RunError
from studio.learning import evaluate, memory, predictor, trainer
from studio.learning.events import Ended, Evaluated, ImagePredicted, Notice, Progress
from studio.learning.tasks.classify import Classify
from studio.storage import runs
from tests import making
from tests.learning import arrows, scenes


def trained(project: Path, task: Task, **changes: object) -> tuple[int, dict[str, float]]:
    *_, ended = trainer.train(project, scenes.config(task, **changes), scenes.never)
    return runs.read_all(project)[-1].number, dict(ended.metrics)


@pytest.mark.parametrize("task", list(Task))
def test_an_evaluation_repeats_the_metrics_of_the_best_epoch(project, task):
    number, metrics = trained(project, task)
    told = list(evaluate.evaluate(project, number, "val", scenes.never))
    [evaluated] = [event for event in told if isinstance(event, Evaluated)]
    assert evaluated.metrics == pytest.approx(metrics)
    report = json.loads(Path(evaluated.path).read_text())
    names = ["dart"] if task is Task.KEYPOINTS else list(scenes.NAMES)
    assert [row["label"] for row in report["per_class"]][-len(names) :] == names
    keys = {"id", "file", "badness", "truth", "prediction"}
    assert report["images"] and all(image.keys() == keys for image in report["images"])
    if task in (Task.CLASSIFY, Task.SEGMENT):
        size = len(report["confusion"]["labels"])
        assert len(report["confusion"]["matrix"]) == size


def test_another_split_can_be_judged_and_a_missing_one_is_said(project):
    number, _ = trained(project, Task.CLASSIFY)
    *_, ended = evaluate.evaluate(project, number, "train", scenes.never)
    assert ended.state == "finished" and ended.metrics["accuracy"] >= 0.0
    with pytest.raises(RunError, match="no labelled image is in that split"):
        list(evaluate.evaluate(project, number, "test", scenes.never))


def test_only_what_the_run_has_not_seen_is_judged_as_a_test(tmp_path):
    session = scenes.open_project(tmp_path)
    ids = session.reader.image_ids()
    session.apply(actions.mark(_statuses(session, ids[:3]), State.SKIPPED))
    twin, seen = session.reader.image(ids[2]), session.reader.image(ids[5])
    session.record(ImagesFound((replace(twin, quick_hash="x"), replace(seen, quick_hash="x"))))
    number, _ = trained(session.project, Task.DETECT)
    session.apply(actions.assign_split(_statuses(session, ids[3:6]), Split.TEST))
    with pytest.raises(RunError, match="no labelled image is in that split"):
        list(evaluate.evaluate(session.project, number, "test", scenes.never))
    session.apply(actions.mark(_statuses(session, ids[:3]), State.DONE))
    session.apply(actions.assign_split(_statuses(session, ids[:3]), Split.TEST))
    told = list(evaluate.evaluate(session.project, number, "test", scenes.never))
    session.close()
    [notice] = [event for event in told if isinstance(event, Notice)]
    assert str(notice.sentence).startswith("4 image(s) now in test are left out")
    [evaluated] = [event for event in told if isinstance(event, Evaluated)]
    report = json.loads(Path(evaluated.path).read_text())
    assert {image["id"] for image in report["images"]} == set(ids[:2])


def _statuses(session: Session, image_ids: Sequence[int]) -> list[ImageStatus]:
    return [session.reader.status(image_id) for image_id in image_ids]


@pytest.mark.parametrize("task", list(Task))
def test_predictions_come_image_by_image_and_a_broken_file_is_passed_over(project, task):
    number, _ = trained(project, task)
    paths = sorted((project.parent / "pictures").iterdir())[:3]
    broken = project.parent / "broken.png"
    broken.write_bytes(b"nothing")
    paths.insert(1, broken)
    told = list(predictor.predict(project, number, paths, 0.0, scenes.never))
    found = [event.prediction for event in told if isinstance(event, ImagePredicted)]
    assert [Path(each["file"]) for each in found] == [paths[0], paths[2], paths[3]]
    assert all((each["width"], each["height"]) == (64, 64) for each in found)
    [notice] = [event for event in told if isinstance(event, Notice)]
    assert "broken.png" in str(notice.sentence)
    assert [e for e in told if isinstance(e, Progress)][-1].done == 4
    assert isinstance(told[-1], Ended) and told[-1].state == "finished"
    for each in found:
        if task is Task.CLASSIFY:
            assert sum(each["scores"].values()) == pytest.approx(1.0, abs=1e-4)
            continue
        for thing in each["objects"]:
            x, y, width, height = thing["bbox"]
            assert 0 <= x < x + width <= 64 and 0 <= y < y + height <= 64
            assert ("segmentation" in thing) == (task in (Task.INSTANCES, Task.SEGMENT))
            told = [point["name"] for point in thing.get("keypoints", ())]
            assert told == (list(arrows.PLACES) if task is Task.KEYPOINTS else [])


def test_broken_files_at_first_do_not_have_the_rest_looked_at_one_by_one(project, monkeypatch):
    number, _ = trained(project, Task.CLASSIFY)
    folder = project.parent / "pictures"
    for place in range(3):
        (folder / f"+{place}.png").write_bytes(b"nothing")  # before all others
    plain, together = Classify.predict, []

    def predict(self, model, samples, device):
        together.append(len(samples))
        return plain(self, model, samples, device)

    monkeypatch.setattr(Classify, "predict", predict)
    paths = sorted(folder.iterdir())
    list(predictor.predict(project, number, paths, None, scenes.never))
    assert together == [1, 4, 4, 3]


def test_the_threshold_cuts_and_stop_stops(project):
    number, _ = trained(project, Task.SEGMENT)
    paths = sorted((project.parent / "pictures").iterdir())
    told = list(predictor.predict(project, number, paths, 1.0, scenes.never))
    assert all(not e.prediction["objects"] for e in told if isinstance(e, ImagePredicted))
    told = list(predictor.predict(project, number, paths, None, lambda: "stop"))
    assert sum(isinstance(e, ImagePredicted) for e in told) == 1
    assert told[-1].state == "stopped"


def test_fitted_on_the_device_images_are_seen_as_the_readers_fit_them(
    project, tmp_path, monkeypatch
):
    number, _ = trained(project, Task.CLASSIFY)
    sizes = [(90, 70)] * 9 + [(200, 64), (64, 200), (64, 64), (30, 40)]
    paths = [
        making.picture(tmp_path / f"{place:02d}.png", *size, seed=place)
        for place, size in enumerate(sizes)
    ]
    plain, late = ([], [])
    for found in (plain, late):
        told = predictor.predict(project, number, paths, None, scenes.never)
        found += [event.prediction for event in told if isinstance(event, ImagePredicted)]
        monkeypatch.setattr(memory, "is_bounded", lambda device: True)
    assert [each["scores"] for each in late] == [
        pytest.approx(each["scores"], abs=1e-5) for each in plain
    ]


def test_a_run_without_a_model_cannot_predict(project):
    number, folder = runs.allocate(project, Task.DETECT)
    with pytest.raises(RunError, match="holds no trained model"):
        list(predictor.predict(project, number, [], None, scenes.never))
    (folder / runs.MODEL).write_text("{}")
    with pytest.raises(RunError, match="cannot be read"):
        list(evaluate.evaluate(project, number, "val", scenes.never))
