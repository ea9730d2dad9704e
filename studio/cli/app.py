"""All commands in one place, and what becomes of their errors."""

from __future__ import annotations

import difflib
import sqlite3
import sys
from typing import Annotated

import typer

from studio import __version__
from studio.cli import (
    COMMANDS,
    curve,
    demo,
    doctor,
    models,
    output,
    prediction,
    project,
    rates,
    results,
    training,
    transfer,
    weights,
)
from studio.errors import ProjectError, StudioError, say

app = typer.Typer(
    name="studio",
    help="Label pictures, train a model on them, and see what it sees.\n\n"
    "Without a command, studio [PROJECT] opens the window.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    # Panels for a terminal; plain text, which also starts faster, for anything else.
    rich_markup_mode="rich" if sys.stdout.isatty() else None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"Vision Studio {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    pass


app.command("new")(project.new)
app.command("import")(transfer.import_)
app.command("export")(transfer.export)
app.command("convert")(transfer.convert)
app.command("info")(project.info)
app.command("train")(training.train)
app.command("find-rate")(rates.find_rate)
app.command("evaluate")(results.evaluate)
app.command("predict")(prediction.predict)
app.command("runs")(results.runs)
app.command("learning-curve")(curve.learning_curve)
app.command("models")(models.models)
app.add_typer(weights.app, name="weights")
app.command("doctor")(doctor.doctor)
app.command("demo")(demo.demo)


def run(arguments: list[str]) -> int:
    """Run one command; returns the exit code.

    0: done. 1: a sentence on standard error says what to do. 2: the command was misspelt.
    3: pretrained weights are missing. 130: interrupted; a run can be resumed.
    """
    output.write_utf8()
    if arguments and not arguments[0].startswith("-") and arguments[0] not in COMMANDS:
        return _unknown(arguments[0])
    try:
        app(arguments)
    except StudioError as error:
        output.note(error.sentence)
        return error.exit_code
    except sqlite3.DatabaseError as error:
        output.note(
            say(
                "The project's file cannot be read: {reason}. If it is damaged, go on with a copy "
                "of the project.",
                reason=error,
            )
        )
        return ProjectError.exit_code
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


def _unknown(word: str) -> int:
    near = difflib.get_close_matches(word, COMMANDS, 1)
    hint = f"Did you mean {near[0]}?" if near else "See: studio --help"
    print(f"{word} is neither a command nor a project's folder. {hint}", file=sys.stderr)
    return 2
