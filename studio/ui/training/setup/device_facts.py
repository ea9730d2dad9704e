"""What this machine can compute on: asked once in the background, remembered between starts.

The window must not import torch, so a probe job asks in a child process. Its answer stands until
torch is updated, a day has passed, or the user asks again.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from studio.jobs.protocol import ProbeRequest
from studio.jobs.queue import JobQueue
from studio.learning.events import Probed
from studio.paths import cache_folder
from studio.storage.runs import write_json

LOG = logging.getLogger(__name__)

FILE = "device.json"
STANDS_S = 24 * 3600


class DeviceFacts(QObject):
    """The facts of ``learning.devices.facts``; empty until they are known.

    Signals:
        arrived(): the facts are known, or other than before.
    """

    arrived = Signal()

    def __init__(self, queue: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue = queue
        self._asked = False
        self.facts: Mapping[str, Any] = _remembered()

    def ask(self, *, again: bool = False) -> None:
        """Find the facts out where they are not known; ``again`` also where they are."""
        if self._asked or (self.facts and not again):
            return
        self._asked = True
        job = self._queue.submit(ProbeRequest())
        job.event_arrived.connect(self._on_event)
        job.ended.connect(self._on_ended)

    @property
    def unused_gpu(self) -> str:
        """The name of an NVIDIA card that this build of torch cannot use, or ""."""
        return str(self.facts.get("unused_gpu", ""))

    @property
    def devices(self) -> tuple[str, ...]:
        """What ``TrainConfig.device`` may be here, ``auto`` first."""
        return tuple(self.facts.get("devices", ("auto", "cpu")))

    def device_name(self, device: str) -> str:
        """A device as a user knows it."""
        for gpu in self.facts.get("gpus", ()):
            if gpu["device"] == device:
                return f"{gpu['name']} ({device})"
        return {"cpu": "CPU", "mps": "Apple GPU"}.get(device, device)

    @Slot(object)
    def _on_event(self, event: object) -> None:
        if isinstance(event, Probed):
            self.facts = dict(event.facts)
            _remember(self.facts)
            self.arrived.emit()

    @Slot(object)
    def _on_ended(self, _: object) -> None:
        self._asked = False


def _path() -> Path:
    return cache_folder() / FILE


def _torch_version() -> str:
    try:
        return metadata.version("torch")
    except metadata.PackageNotFoundError:
        return ""


def _remember(facts: Mapping[str, Any]) -> None:
    stored = {"at": time.time(), "torch": _torch_version(), "facts": dict(facts)}
    try:
        write_json(_path(), stored)
    except OSError as error:
        LOG.warning("the device is asked again at the next start: %s", error)


def _remembered() -> Mapping[str, Any]:
    try:
        stored = json.loads(_path().read_text(encoding="utf-8"))
        fresh = 0 <= time.time() - float(stored["at"]) < STANDS_S
        return dict(stored["facts"]) if fresh and stored["torch"] == _torch_version() else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
