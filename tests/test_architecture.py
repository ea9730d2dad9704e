"""The layers hold, the style holds. That the types do, pyright says, which CI runs beside this."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str) -> None:
    run_python("-m", *command)


def run_python(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_arrows_between_layers_run_one_way() -> None:
    program = "from importlinter.cli import lint_imports_command as main; main()"
    run_python("-c", program)


def test_ruff_is_content() -> None:
    run("ruff", "check", ".")
    run("ruff", "format", "--check", ".")


@pytest.mark.parametrize(
    "module", ["studio.ui.shell.main_window", "studio.cli.app", "studio.jobs.queue"]
)
def test_the_window_and_the_command_line_start_without_torch(module: str) -> None:
    probe = (
        f"import sys, {module}; "
        "slow = {'torch', 'torchvision', 'accelerate', 'onnxruntime', 'pyqtgraph'}; "
        "slow &= set(sys.modules); "
        "sys.exit(f'imports {slow}' if slow else 0)"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_command_line_and_the_worker_know_no_qt() -> None:
    probe = "import sys, studio.cli.app, studio.jobs.worker; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", probe]).returncode == 0


def test_modules_and_functions_stay_readable() -> None:
    """Nothing grows past what one can hold in mind; the aim is lower (350 and 40)."""
    for path in (ROOT / "studio").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 400, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                lines = (node.end_lineno or 0) - node.lineno + 1
                assert lines <= 70, f"{path}:{node.lineno} {node.name} has {lines} lines"


def test_sentences_are_taken_apart_in_one_place() -> None:
    """What is written or sent elsewhere by hand forgets that one may hold another."""
    for path in (ROOT / "studio").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.name != "errors.py":
            assert not re.search(r"""["']template["']|\.template, \*\*""", text), path


def test_the_map_names_rooms_that_are_there() -> None:
    """In a row of the table, a name without a folder lies beside the one before it."""
    text = (ROOT / "studio" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    before, found, rest = text.partition("| To change")
    table, _, after = rest.partition("\n\n")
    assert found
    for row in table.splitlines()[2:]:
        folder = ROOT / "studio"
        for name in re.findall(r"`([\w/.]+)`", row.split("|")[2]):
            place = place_of(name) if "/" in name else folder / name
            assert place.exists(), f"{name} in {row}"
            folder = place if name.endswith("/") else place.parent
    for name in re.findall(r"`([\w/]+/[\w.]+\.py)`", before + after):
        assert place_of(name).exists(), name


def place_of(name: str) -> Path:
    return (ROOT if name.startswith(("resources/", "tests/")) else ROOT / "studio") / name
