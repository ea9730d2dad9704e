"""ONNX files written by hand: protocol buffers need few lines, and no package besides.

Field numbers are those of onnx.proto (onnx/onnx, ONNX IR version 8).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

TYPES = {"float32": 1, "uint8": 2, "int64": 7, "bool": 9}


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _bytes(number: int, value: bytes | str) -> bytes:
    data = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _attribute(name: str, value: object) -> bytes:
    match value:
        case int():
            kind, data = 2, _number(3, value)
        case float():
            kind, data = 1, _varint(2 << 3 | 5) + struct.pack("<f", value)
        case str():
            kind, data = 3, _bytes(4, value)
        case _:
            kind, data = 7, b"".join(_number(8, each) for each in value)  # type: ignore[union-attr]
    return _bytes(1, name) + data + _number(20, kind)


def _tensor(name: str, array: np.ndarray) -> bytes:
    dims = b"".join(_number(1, side) for side in array.shape)
    kind = _number(2, TYPES[array.dtype.name])
    return dims + kind + _bytes(8, name) + _bytes(9, array.tobytes())


def _port(name: str, shape: Sequence[int | str], dtype: str = "float32") -> bytes:
    dims = b"".join(
        _bytes(1, _number(1, side) if isinstance(side, int) else _bytes(2, side)) for side in shape
    )
    tensor = _number(1, TYPES[dtype]) + _bytes(2, dims)
    return _bytes(1, name) + _bytes(2, _bytes(1, tensor))


@dataclass
class Graph:
    """A graph that grows node by node; every method returns the name of what it made."""

    inputs: list[bytes] = field(default_factory=list)
    outputs: list[bytes] = field(default_factory=list)
    nodes: list[bytes] = field(default_factory=list)
    constants: list[bytes] = field(default_factory=list)
    count: int = 0

    def input(self, name: str, shape: Sequence[int | str], dtype: str = "float32") -> str:
        self.inputs.append(_port(name, shape, dtype))
        return name

    def constant(self, value: object, dtype: str = "float32") -> str:
        self.count += 1
        name = f"constant{self.count}"
        self.constants.append(_tensor(name, np.asarray(value, dtype)))
        return name

    def node(self, operator: str, *inputs: str, name: str = "", **attributes: object) -> str:
        self.count += 1
        name = name or f"value{self.count}"
        parts = [_bytes(1, each) for each in inputs]
        parts += [_bytes(2, name), _bytes(4, operator)]
        parts += [_bytes(5, _attribute(key, value)) for key, value in attributes.items()]
        self.nodes.append(b"".join(parts))
        return name

    def output(self, value: str, name: str, shape: Sequence[int | str]) -> None:
        self.node("Identity", value, name=name)
        self.outputs.append(_port(name, shape))

    def save(self, path: Path) -> Path:
        graph = b"".join(
            [
                *(_bytes(1, node) for node in self.nodes),
                _bytes(2, "test"),
                *(_bytes(5, each) for each in self.constants),
                *(_bytes(11, each) for each in self.inputs),
                *(_bytes(12, each) for each in self.outputs),
            ]
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_number(1, 8) + _bytes(7, graph) + _bytes(8, _number(2, 13)))
        return path
