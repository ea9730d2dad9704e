"""``studio weights``: the pretrained weights on this computer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from studio.cli import output
from studio.cli.project import AsJson
from studio.domain.runs import Task

app = typer.Typer(help="Show and add pretrained weights.", no_args_is_help=True)


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List the models that can be trained, and whether their first weights are here.

    With --json, a list of objects: "task", "model", "present" and "path" (of the file, or null).
    """
    found = models()
    if as_json:
        output.print_json(found)
        return
    rows = ((each["task"], each["model"], each["path"] or "not here") for each in found)
    output.print_table(("Task", "Model", "Weights"), rows)


def models() -> list[dict[str, object]]:
    """Every model of the catalogue with the file of its first weights."""
    from studio.learning import catalogue
    from studio.learning.pretrained import weights

    found: list[dict[str, object]] = []
    for task in Task:
        for card in catalogue.cards(task):
            file = weights.find(card)
            path = str(file.path) if file else None
            found.append(
                {"task": task, "model": card.name, "present": file is not None, "path": path}
            )
    return found


@app.command()
def add(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .safetensors or .pth file.")],
    model: Annotated[str, typer.Option(help="The model it must suit.", show_default=False)] = "",
) -> None:
    """Copy a file of weights to where every project finds it; its keys say what it is."""
    from studio.learning.pretrained import weights

    output.say_line(weights.add(file, model))


@app.command()
def where(as_json: AsJson = False) -> None:
    """Show the folders in which weights are looked for, first place first.

    With --json, a list of objects: "folder" and "exists".
    """
    folders = places()
    if as_json:
        output.print_json([{"folder": str(path), "exists": path.is_dir()} for path in folders])
        return
    for path in folders:
        output.say_line(f"{path}{'' if path.is_dir() else '  (not there)'}")


def places() -> list[Path]:
    """The folders in which weights are looked for, in order."""
    from studio.learning.pretrained import weights

    named = weights.chosen_folder()
    return [
        *([named] if named else []),
        weights.torchvision_cache(),
        weights.added_folder(),
        weights.shipped_folder(),
    ]
