"""Weights are found where the user expects them, added with care, and fetched with a check."""

from __future__ import annotations

import errno
import hashlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import torch
import torchvision
from safetensors.torch import save_file

from studio.domain.runs import Task
from studio.errors import DownloadFailed, WeightsMissing, WeightsUnusable
from studio.learning import catalogue, registry
from studio.learning.catalogue.published import IMAGENET, WeightsSource
from studio.learning.config import TrainConfig
from studio.learning.pretrained import download as downloads
from studio.learning.pretrained import state_keys, weights
from studio.learning.pretrained.loading import load_state
from studio.learning.pretrained.weights import Place
from studio.settings import Settings

SQUEEZENET = catalogue.card(Task.CLASSIFY, "squeezenet1_1")


def state(name: str = "squeezenet1_1") -> dict[str, torch.Tensor]:
    return torchvision.models.get_model(name, weights=None).state_dict()


def put(folder: Path, name: str = "squeezenet1_1.safetensors") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    save_file(state(), folder / name)
    return folder / name


def go() -> str:
    return ""


# Finding ----------------------------------------------------------------------------------------


def test_nothing_is_found_where_nothing_is() -> None:
    assert weights.find(SQUEEZENET) is None
    assert not weights.weights_present("squeezenet1_1")
    assert not weights.weights_present("no_such_model")


def test_the_nearest_place_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = IMAGENET["squeezenet1_1"]
    added = put(weights.added_folder())
    cached = put(weights.torchvision_cache(), source.file_name)
    named = put(tmp_path / "named")
    chosen = put(tmp_path / "chosen", source.file_name)

    monkeypatch.setenv("STUDIO_WEIGHTS", str(named.parent))
    found = [weights.find(SQUEEZENET, chosen.parent), weights.find(SQUEEZENET)]
    monkeypatch.delenv("STUDIO_WEIGHTS")
    found.append(weights.find(SQUEEZENET))
    cached.unlink()
    found.append(weights.find(SQUEEZENET))

    assert [(file.path, file.place) for file in found if file] == [
        (chosen, Place.FOLDER),
        (named, Place.FOLDER),
        (cached, Place.CACHE),
        (added, Place.ADDED),
    ]


def test_the_folder_of_the_settings_is_looked_in(tmp_path: Path) -> None:
    chosen = put(tmp_path / "chosen")
    Settings.load().change(weights_folder=str(chosen.parent))

    found = weights.find(SQUEEZENET)

    assert found is not None and found.path == chosen


def test_a_backbones_file_makes_detectors_and_segmenters_present(tmp_path: Path) -> None:
    torch.save(state("mobilenet_v2"), tmp_path / "mobilenet_v2.pth")

    present = {
        card.name
        for task in Task
        for card in catalogue.cards(task)
        if card.backbone != catalogue.SMALL and weights.weights_present(card.name, tmp_path)
    }

    assert present == {
        "mobilenet_v2",
        "fasterrcnn_mobilenet_v2_fpn",
        "maskrcnn_mobilenet_v2_fpn",
        "keypointrcnn_mobilenet_v2_fpn",
        "unet_mobilenet_v2",
    }


def test_torchvisions_cache_is_where_torch_says(monkeypatch: pytest.MonkeyPatch) -> None:
    assert weights.torchvision_cache() == Path(torch.hub.get_dir()) / "checkpoints"
    monkeypatch.delenv("TORCH_HOME")
    monkeypatch.setenv("XDG_CACHE_HOME", "/elsewhere")
    assert weights.torchvision_cache() == Path(torch.hub.get_dir()) / "checkpoints"


# Adding -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["safetensors", "zip", "legacy", "nested"])
def test_a_file_is_known_by_its_keys_whatever_its_name(kind: str, tmp_path: Path) -> None:
    path = tmp_path / ("mine.safetensors" if kind == "safetensors" else "mine.pth")
    match kind:
        case "safetensors":
            save_file(state(), path)
        case "nested":
            torch.save({"state_dict": state(), "epoch": 3}, path)
        case _:
            torch.save(state(), path, _use_new_zipfile_serialization=kind == "zip")

    said = weights.add(path)

    assert str(said) == "Added the weights of squeezenet1_1."
    found = weights.find(SQUEEZENET)
    assert found is not None and found.place is Place.ADDED
    assert set(load_state(found.path)) == set(state())


