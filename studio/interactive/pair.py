"""An encoder and a decoder at work. Imports onnxruntime: for the child process alone."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from PIL import Image as Pillow

from studio.domain.shapes import Mask
from studio.errors import WeightsUnusable
from studio.interactive import conventions
from studio.interactive.asking import Is, Mark
from studio.interactive.conventions import Convention, Logits, Port, Ports, Size
from studio.interactive.upscaling import to_mask

onnxruntime.disable_telemetry_events()  # its Windows build would send some

TYPES: Mapping[str, type[np.generic]] = {
    "tensor(float)": np.float32,
    "tensor(float16)": np.float16,
    "tensor(double)": np.float64,
    "tensor(uint8)": np.uint8,
    "tensor(int32)": np.int32,
    "tensor(int64)": np.int64,
}
REASON_LETTERS = 200
MOST_HINTS = 64
"""So many masks of one image are kept to be refined, a quarter of a megabyte each."""


@dataclass(frozen=True, slots=True)
class Embedding:
    """What an encoder made of an image of ``width`` x ``height`` px: its outputs by name."""

    arrays: Mapping[str, NDArray[Any]]
    width: int
    height: int

    @property
    def size_bytes(self) -> int:
        """How much memory it takes."""
        return sum(array.nbytes for array in self.arrays.values())


class Model:
    """One ONNX file, on the processor: the same answers on every computer."""

    def __init__(self, path: Path) -> None:
        """Load it.

        Raises:
            WeightsUnusable: it is no ONNX file, or one that cannot be loaded.
        """
        self.path = path
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = int(os.environ.get("OMP_NUM_THREADS", "0"))
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime has a class of its own for every code
            raise WeightsUnusable(
                "{file} cannot be loaded as an ONNX model: {reason}",
                file=path.name,
                reason=_reason(error),
            ) from error
        self.ports = Ports(
            tuple(_port(each) for each in self._session.get_inputs()),
            tuple(_port(each) for each in self._session.get_outputs()),
        )

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        """All outputs by name; of ``inputs`` those that the model has, as the type that it wants.

        Raises:
            WeightsUnusable: the model fails on them.
        """
        given = {
            port.name: np.ascontiguousarray(inputs[port.name], TYPES.get(port.type, np.float32))
            for port in self.ports.inputs
            if port.name in inputs
        }
        names = self.ports.output_names()
        try:
            outputs = self._session.run(names, given)
        except Exception as error:
            raise WeightsUnusable(
                "{file} fails at work: {reason}", file=self.path.name, reason=_reason(error)
            ) from error
        return {name: np.asarray(out) for name, out in zip(names, outputs, strict=True)}


class Pair:
    """An encoder and a decoder that belong together."""

    def __init__(self, encoder: Model, decoder: Model) -> None:
        """See ``matched``, which takes any two.

        Raises:
            WeightsUnusable: they do not belong together.
        """
        self.encoder, self.decoder = encoder, decoder
        self.convention = _convention(encoder, decoder)
        self._refines = {"mask_input", "has_mask_input"} <= {*decoder.ports.input_names()}
        self._hints: dict[tuple[Mark, ...], Logits] = {}
        self._hinted: Embedding | None = None

    def embed(self, rgb: NDArray[np.uint8]) -> Embedding:
        """What the encoder makes of an (H, W, 3) RGB image."""
        height, width = rgb.shape[:2]
        frame = self.convention.frame((width, height))
        seen = rgb
        if frame != (width, height):
            resized = Pillow.fromarray(rgb).resize(frame, Pillow.Resampling.BILINEAR)
            seen = np.asarray(resized, dtype=np.uint8)
        [image] = self.encoder.ports.inputs
        outputs = self.encoder.run({image.name: self.convention.image(seen)})
        if len(outputs) == 1:
            outputs = {"image_embeddings": next(iter(outputs.values()))}
        return Embedding(outputs, width, height)

    def segment(self, embedding: Embedding, marks: Sequence[Mark]) -> Mask | None:
        """The mask that the model itself thinks best of, of marks in the image's pixels.

        Each mark refines what those before it led to; the answer depends on nothing else.
        """
        if self._hinted is not embedding:
            self._hints, self._hinted = {}, embedding
        image = (embedding.width, embedding.height)
        frame = self.convention.frame(image)
        across, down = frame[0] / image[0], frame[1] / image[1]
        seen = tuple(replace(mark, x=mark.x * across, y=mark.y * down) for mark in marks)
        logits, covered = self._decode(embedding, seen, frame)
        rows, columns = logits.shape
        cells = (across * columns / covered[0], down * rows / covered[1])
        return to_mask(logits.astype(np.float32), cells, image)

    def _decode(
        self, embedding: Embedding, marks: tuple[Mark, ...], frame: Size
    ) -> tuple[Logits, Size]:
        """The best mask of marks in pixels of the frame, and how much of the frame it covers."""
        hint = self._hint(embedding, _before_the_last(marks), frame)
        question = self.convention.question(marks, frame, hint)
        found = self.convention.masks(self.decoder.run({**embedding.arrays, **question}), frame)
        logits = found.logits[int(np.argmax(found.scores))]
        if found.hints and self._refines:
            if len(self._hints) >= MOST_HINTS:
                self._hints.pop(next(iter(self._hints)))
            self._hints[marks] = logits
        return logits, found.covered

    def _hint(self, embedding: Embedding, marks: tuple[Mark, ...], frame: Size) -> Logits | None:
        if not self._refines or not any(mark.says in (Is.INSIDE, Is.LAST_CORNER) for mark in marks):
            return None
        if marks not in self._hints:
            self._decode(embedding, marks, frame)
        return self._hints.get(marks)

    def try_out(self) -> None:
        """Work once on a small grey image.

        Raises:
            WeightsUnusable: the pair fails at it.
        """
        embedding = self.embed(np.full((48, 64, 3), 128, np.uint8))
        try:
            self.segment(embedding, [Mark(32, 24, Is.INSIDE)])
            corners = [Mark(8, 8, Is.FIRST_CORNER), Mark(40, 40, Is.LAST_CORNER)]
            self.segment(embedding, corners)
        except (IndexError, KeyError, ValueError, TypeError) as error:
            raise WeightsUnusable(
                "{file} gives no masks that can be read: {reason}",
                file=self.decoder.path.name,
                reason=_reason(error),
            ) from error


def _before_the_last(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """The marks without the last one; a box has two."""
    return marks[: -2 if marks and marks[-1].says is Is.LAST_CORNER else -1]


def matched(first: Path, second: Path) -> Pair:
    """The pair that two files are, whichever of them is the encoder.

    Raises:
        WeightsUnusable: they are none.
    """
    models = Model(first), Model(second)
    encoders = [each for each in models if not conventions.takes_points(each.ports)]
    if not encoders:
        raise WeightsUnusable(
            "{first} and {second} are both decoders; choose the encoder of one of them too.",
            first=first.name,
            second=second.name,
        )
    if len(encoders) == 2:
        raise WeightsUnusable(
            "Neither {first} nor {second} takes points, so neither is the decoder of a "
            "segmentation model.",
            first=first.name,
            second=second.name,
        )
    return Pair(encoders[0], models[1 if models[0] is encoders[0] else 0])


def _convention(encoder: Model, decoder: Model) -> Convention:
    kind = conventions.kind_of(decoder.ports)
    if kind is None:
        raise WeightsUnusable(
            "{file} is a decoder of an unknown kind (it takes {inputs} and gives {outputs}); known "
            "are SAM, EfficientSAM and SAM 2.",
            file=decoder.path.name,
            inputs=", ".join(decoder.ports.input_names()),
            outputs=", ".join(decoder.ports.output_names()),
        )
    if conventions.points_taken(decoder.ports) == 1:
        raise WeightsUnusable(
            "{file} takes a single point, which is too few for a box; export it with a free "
            "number of points.",
            file=decoder.path.name,
        )
    convention = kind.of_pair(encoder.ports, decoder.ports) if encoder.ports.inputs else None
    if convention is None or not _fits(encoder, decoder):
        raise WeightsUnusable(
            "{encoder} (which gives {outputs}) is not the encoder that belongs to {decoder}.",
            encoder=encoder.path.name,
            outputs=", ".join(encoder.ports.output_names()),
            decoder=decoder.path.name,
        )
    return convention


def _fits(encoder: Model, decoder: Model) -> bool:
    """Whether the shapes that both name agree."""
    outputs = encoder.ports.outputs
    names = ["image_embeddings"] if len(outputs) == 1 else encoder.ports.output_names()
    wanted = {port.name: port.shape for port in decoder.ports.inputs}
    for name, port in zip(names, outputs, strict=True):
        shape = wanted.get(name, ())
        if port.shape and shape and len(port.shape) != len(shape):
            return False
        sides = zip(port.shape, shape, strict=False)
        if any(a is not None and b is not None and a != b for a, b in sides):
            return False
    return True


def _port(described: Any) -> Port:
    shape = tuple(side if isinstance(side, int) else None for side in described.shape)
    return Port(described.name, described.type, shape)


def _reason(error: Exception) -> str:
    """The first line of what onnxruntime says, without the number of its error."""
    first = next(iter(str(error).splitlines()), "") or type(error).__name__
    return first.split(" : ", 2)[-1][:REASON_LETTERS]
