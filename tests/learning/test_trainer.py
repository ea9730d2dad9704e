"""Training end to end on drawn scenes: learning, stopping, going on, and surviving trouble."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from studio.domain.project import Split
from studio.domain.runs import RunState, Task
from studio.errors import ConfigError, NotEnoughLabels, RunError, Sentence
from studio.learning import checkpoint, evaluate, events, registry, snapshot, spec, trainer
from studio.learning.averaging import WeightAverage
from studio.learning.config import read_config
from studio.learning.events import (
    Ended,
    EpochEnded,
    Event,
    Notice,
    Progress,
    RunStarted,
    SamplesDrawn,
    StepDone,
)
from studio.learning.tasks.classify import Classify
from studio.learning.tasks.segment import Segment
from studio.storage import losses, runs
from tests.learning import scenes


def train(project: Path, task: Task, stop=scenes.never, **changes: object) -> list[Event]:
    return list(trainer.train(project, scenes.config(task, **changes), stop))


def folder_of(told: list[Event]) -> Path:
    [started] = of(told, RunStarted)
    return Path(started.folder)


def of(told: list[Event], kind: type) -> list:
    return [event for event in told if isinstance(event, kind)]


def stopper(word: str, after: int) -> Callable[[], str]:
    """Says ``word`` from the ``after``-th question on."""
    asked = 0

    def should_stop() -> str:
        nonlocal asked
        asked += 1
        return word if asked > after else ""

    return should_stop


@pytest.mark.parametrize(
    ("task", "metric", "epochs", "least"),
    [(Task.CLASSIFY, "accuracy", 4, 0.99), (Task.SEGMENT, "miou", 5, 0.8)],
)
def test_a_handful_of_scenes_is_learned(project, task, metric, epochs, least):
    told = train(project, task, epochs=epochs)
    ended = told[-1]
    assert isinstance(ended, Ended) and ended.state == "finished"
    assert ended.metrics[metric] >= least
    assert of(told, StepDone)[-1].loss < of(told, StepDone)[0].loss / 1.5


@pytest.mark.parametrize("task", [Task.DETECT, Task.INSTANCES])
def test_detectors_learn_the_same_scenes(project, task):
    told = train(project, task, epochs=6)
    first, *_, last = of(told, EpochEnded)
    assert last.train_loss < first.train_loss / 2
    assert last.val_loss is not None and first.val_loss is not None
    assert last.val_loss < first.val_loss
    names = {"map", "map50"} | ({"mask_map", "mask_map50"} if task is Task.INSTANCES else set())
    assert last.metrics.keys() == names


def test_a_run_leaves_its_whole_truth_in_its_folder(project):
    told = train(project, Task.CLASSIFY)
    folder = folder_of(told)
    run = runs.read(folder)
    assert run is not None and run.state is RunState.FINISHED and run.epochs == 2
    assert run.metrics == of(told, Ended)[0].metrics
    logged = [events.loads(line) for line in (folder / runs.EVENTS).read_text().splitlines()]
    assert of(logged, RunStarted) == of(told, RunStarted) and isinstance(logged[-1], Ended)
    assert of(logged, Notice) == of(told, Notice) != []
    assert of(told, Progress) and not of(logged, Progress), "but a line for every image judged"
    assert [type(e) for e in logged if isinstance(e, EpochEnded)] == [EpochEnded, EpochEnded]
    described = spec.read(folder)
    assert [label.name for label in described.labels] == list(scenes.NAMES)
    samples = json.loads((folder / of(told, SamplesDrawn)[-1].path).read_text())
    assert {"file", "width", "height", "scores"} <= samples[0].keys()
    report = json.loads((folder / "evaluation-val.json").read_text())
    assert len(report["images"]) == len(snapshot.read(folder).of(Split.VAL))
    badness = [image["badness"] for image in report["images"]]
    assert badness == sorted(badness, reverse=True)
    kept = losses.newest(folder.parent.parent)
    assert kept == {image["id"]: image["badness"] for image in report["images"]}


def test_the_same_seed_learns_the_same(project):
    first, second = (
        [step.loss for step in of(train(project, Task.CLASSIFY), StepDone)] for _ in range(2)
    )
    assert first == second


def test_stop_keeps_a_model_that_loads(project):
    told = train(project, Task.CLASSIFY, stop=stopper("stop", after=4), epochs=50)
    assert told[-1].state == "stopped"
    folder = folder_of(told)
    config = read_config(folder)
    model, _ = registry.build(config, 2, pretrained=False)
    checkpoint.load_best(folder, model)
    run = runs.read(folder)
    assert run is not None and run.state is RunState.STOPPED and run.state.resumable


def test_discard_deletes_the_run(project):
    told = train(project, Task.CLASSIFY, stop=stopper("discard", after=4), epochs=50)
    assert told[-1].state == "discarded"
    assert not folder_of(told).exists() and runs.read_all(project) == ()


@pytest.mark.parametrize("task", list(Task))
@pytest.mark.parametrize("after", [4])
def test_a_run_paused_and_resumed_equals_one_that_never_stopped(project, task, after):
    whole = train(project, task)
    before = train(project, task, stop=stopper("pause", after))
    assert before[-1].state == "paused"
    folder = folder_of(before)
    rest = list(trainer.resume(project, runs.read(folder).number, scenes.never))
    assert of(rest, RunStarted)[0].resumed_epoch >= 1
    assert rest[-1].metrics == whole[-1].metrics
    losses = [step.loss for step in (*of(before, StepDone), *of(rest, StepDone))]
    assert losses == [step.loss for step in of(whole, StepDone)]
    expected, found = (load_file(f / runs.BEST) for f in (folder_of(whole), folder))
    assert all(torch.equal(expected[name], found[name]) for name in expected)


def test_a_run_whose_process_died_goes_on_from_its_last_epoch(project):
    whole = train(project, Task.CLASSIFY, epochs=3)
    dying = trainer.train(project, scenes.config(Task.CLASSIFY, epochs=3), scenes.never)
    for event in dying:
        if isinstance(event, StepDone) and event.epoch == 2:
            dying.close()
            break
    run = runs.read_all(project)[-1]
    assert run.state is RunState.INTERRUPTED and run.epochs == 1
    rest = list(trainer.resume(project, run.number, scenes.never))
    assert [e.epoch for e in of(rest, EpochEnded)] == [2, 3]
    assert rest[-1].metrics == whole[-1].metrics
    assert of(rest, EpochEnded)[-1].train_loss == of(whole, EpochEnded)[-1].train_loss


def test_short_epochs_without_gain_are_not_all_saved_where_that_takes_long(project, monkeypatch):
    """And what is not is learned again, the same."""
    plain, saved = checkpoint.save_state, []

    def save_state(folder, state):
        saved.append(state["position"]["epoch"])
        plain(folder, state)

    def no_gain(self, metrics, loss):
        return 0.5, -1.0

    monkeypatch.setattr(Classify, "rank", no_gain)
    monkeypatch.setattr(checkpoint, "save_state", save_state)
    monkeypatch.setattr(trainer, "LITTLE_S", 60.0)
    whole = train(project, Task.CLASSIFY, epochs=4)
    assert saved == [1, 2, 3, 4, 5]
    saved.clear()
    monkeypatch.setattr(trainer, "LITTLE_S", 0.0)
    monkeypatch.setattr(trainer, "SAVING_PART", 1e-9)
    told: list[Event] = []
    run = trainer.train(project, scenes.config(Task.CLASSIFY, epochs=4), scenes.never)
    while sum(isinstance(event, EpochEnded) for event in told) < 3:
        told.append(next(run))
    run.close()  # as if the process had been killed
    assert saved == [1, 2], "before the first step, and the first epoch, which was the best"
    rest = list(trainer.resume(project, runs.read_all(project)[-1].number, scenes.never))
    assert of(rest, RunStarted)[0].resumed_epoch == 2
    assert [e.train_loss for e in of(rest, EpochEnded)] == (
        [e.train_loss for e in of(whole, EpochEnded)][1:]
    )


def test_a_run_that_goes_on_is_at_work_from_its_first_event_on(project):
    folder = folder_of(train(project, Task.CLASSIFY, stop=stopper("pause", after=4)))
    finished = folder_of(train(project, Task.CLASSIFY, epochs=1))
    numbers = [runs.read(each).number for each in (folder, finished)]
    resumed = trainer.resume(project, numbers[0], scenes.never)
    extended = trainer.extend(project, numbers[1], 1, scenes.never)
    for path, told in ((folder, resumed), (finished, extended)):
        assert any(isinstance(event, RunStarted) for event in told)  # it stops at the first
        assert runs.read(path).state is RunState.RUNNING
        told.close()
        assert runs.read(path).state is RunState.INTERRUPTED
        assert list(trainer.resume(project, runs.read(path).number, scenes.never))


def test_a_finished_run_is_not_resumed(project):
    number = of(train(project, Task.CLASSIFY, epochs=1), RunStarted)[0].run
    with pytest.raises(RunError, match="it is finished"):
        list(trainer.resume(project, number, scenes.never))
    with pytest.raises(RunError, match="no run 99"):
        list(trainer.resume(project, 99, scenes.never))


def test_a_run_without_its_record_is_told_in_a_sentence(project):
    folder = folder_of(train(project, Task.CLASSIFY, epochs=1))
    (folder / runs.RECORD).write_text("{")
    for goes_on in (
        trainer.resume(project, 1, scenes.never),
        trainer.extend(project, 1, 1, scenes.never),
    ):
        with pytest.raises(RunError, match="record of run 0001-classify is missing or damaged"):
            list(goes_on)


def test_a_finished_run_is_trained_for_longer(project):
    told = train(project, Task.CLASSIFY)
    number, folder = of(told, RunStarted)[0].run, folder_of(told)
    more = list(trainer.extend(project, number, 2, scenes.never))
    assert [ended.epoch for ended in of(more, EpochEnded)] == [3, 4]
    rates = [step.lr for step in of(more, StepDone)]
    config = read_config(folder)
    assert config.epochs == 4 and max(rates) > 0.9 * config.lr > rates[-1], "it falls once more"
    assert more[-1].state == "finished"
    run = runs.read(folder)
    assert run is not None and run.epochs == 4
    epochs = (*of(told, EpochEnded), *of(more, EpochEnded))
    assert run.best_epoch == max(each.epoch for each in epochs if each.best)
    assert run.metrics["accuracy"] >= told[-1].metrics["accuracy"], "the best is never lost"


def test_an_epoch_whose_validation_loss_is_no_number_is_not_the_best_for_good(project, monkeypatch):
    losses_told = iter([float("nan"), 0.7, 0.8])
    monkeypatch.setattr(Classify, "rank", lambda *_: (0.5, -next(losses_told)))
    told = train(project, Task.CLASSIFY, epochs=3)
    assert [epoch.best for epoch in of(told, EpochEnded)] == [True, True, False]
    assert [epoch.epochs_without_improvement for epoch in of(told, EpochEnded)] == [0, 0, 1]


@pytest.mark.parametrize(
    "wrong",
    [{"epoch": "2"}, {"epoch": 2.5}, {"best": 0.5}, {"best_metrics": {"accuracy": "1"}}, []],
)
def test_a_position_of_other_kinds_is_told_in_a_sentence(project, wrong):
    folder = folder_of(train(project, Task.CLASSIFY, epochs=1))
    path = folder / runs.POSITION
    known = json.loads(path.read_text(encoding="utf-8"))
    runs.write_json(path, known | wrong if wrong else wrong)
    with pytest.raises(RunError, match="cannot be trained for longer; start a new one"):
        list(trainer.extend(project, 1, 1, scenes.never))


def test_what_was_measured_of_the_model_before_is_not_said_of_the_better_one(project):
    folder = folder_of(train(project, Task.CLASSIFY, epochs=1, lr=1e-4))
    for split in ("train", "val"):
        list(evaluate.evaluate(project, 1, split, scenes.never))
    before = load_file(folder / runs.BEST)
    reports = {"evaluation-train.json", "losses-train.json"}
    assert reports <= {path.name for path in folder.iterdir()}
    list(trainer.extend(project, 1, 3, scenes.never))
    after = load_file(folder / runs.BEST)
    assert not all(torch.equal(before[name], after[name]) for name in before)
    assert not reports & {path.name for path in folder.iterdir()}
    said = json.loads((folder / "evaluation-val.json").read_text(encoding="utf-8"))["metrics"]
    assert said == pytest.approx(dict(runs.read(folder).metrics))


def test_what_is_trained_for_longer_can_be_paused_too(project):
    numbers = [of(train(project, Task.CLASSIFY), RunStarted)[0].run for _ in range(2)]
    whole = list(trainer.extend(project, numbers[0], 2, scenes.never))
    part = list(trainer.extend(project, numbers[1], 2, stopper("pause", after=3)))
    assert part[-1].state == "paused"
    with pytest.raises(RunError, match="cannot be trained for longer: it is paused"):
        list(trainer.extend(project, numbers[1], 2, scenes.never))
    rest = list(trainer.resume(project, numbers[1], scenes.never))
    losses = [step.loss for step in (*of(part, StepDone), *of(rest, StepDone))]
    assert losses == [step.loss for step in of(whole, StepDone)]
    assert rest[-1].metrics == whole[-1].metrics


def test_memory_that_runs_out_halves_the_micro_batch(project, monkeypatch):
    plain = Segment.loss
    sizes: list[int] = []

    def loss(self, model, samples, device):
        sizes.append(len(samples))
        if len(samples) > 1:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
        return plain(self, model, samples, device)

    monkeypatch.setattr(Segment, "loss", loss)
    told = train(project, Task.SEGMENT, epochs=1, batch_size=3)
    assert told[-1].state == "finished"
    images = of(told, RunStarted)[0].train_images
    assert sizes == [3, 2] + [1] * images
    warnings = [notice for notice in of(told, Notice) if notice.level == "warning"]
    assert [str(notice.sentence)[:50] for notice in warnings] == [
        "The memory is full: working on 2 image(s) at a tim",
        "The memory is full: working on 1 image(s) at a tim",
    ]


def test_accumulating_learns_what_the_whole_batch_learns(project):
    whole, parts = (
        [step.loss for step in of(train(project, Task.CLASSIFY, **size), StepDone)]
        for size in ({}, {"micro_batch": 2})
    )
    assert parts[0] == pytest.approx(whole[0], rel=0.2)


def test_one_image_too_many_for_the_memory_is_said_so(project, monkeypatch):
    def loss(self, model, samples, device):
        raise torch.OutOfMemoryError("CUDA out of memory.")

    monkeypatch.setattr(Classify, "loss", loss)
    with pytest.raises(RunError, match="One image of 32 pixels is too much for the memory"):
        train(project, Task.CLASSIFY, batch_size=1)
    run = runs.read_all(project)[-1]
    assert run.state is RunState.FAILED and "smaller image size" in run.note


@pytest.mark.parametrize("where", ["loss", "judge"])
def test_an_image_too_large_for_the_memory_is_learned_from_smaller(project, monkeypatch, where):
    plain = getattr(Segment, where)
    sizes: list[int] = []

    def of_small_images(self, model, samples, device):
        sizes.append(max(samples[0].image.shape[-2:]))
        if sizes[-1] > 64 and (where == "judge" or len(sizes) > 4):
            raise torch.OutOfMemoryError("CUDA out of memory.")
        return plain(self, model, samples, device)

    monkeypatch.setattr(Segment, where, of_small_images)
    told = train(project, Task.SEGMENT, epochs=2, batch_size=1, image_size=96)
    assert told[-1].state == "finished"
    assert sizes[0] == 96 and sizes[-1] == 64
    [warning] = [notice for notice in of(told, Notice) if notice.level == "warning"]
    assert "One image of 96 pixels is too much" in str(warning.sentence)
    assert "images of 64 pixels" in str(warning.sentence)
    assert [ended.epoch for ended in of(told, EpochEnded)] == [1, 2]
    folder = folder_of(told)
    assert spec.read(folder).config.image_size == 64
    assert read_config(folder).image_size == 64


def test_a_model_whose_layers_depend_on_the_size_is_not_built_smaller(project, monkeypatch):
    plain = registry.build

    def build(config, *others, **options):
        model, report = plain(config, *others, **options)
        model.places = torch.nn.Parameter(torch.zeros(config.image_size))
        return model, report

    def loss(self, model, samples, device):
        raise torch.OutOfMemoryError("CUDA out of memory.")

    monkeypatch.setattr(registry, "build", build)
    monkeypatch.setattr(Segment, "loss", loss)
    with pytest.raises(RunError, match="One image of 96 pixels is too much"):
        train(project, Task.SEGMENT, batch_size=1, image_size=96)


def test_memory_that_always_runs_out_in_the_optimizer_ends_the_run(project, monkeypatch):
    def step(self, *_: object):
        raise torch.OutOfMemoryError("CUDA out of memory.")

    monkeypatch.setattr(torch.optim.AdamW, "step", step)
    with pytest.raises(RunError, match="too much for the memory"):
        train(project, Task.CLASSIFY, optimizer="adamw")
    assert runs.read_all(project)[-1].state is RunState.FAILED


@pytest.mark.parametrize("error", [MemoryError(), torch.OutOfMemoryError("CUDA out of memory.")])
def test_validation_halves_its_batch_and_says_when_one_image_is_too_many(
    project, monkeypatch, error
):
    plain, most = Classify.judge, 1
    sizes: list[int] = []

    def judge(self, model, samples, device):
        sizes.append(len(samples))
        if len(samples) > most:
            raise error
        return plain(self, model, samples, device)

    monkeypatch.setattr(Classify, "judge", judge)
    assert train(project, Task.CLASSIFY, epochs=1)[-1].state == "finished"
    assert sizes[0] > 1 and sizes[-1] == 1
    most = 0
    with pytest.raises(RunError, match="One image of 32 pixels is too much for the memory"):
        train(project, Task.CLASSIFY, epochs=1)


def test_a_damaged_checkpoint_is_said_to_be_damaged(project):
    told = train(project, Task.CLASSIFY, stop=stopper("pause", after=4))
    number, path = of(told, RunStarted)[0].run, folder_of(told) / runs.RESUME / checkpoint.STATE
    state = checkpoint.load_state(folder_of(told))
    wrong = [
        {"model": state["model"]},
        state | {"position": {"wheels": 4}},
        state | {"optimizer": None},
        [],
    ]
    for value in wrong:
        torch.save(value, path)
        with pytest.raises(RunError, match="is damaged; start a new run"):
            list(trainer.resume(project, number, scenes.never))
    for _ in range(5):
        path.write_bytes(torch.randint(256, (5000,)).to(torch.uint8).numpy().tobytes())
        with pytest.raises(RunError, match="is damaged; start a new run"):
            list(trainer.resume(project, number, scenes.never))
    torch.save(state, path)
    assert list(trainer.resume(project, number, scenes.never))[-1].state == "finished"


def test_a_file_that_somebody_reads_is_replaced_a_moment_later(tmp_path, monkeypatch):
    """As on Windows, where a reader's open file cannot be replaced."""
    plain, refused = Path.replace, []

    def replace(self, target):
        if len(refused) < 3:
            refused.append(target)
            raise PermissionError(13, "Access is denied")
        return plain(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    runs.write_json(tmp_path / "a.json", [1])
    assert json.loads((tmp_path / "a.json").read_text()) == [1] and len(refused) == 3
    monkeypatch.setattr(runs, "PATIENCE_S", 0.0)
    refused.clear()
    with pytest.raises(PermissionError):
        runs.write_json(tmp_path / "a.json", [2])
    assert json.loads((tmp_path / "a.json").read_text()) == [1]


def test_a_loss_that_is_no_number_ends_the_run_with_a_sentence(project):
    away = {"lr": 10, "weight_decay": 1, "optimizer": "sgd", "clip_norm": 0, "warmup_steps": 0}
    with pytest.raises(RunError, match=r"4 times.*lower learning rate than 1\.25"):
        train(project, Task.SEGMENT, **away, epochs=60, patience=60)
    assert runs.read_all(project)[-1].state is RunState.FAILED


def test_gradients_that_overflow_in_every_step_are_no_training(project, monkeypatch):
    """In fp16 a step that overflows is left out and the next loss enlarged less, without end."""
    plain = trainer.accelerator_for

    def in_halves(config):
        accelerator = plain(config)
        accelerator.scaler = torch.amp.GradScaler("cpu", init_scale=2.0**9)
        accelerator.state._mixed_precision = "fp16"
        accelerator.native_amp = True
        return accelerator

    def overflowing(self, model, samples, device):
        weights = next(model.parameters()).float()
        return (weights * weights.detach() * 0).sum().sqrt() + 1.0  # a slope that is no number

    monkeypatch.setattr(trainer, "accelerator_for", in_halves)
    told = train(project, Task.CLASSIFY, epochs=1)
    assert told[-1].state == "finished", "what does not overflow is learned"
    monkeypatch.setattr(Classify, "loss", overflowing)
    with pytest.raises(RunError, match=r"Training ran away .* 4 times"):
        train(project, Task.CLASSIFY, epochs=20, patience=0)


def test_a_run_that_runs_away_goes_back_and_on_with_half_the_rate(project, monkeypatch):
    plain, asked = Classify.loss, 0

    def loss(self, model, samples, device):
        nonlocal asked
        asked += 1
        value = plain(self, model, samples, device)
        return value * float("nan") if asked == 6 else value

    monkeypatch.setattr(Classify, "loss", loss)
    told = train(project, Task.CLASSIFY, epochs=3, stop=stopper("pause", after=14))
    [warning] = [notice for notice in of(told, Notice) if notice.level == "warning"]
    config = read_config(folder_of(told))
    assert f"half the learning rate, {config.lr / 2:g}" in str(warning.sentence)
    steps = of(told, StepDone)
    numbers = [step.step for step in steps]
    back = next(i for i, (a, b) in enumerate(pairwise(numbers), 1) if b <= a)
    assert steps[back].lr == pytest.approx(
        next(s.lr for s in steps if s.step == steps[back].step) / 2
    )
    position = checkpoint.load_state(folder_of(told))["position"]
    assert (position["rollbacks"], position["lr_part"]) == (1, 0.5), "a resumed run remembers"


def test_an_image_that_breaks_later_is_named_once_and_skipped(project):
    pictures = project.parent / "pictures"
    running = trainer.train(project, scenes.config(Task.CLASSIFY, epochs=3), scenes.never)
    told: list[Event] = []
    for event in running:
        told.append(event)
        if isinstance(event, RunStarted):
            frozen = snapshot.read(Path(event.folder))
            victim = Path(frozen.of(Split.TRAIN)[0].path)
            victim.write_bytes(victim.read_bytes()[:200])
    assert told[-1].state == "finished" and pictures in victim.parents
    assert sum(victim.name in str(notice.sentence) for notice in of(told, Notice)) == 1


def test_images_that_are_gone_end_a_run_that_can_go_on_when_they_are_back(project):
    pictures, away = project.parent / "pictures", project.parent / "away"
    running = trainer.train(project, scenes.config(Task.CLASSIFY, epochs=4), scenes.never)
    told = [next(running)]
    while not of(told, EpochEnded):
        told.append(next(running))
    pictures.rename(away)
    with pytest.raises(RunError, match=r"can no longer be read.*continue the run"):
        told.extend(running)
    run = runs.read_all(project)[-1]
    assert run.state is RunState.FAILED and run.state.resumable
    away.rename(pictures)
    assert list(trainer.resume(project, run.number, scenes.never))[-1].state == "finished"


def not_connected(path: Path) -> bool:
    """What ``Path.exists`` does where a network drive has gone."""
    raise OSError(errno.ENOTCONN, "Transport endpoint is not connected", str(path))


@pytest.mark.parametrize("on_network", [False, True])
def test_images_that_go_while_they_are_judged_do_not_make_the_best_epoch(
    tmp_path, monkeypatch, on_network
):
    project = scenes.project(tmp_path, 40)
    pictures, away = tmp_path / "pictures", tmp_path / "away"
    running = trainer.train(project, scenes.config(Task.CLASSIFY, epochs=2), scenes.never)
    told = [next(running)]
    while not (isinstance(told[-1], Progress) and told[-1].phase == "evaluate"):
        told.append(next(running))
    pictures.rename(away)
    with monkeypatch.context() as unplugged:
        if on_network:
            unplugged.setattr(Path, "exists", not_connected)
        with pytest.raises(RunError, match=r"can no longer be read.*continue the run"):
            told.extend(running)
    assert not of(told, EpochEnded)
    away.rename(pictures)
    rest = list(trainer.resume(project, 1, scenes.never))
    assert [ended.epoch for ended in of(rest, EpochEnded)] == [1, 2]


@pytest.mark.parametrize("text", ["[]", "{}", '{"task": "fly", "model": "m"}', '{"task": '])
def test_damaged_settings_are_said_to_be_damaged(project, text):
    folder = folder_of(train(project, Task.CLASSIFY, stop=stopper("pause", after=4)))
    (folder / runs.CONFIG).write_text(text, encoding="utf-8")
    with pytest.raises(RunError, match="settings of run 0001-classify cannot be read"):
        list(trainer.resume(project, 1, scenes.never))


def test_a_full_disk_ends_a_run_that_can_go_on_when_there_is_room(project, monkeypatch):
    plain, calls = torch.save, []

    def save(value, path):
        calls.append(path)
        if len(calls) > 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        plain(value, path)

    monkeypatch.setattr(torch, "save", save)
    with pytest.raises(RunError, match=r"The disk that holds .* is full"):
        train(project, Task.CLASSIFY, epochs=3)
    run = runs.read_all(project)[-1]
    assert run.state is RunState.FAILED and "continue the run" in run.note
    monkeypatch.undo()
    rest = list(trainer.resume(project, run.number, scenes.never))
    assert of(rest, RunStarted)[0].resumed_epoch == 2 and rest[-1].state == "finished"


def test_memory_that_is_full_beside_a_step_ends_a_run_that_can_go_on(project, monkeypatch):
    """As when another program has taken the graphics card."""
    plain, calls = WeightAverage.follow, []

    def follow(self, model):
        calls.append(model)
        if len(calls) > 4:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 MiB.")
        plain(self, model)

    monkeypatch.setattr(WeightAverage, "follow", follow)
    with pytest.raises(RunError, match="The memory is full"):
        train(project, Task.CLASSIFY, epochs=3)
    run = runs.read_all(project)[-1]
    assert run.state is RunState.FAILED and "The memory is full" in run.note
    monkeypatch.undo()
    assert list(trainer.resume(project, run.number, scenes.never))[-1].state == "finished"


def test_a_reader_that_is_killed_amid_a_step_is_said_in_a_sentence(project, monkeypatch):
    def step(*_):  # as torch does it, in its handler of the signal
        raise RuntimeError("DataLoader worker (pid 7) is killed by signal: Killed. ")

    monkeypatch.setattr(trainer, "learn", step)
    with pytest.raises(RunError, match=r"that reads images was ended.*fewer such processes"):
        train(project, Task.CLASSIFY)
    run = runs.read_all(project)[-1]
    assert run.state is RunState.FAILED and "go on from here" in run.note


def test_validation_names_a_broken_image_once_and_draws_each_truth_once(project, monkeypatch):
    plain, drawn = Segment.truth, []

    def truth(self, source):
        drawn.append(source.id)
        return plain(self, source)

    monkeypatch.setattr(Segment, "truth", truth)
    told: list[Event] = []
    for event in trainer.train(project, scenes.config(Task.SEGMENT, epochs=3), scenes.never):
        told.append(event)
        if isinstance(event, RunStarted):
            judged = snapshot.read(Path(event.folder)).of(Split.VAL)
            victim = Path(judged[0].path)
            victim.write_bytes(victim.read_bytes()[:200])
    [named] = (each for each in of(told, Notice) if victim.name in str(each.sentence))
    assert isinstance(named.sentence.values["problem"], Sentence), "to be translated"
    assert sorted(drawn) == sorted(image.id for image in judged[1:])


def test_training_without_validation_images_keeps_the_last_model(tmp_path):
    session = scenes.open_project(tmp_path)
    from studio.editing import actions

    statuses = [session.reader.status(image_id) for image_id in session.reader.image_ids()]
    session.apply(actions.assign_split(statuses, Split.TRAIN))
    session.close()
    told = train(tmp_path / "project", Task.CLASSIFY)
    assert told[-1].state == "finished" and (folder_of(told) / runs.BEST).is_file()
    assert of(told, EpochEnded)[-1].val_loss is None
    assert any("validation split" in str(notice.sentence) for notice in of(told, Notice))


def test_patience_ends_a_run_that_gets_no_better(project):
    told = train(project, Task.CLASSIFY, epochs=30, lr=1e-8, patience=2, min_epochs=1, seed=3)
    assert told[-1].state == "finished"
    assert of(told, EpochEnded)[-1].epoch < 30
    assert "brought nothing better" in str(told[-1].sentence)


def test_too_little_and_a_device_that_is_not_here_leave_no_run(tmp_path):
    from tests import making

    session = making.project(tmp_path)
    session.close()
    with pytest.raises(NotEnoughLabels):
        train(tmp_path / "project", Task.CLASSIFY)
    with pytest.raises(ConfigError, match="this machine offers: auto"):
        train(tmp_path / "project", Task.CLASSIFY, device="cuda:17")
    assert runs.read_all(tmp_path / "project") == ()


def test_readers_in_processes_give_what_one_process_gives(project):
    alone, helped = (
        [
            event.loss if isinstance(event, StepDone) else (event.val_loss, event.metrics)
            for event in train(project, Task.CLASSIFY, epochs=2, workers=n)
            if isinstance(event, (StepDone, EpochEnded))
        ]
        for n in (0, 2)
    )
    assert alone == helped