def test_an_added_file_replaces_the_earlier_one(tmp_path: Path) -> None:
    weights.add(put(tmp_path))
    torch.save(state(), tmp_path / "mine.pth")
    weights.add(tmp_path / "mine.pth")

    assert [path.name for path in sorted(weights.added_folder().iterdir())] == [
        "squeezenet1_1.pth",
        "squeezenet1_1.sha256",
    ]


def test_an_added_file_that_changed_is_not_used(tmp_path: Path) -> None:
    weights.add(put(tmp_path))
    put(weights.added_folder())

    with pytest.raises(WeightsUnusable, match="has changed since it was added"):
        weights.require(SQUEEZENET)


def test_weights_of_another_model_than_wanted_are_refused(tmp_path: Path) -> None:
    path = put(tmp_path)

    with pytest.raises(
        WeightsUnusable,
        match=r"the weights of squeezenet1_1; fasterrcnn_mobilenet_v2_fpn needs .*mobilenet_v2",
    ):
        weights.add(path, "fasterrcnn_mobilenet_v2_fpn")
    weights.add(path, "unet_squeezenet1_1")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.onnx", b"", r"must end in \.safetensors"),
        ("a.pth", b"", "not a file of weights"),
        ("a.pth", b"\x80\x02]q\x00.", "not a file of weights"),
        ("a.safetensors", b"short", "not a file of weights"),
        ("a.safetensors", b"\xff" * 64, "not a file of weights"),
        ("a.safetensors", b"\x02\0\0\0\0\0\0\0{}", "no architecture known"),
    ],
)
def test_what_is_no_file_of_weights_is_refused(
    name: str, content: bytes, sentence: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(WeightsUnusable, match=sentence):
        weights.add(tmp_path / name)
    assert not list(weights.added_folder().iterdir())


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsUnusable, match=r"gone\.pth cannot be read: No such file"):
        weights.add(tmp_path / "gone.pth")


def test_a_pickle_that_would_run_something_is_refused_unrun(tmp_path: Path) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[Any, ...]:
            return Path.touch, (tmp_path / "ran",)

    torch.save({"weight": Bomb()}, tmp_path / "a.pth")

    with pytest.raises(WeightsUnusable):
        weights.add(tmp_path / "a.pth")
    with pytest.raises(WeightsUnusable):
        load_state(tmp_path / "a.pth")
    assert not (tmp_path / "ran").exists()


def test_a_whole_pickled_model_is_refused_with_what_to_do(tmp_path: Path) -> None:
    torch.save({"epoch": 3, "loss": 0.5}, tmp_path / "a.pth")

    with pytest.raises(WeightsUnusable, match="save the model's state_dict"):
        load_state(tmp_path / "a.pth")


# Fetching ---------------------------------------------------------------------------------------

CONTENT = bytes(range(256)) * 4096


