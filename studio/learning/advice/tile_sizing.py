"""Whether images are seen in tiles, and of what size."""

from __future__ import annotations

from dataclasses import replace

from studio.domain.runs import Task
from studio.errors import Sentence, say
from studio.learning.advice.sizing import GRID_PX, Job

TOO_SMALL = 0.6
"""Below this part of the pixels that a network needs, the smallest objects are lost."""
MOST_MAGNIFIED = 2.0
"""More does not show more."""
LEAST_GAIN = 1.25
"""Tiles that show objects less than so many times larger are not worth their time."""
LEAST_ROOM = 1.5
"""Sides of the largest objects that a tile must hold."""
LEAST_EPOCHS = 4
"""Fewer in the time that a CPU should take are too few to learn from tiles."""


def tile_size(job: Job, image_size: int) -> tuple[int, Sentence]:
    """Side of a tile in pixels, each resized to ``image_size``, or 0 for whole images; and why."""
    if job.task is Task.CLASSIFY or not job.data.object_px:
        return 0, say("Of no use for this task.")
    smallest_px, largest_px = job.data.object_px[0], job.data.object_px[-1]
    part = job.data.object_part[0]
    if part * image_size >= TOO_SMALL * job.needed_px:
        return 0, say("The smallest objects have pixels enough in whole pictures.")
    wanted = max(
        smallest_px * image_size / job.needed_px,
        image_size / MOST_MAGNIFIED,
        largest_px * LEAST_ROOM,
    )
    side = max(GRID_PX, round(wanted / GRID_PX) * GRID_PX)
    if side * LEAST_GAIN > job.longer_side_px:
        return 0, say(
            "The smallest objects are few pixels across, but tiles that hold the largest would be "
            "hardly smaller than the pictures."
        )
    tiled = replace(job, tile_px=side)
    if not job.machine.is_fast and tiled.affordable_epochs(image_size) < LEAST_EPOCHS:
        return 0, say(
            "Tiles of {side} pixels would show the smallest objects better, but take too long "
            "without a graphics card.",
            side=side,
        )
    return side, say(
        "The smallest objects would be {before} pixels across in whole pictures; in tiles they "
        "are {px}.",
        before=round(part * image_size),
        px=round(smallest_px * image_size / side),
    )
