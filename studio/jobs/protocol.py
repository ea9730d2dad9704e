"""What a background process is asked to do: frozen requests that travel as one JSON file.

The answer comes back as ``learning.events``, one JSON object a line. While it works, a
controlled worker listens for one of ``STOP_WORDS`` a line on its standard input.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from studio.learning.config import TrainConfig

STOP_WORDS = ("stop", "pause", "discard")
"""stop: end and keep the best; pause: leave a checkpoint to go on from; discard: delete."""


@dataclass(frozen=True, slots=True)
class TrainRequest:
    """Train a new run of the project in folder ``project``; ``note`` is written about it."""

    project: Path
    config: TrainConfig
    note: str = ""


@dataclass(frozen=True, slots=True)
class ResumeRequest:
    """Go on with run number ``run`` from its last checkpoint.

    A finished run is trained for ``more_epochs``.
    """

    project: Path
    run: int
    more_epochs: int = 0


@dataclass(frozen=True, slots=True)
class EvaluateRequest:
    """Measure a run on one split of its data set: train, val or test."""

    project: Path
    run: int
    split: str = "val"


@dataclass(frozen=True, slots=True)
class PredictRequest:
    """Predict on image files; objects scored below ``threshold`` (0..1) are left out.

    Without a threshold the model's own is taken. One that is not ``resumable`` keeps nothing for
    when it is asked again, as few images need not.
    """

    project: Path
    run: int
    paths: tuple[Path, ...]
    threshold: float | None = None
    resumable: bool = True


@dataclass(frozen=True, slots=True)
class ProbeRequest:
    """Find out what torch and the devices of this machine can do."""


@dataclass(frozen=True, slots=True)
class FindRateRequest:
    """Try learning rates for a training of the project; no run is made."""

    project: Path
    config: TrainConfig


@dataclass(frozen=True, slots=True)
class PreviewRequest:
    """Write ``count`` training images, as ``config`` varies them, to ``folder``.

    Another ``draw`` gives others.
    """

    project: Path
    config: TrainConfig
    folder: Path
    count: int
    draw: int = 0


@dataclass(frozen=True, slots=True)
class CallRequest:
    """Run any generator of events by its import name, ``package.module:function``.

    It is called with ``arguments`` (JSON values) and ``should_stop`` as keywords.
    """

    target: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


Request = (
    TrainRequest | ResumeRequest | EvaluateRequest | PredictRequest | ProbeRequest
    | FindRateRequest | PreviewRequest | CallRequest
)  # fmt: skip

_KINDS: Mapping[str, type] = {
    kind.__name__: kind
    for kind in (
        TrainRequest, ResumeRequest, EvaluateRequest, PredictRequest, ProbeRequest,
        FindRateRequest, PreviewRequest, CallRequest,
    )
}  # fmt: skip


def to_json(request: Request) -> dict[str, Any]:
    """The request as JSON values, its kind under ``request``; paths become absolute."""
    values = {item.name: getattr(request, item.name) for item in fields(request)}
    return {
        "request": type(request).__name__,
        **{name: _plain(value) for name, value in values.items()},
    }


def _plain(value: Any) -> Any:
    match value:
        case Path():
            return str(value.absolute())
        case TrainConfig():
            return value.to_json()
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return value


def from_json(values: Mapping[str, Any]) -> Request:
    """Read what ``to_json`` wrote.

    Raises:
        ValueError: the values are not a request.
        ConfigError: the training configuration has a value that cannot work.
    """
    given = dict(values)
    kind = _KINDS.get(str(given.pop("request", "")))
    if kind is None:
        raise ValueError(f"not a request: {str(dict(values))[:80]}")
    for name in ("project", "folder"):
        if name in given:
            given[name] = Path(given[name])
    if "paths" in given:
        given["paths"] = tuple(Path(path) for path in given["paths"])
    if "config" in given:
        given["config"] = TrainConfig.from_json(given["config"])
    try:
        return kind(**given)
    except TypeError as error:
        raise ValueError(f"not a {kind.__name__}: {error}") from error


def save(request: Request, path: Path) -> None:
    """Write the request to a JSON file; any number of workers may read it."""
    path.write_text(json.dumps(to_json(request)), encoding="utf-8")


def load(path: Path) -> Request:
    """Read the request that ``save`` wrote.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is not a request.
    """
    return from_json(json.loads(path.read_text(encoding="utf-8")))
