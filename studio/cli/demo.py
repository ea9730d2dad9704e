"""``studio demo``: the sample project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def demo(
    headless: Annotated[
        bool, typer.Option("--headless", help="Train and judge every task, without a window.")
    ] = False,
    folder: Annotated[
        Path | None, typer.Option("--dir", metavar="DIR", help="Where to put the project.")
    ] = None,
) -> None:
    """Make the sample project and open it, or do the whole loop without a display."""
    from studio.cli import sample_loop

    raise typer.Exit(sample_loop.run(folder, headless))
