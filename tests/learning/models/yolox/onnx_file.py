"""The tensors of an ONNX file, read without the onnx package.

Protocol Buffers' wire format: each field is a key (number and kind) and a value; those read here
are ModelProto.graph (7), GraphProto.initializer (5) and TensorProto's dims, data_type, name and
raw_data (1, 2, 8, 9).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

FLOAT = 1


def initialisers(path: Path) -> dict[str, Tensor]:
    """The float tensors of a graph by name, in the file's order."""
    found: dict[str, Tensor] = {}
    for number, graph in _fields(memoryview(path.read_bytes())):
        if number != 7:
            continue
        assert isinstance(graph, memoryview)
        for kind, value in _fields(graph):
            if kind == 5 and isinstance(value, memoryview):
                found.update(_tensor(value))
    return found


def _tensor(message: memoryview) -> Iterator[tuple[str, Tensor]]:
    shape: list[int] = []
    name, kind, raw = "", 0, b""
    for number, value in _fields(message):
        match number, value:
            case 1, int(side):
                shape.append(side)
            case 1, memoryview() as packed:
                at = 0
                while at < len(packed):
                    side, at = _varint(packed, at)
                    shape.append(side)
            case 2, int(kind):
                pass
            case 8, memoryview() as text:
                name = bytes(text).decode()
            case 9, memoryview() as data:
                raw = bytes(data)
    if kind == FLOAT and raw:
        values = np.frombuffer(raw, dtype="<f4").reshape(shape).copy()
        yield name, torch.from_numpy(values)


def _fields(message: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        match key & 7:
            case 0:
                value, at = _varint(message, at)
                yield key >> 3, value
            case 2:
                length, at = _varint(message, at)
                yield key >> 3, message[at : at + length]
                at += length
            case wire:
                at += {1: 8, 5: 4}[wire]


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at
