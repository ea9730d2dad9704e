"""The names and shapes in a file of weights, read without torch and without running anything."""

from __future__ import annotations

import hashlib
import json
import pickle
import re
import struct
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from studio.errors import WeightsUnusable

HEADS = (
    "classifier.", "fc.", "head.", "heads.", "aux1.", "aux2.", "AuxLogits.",
    "roi_heads.box_predictor.", "roi_heads.mask_predictor.", "roi_heads.keypoint_predictor.",
)  # fmt: skip
"""First parts of the keys whose shapes follow the number of classes, or that may be left out."""

NAMED_ONLY = ("classifier.", "aux_classifier.")
"""First parts of the keys that tell one segmenter from another by their names alone."""

BOXES = "head.regression_head."
"""First part of the keys of a one-stage detector's head that no class changes."""

POSITIONS = "encoder.pos_embedding"
"""Its shape follows the size of the pictures; it is fitted to another one when it is loaded."""

WRAPPERS = ("state_dict", "model")
"""Under these names training programs keep the weights beside their optimizer's state."""

LONGEST_HEADER_BYTES = 100_000_000
LEGACY_PICKLES_BEFORE_STATE = 3
"""A torch file of before 1.6 begins with a magic number, a version and facts of the system."""

_RENAMED = (
    (re.compile(r"^(backbone\.fpn\.(?:inner|layer)_blocks\.\d+)\.(weight|bias)$"), r"\1.0.\2"),
    (re.compile(r"^(rpn\.head\.conv)\.(weight|bias)$"), r"\1.0.0.\2"),
    (re.compile(r"^(roi_heads\.mask_head)\.mask_fcn1\."), r"\1.0.0."),
    (re.compile(r"^(roi_heads\.mask_head)\.mask_fcn2\."), r"\1.1.0."),
    (re.compile(r"^(roi_heads\.mask_head)\.mask_fcn3\."), r"\1.2.0."),
    (re.compile(r"^(roi_heads\.mask_head)\.mask_fcn4\."), r"\1.3.0."),
    (re.compile(r"(\.denselayer\d+\.(?:norm|conv))\.([12])\."), r"\1\2."),
    (re.compile(r"(\.encoder_layer_\d+\.mlp)\.linear_1\."), r"\1.0."),
    (re.compile(r"(\.encoder_layer_\d+\.mlp)\.linear_2\."), r"\1.3."),
)

_RETINA = re.compile(r"^(head\.(?:classification|regression)_head\.conv)\.([0246])\.(weight|bias)$")
"""RetinaNet's convolutions, counted with the ReLUs between them, as they once were."""
_FCOS = "head.classification_head.conv.1.weight"
"""A GroupNorm's: FCOS counts all its layers to this day."""


def shapes(path: Path) -> dict[str, tuple[int, ...]]:
    """Shapes by key of a ``.safetensors`` file or of a state dictionary that torch saved.

    Raises:
        WeightsUnusable: the file cannot be read, or is neither.
    """
    try:
        with path.open("rb") as file:
            if path.suffix == ".safetensors":
                return _safetensors(file)
            return _torch(file)
    except OSError as error:
        raise WeightsUnusable(
            "{file} cannot be read: {reason}.", file=path, reason=error.strerror or error
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, EOFError, struct.error,
            pickle.UnpicklingError, zipfile.BadZipFile) as error:  # fmt: skip
        raise WeightsUnusable(
            "{file} is not a file of weights, or it is damaged.", file=path
        ) from error


def modern(key: str) -> str:
    """A key as torchvision names it since 0.13; many published files are older."""
    for old, new in _RENAMED:
        key = old.sub(new, key)
    return key


def unwrapped(found: Any) -> Any:
    """The table of tensors in a training checkpoint; anything else as it is."""
    for name in WRAPPERS:
        if isinstance(found, dict) and isinstance(found.get(name), dict):
            return found[name]
    return found


def renamed(keys: Iterable[str]) -> dict[str, str]:
    """The keys of one file, each with its ``modern`` name; RetinaNet's need the sight of all."""
    found = {key: modern(key) for key in keys}
    if _FCOS not in found:
        found = {key: _RETINA.sub(_by_convolutions, new) for key, new in found.items()}
    return found


def _by_convolutions(found: re.Match[str]) -> str:
    return f"{found[1]}.{int(found[2]) // 2}.0.{found[3]}"


def fingerprint(found: Mapping[str, tuple[int, ...]]) -> str:
    """Eight hexadecimal digits that tell an architecture, whatever classes its head has."""
    whole = any(key.startswith("backbone.") for key in found)
    lines = sorted(
        f"{key}:{'' if _is_named_only(key, whole) else 'x'.join(map(str, shape))}"
        for key, shape in ((new, found[old]) for old, new in renamed(found).items())
        if not key.endswith("num_batches_tracked")
        and (_is_named_only(key, whole) or key.startswith(BOXES) or not key.startswith(HEADS))
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]


def _is_named_only(key: str, whole: bool) -> bool:
    """Whether a key counts by its name; ``whole`` is said of a file of a backbone and more."""
    return key == POSITIONS or (whole and key.startswith(NAMED_ONLY))


def _safetensors(file: IO[bytes]) -> dict[str, tuple[int, ...]]:
    (length,) = struct.unpack("<Q", file.read(8))
    if length > LONGEST_HEADER_BYTES:
        raise ValueError(length)
    header = json.loads(file.read(length))
    return {key: tuple(v["shape"]) for key, v in header.items() if key != "__metadata__"}


def _torch(file: IO[bytes]) -> dict[str, tuple[int, ...]]:
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            [name] = [n for n in archive.namelist() if n.endswith("/data.pkl")]
            state = _ShapesOnly(BytesIO(archive.read(name))).load()
    else:
        file.seek(0)
        for _ in range(LEGACY_PICKLES_BEFORE_STATE):
            _ShapesOnly(file).load()
        state = _ShapesOnly(file).load()
    state = unwrapped(state)
    if not state or not all(isinstance(value, _Shape) for value in state.values()):
        raise ValueError("not a state dictionary")
    return {str(key): tuple(value) for key, value in state.items()}


class _Shape(tuple[int, ...]):
    """Stands in for a tensor."""

    __slots__ = ()


def _rebuild_tensor(storage: object, offset: int, size: tuple[int, ...], *rest: object) -> _Shape:
    return _Shape(size)


def _rebuild_parameter(data: _Shape, *rest: object) -> _Shape:
    return data


class _ShapesOnly(pickle.Unpickler):
    """Reads a torch pickle, building shapes in place of tensors and nothing else at all."""

    _BUILDERS: Mapping[tuple[str, str], Callable[..., Any]] = {
        ("collections", "OrderedDict"): OrderedDict,
        ("torch._utils", "_rebuild_tensor_v2"): _rebuild_tensor,
        ("torch._utils", "_rebuild_parameter"): _rebuild_parameter,
    }

    def find_class(self, module: str, name: str) -> Any:
        """The few builders of a plain state dictionary.

        Raises:
            UnpicklingError: the file asks for anything else.
        """
        if module == "torch" and name.endswith("Storage"):
            return name
        builder = self._BUILDERS.get((module, name))
        if builder is None:
            raise pickle.UnpicklingError(f"{module}.{name} is not part of a state dictionary")
        return builder

    def persistent_load(self, pid: Any) -> None:
        """Leave the numbers where they are."""
