"""``studio models``: the architectures that can be trained."""

from __future__ import annotations

from typing import Annotated

import typer

from studio.cli import output
from studio.cli.project import AsJson
from studio.domain.runs import Task


def models(
    task: Annotated[
        Task | None,
        typer.Option("--task", "-t", help="Only those of one task.", show_default=False),
    ] = None,
    every: Annotated[bool, typer.Option("--all", "-a", help="All, not only the usual.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the models that can be trained: the usual ones, or all.

    With --json, a list of objects: "task", "model", "title", "description", "parameters_m",
    "published", "image_size" (the usual one, in pixels), "least_image_size", "download_mb" and
    "present" (whether first weights are on this computer).
    """
    found = listed(task, every)
    if as_json:
        output.print_json(found)
        return
    columns = ("Task", "Model", "Million parameters", "Download MB", "Published")
    rows = (
        (
            each["task"], each["model"], f"{each['parameters_m']:.1f}",
            "here" if each["present"] else f"{each['download_mb']:.0f}", each["published"],
        )
        for each in found
    )  # fmt: skip
    output.print_table(columns, rows)


def listed(task: Task | None, every: bool) -> list[dict[str, object]]:
    """The models of one task or of all, as JSON values."""
    from studio.learning import catalogue
    from studio.learning.pretrained import weights

    tasks = list(Task) if task is None else [task]
    return [
        {
            "task": card.task,
            "model": card.name,
            "title": card.title,
            "description": str(card.description),
            "parameters_m": card.parameters_m,
            "published": str(card.published),
            "image_size": card.usual_image_size if card.task is Task.CLASSIFY else None,
            "least_image_size": card.min_image_size,
            "download_mb": card.download_mb,
            "present": weights.find(card) is not None,
        }
        for each in tasks
        for card in (catalogue.every(each) if every else catalogue.cards(each))
    ]