class Server(BaseHTTPRequestHandler):
    """Serves CONTENT; ``/short`` breaks off half-way, ``/gone`` is not there, ``/silent`` says
    nothing after the half until the test is over."""

    test_is_over = threading.Event()

    def do_GET(self) -> None:
        if self.path.startswith("/gone"):
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        half = CONTENT[: len(CONTENT) // 2]
        self.wfile.write(half if self.path.startswith(("/short", "/silent")) else CONTENT)
        if self.path.startswith("/silent"):
            self.test_is_over.wait()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        Server.test_is_over.clear()
        yield f"http://127.0.0.1:{running.server_port}"
        Server.test_is_over.set()
        running.shutdown()
        thread.join()


def source_at(server: str, path: str = "", prefix: str = "") -> WeightsSource:
    digits = prefix or hashlib.sha256(CONTENT).hexdigest()[:8]
    return replace(IMAGENET["squeezenet1_1"], url=f"{server}{path}/net-{digits}.pth")


def test_a_download_reports_bytes_and_lands_in_torchvisions_cache(server: str) -> None:
    source = source_at(server)
    card = replace(SQUEEZENET, weights=(source,))

    progress = list(downloads.download(card, go))

    target = weights.torchvision_cache() / source.file_name
    assert target.read_bytes() == CONTENT
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert progress[0].done == 0 and progress[0].total > 0  # before the server has answered
    assert progress[-1].done == progress[-1].total == len(CONTENT)
    assert {(each.phase, each.unit) for each in progress} == {("download", "byte")}
    assert weights.find(card) is not None


def test_what_is_here_is_not_fetched_again(server: str) -> None:
    card = replace(SQUEEZENET, weights=(source_at(server),))
    list(downloads.download(card, go))

    assert list(downloads.download(card, go)) == []


@pytest.mark.parametrize("path", ["", "/silent"])
def test_a_cancelled_download_leaves_nothing(server: str, path: str, tmp_path: Path) -> None:
    target, half = tmp_path / "net.pth", len(CONTENT) // 2
    done = [0]

    def stop_half_way() -> str:
        return "stop" if done[-1] == half else ""

    for progress in downloads.fetch(source_at(server, path), target, stop_half_way):
        done.append(progress.done)

    assert done[-1] == half
    assert list(tmp_path.glob("net*")) == []


def test_a_download_given_up_in_the_middle_leaves_nothing(server: str, tmp_path: Path) -> None:
    fetching = downloads.fetch(source_at(server), tmp_path / "net.pth", go)
    assert next(each for each in fetching if each.done)
    fetching.close()

    assert list(tmp_path.glob("net*")) == []


@pytest.mark.parametrize(
    ("path", "prefix", "sentence"),
    [
        ("", "00000000", r"is not the published file: its SHA-256 begins with \w{8}, not 00000000"),
        ("/short", "", "ended early"),
        ("/gone", "", "answered 404"),
    ],
)
def test_what_arrives_wrong_is_told_in_a_sentence_and_removed(
    server: str, path: str, prefix: str, sentence: str, tmp_path: Path
) -> None:
    with pytest.raises(DownloadFailed, match=sentence):
        list(downloads.fetch(source_at(server, path, prefix), tmp_path / "net.pth", go))
    assert list(tmp_path.glob("net*")) == []


def test_without_a_network_the_host_is_named(tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed, match=r"127\.0\.0\.1:9 cannot be reached: [^[]+\.$"):
        list(downloads.fetch(source_at("http://127.0.0.1:9"), tmp_path / "net.pth", go))


def test_a_full_disk_is_told(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(tmp_path / "net.pth"))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(DownloadFailed, match=r"The disk is full: net-\w+\.pth needs 5 MB"):
        list(downloads.fetch(source_at(server), tmp_path / "net.pth", go))


# Real files -------------------------------------------------------------------------------------


@pytest.mark.data
@pytest.mark.parametrize(
    "name",
    [
        "mobilenet_v2.safetensors",
        "mobilenet_v3_small.safetensors",
        "squeezenet1_1.safetensors",
        "squeezenet1_0.pth",
    ],
)
def test_published_files_load_under_their_own_names(name: str, data_sets: Path) -> None:
    path = data_sets / "weights" / name

    loaded = load_state(path)

    shapes = {key: tuple(value.shape) for key, value in loaded.items()}
    assert state_keys.shapes(path) == shapes
    model = torchvision.models.get_model(path.stem, weights=None)
    model.load_state_dict(loaded)


@pytest.mark.data
@pytest.mark.parametrize(
    ("task", "name"),
    [
        (Task.CLASSIFY, "mobilenet_v2"),
        (Task.CLASSIFY, "mobilenet_v3_small"),
        (Task.CLASSIFY, "squeezenet1_1"),
        (Task.DETECT, "fasterrcnn_mobilenet_v2_fpn"),
        (Task.INSTANCES, "maskrcnn_mobilenet_v2_fpn"),
        (Task.SEGMENT, "unet_mobilenet_v2"),
        (Task.SEGMENT, "unet_mobilenet_v3_small"),
        (Task.SEGMENT, "unet_squeezenet1_0"),
    ],
)
def test_real_weights_start_every_task(
    task: Task, name: str, data_sets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDIO_WEIGHTS", str(data_sets / "weights"))

    _, report = registry.build(TrainConfig(task, name), 3)

    assert Path(report.path).parent == data_sets / "weights"
    assert len(report.matched) > 20


@pytest.mark.data
def test_a_model_for_other_weights_is_refused(data_sets: Path, tmp_path: Path) -> None:
    onnx = data_sets / "weights" / "foreign" / "yolox_nano_coco.onnx"
    (tmp_path / "resnet18.pth").write_bytes(onnx.read_bytes())

    with pytest.raises(WeightsUnusable, match="not a file of weights"):
        registry.build(TrainConfig(Task.CLASSIFY, "resnet18"), 3, weights_folder=tmp_path)


def test_require_names_the_ways_on() -> None:
    with pytest.raises(WeightsMissing, match=r"squeezenet1_1\.safetensors .*STUDIO_WEIGHTS"):
        weights.require(SQUEEZENET)
