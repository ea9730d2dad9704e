"""How large the pictures, how many at a time, how many epochs: by objects, machine and time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, lcm

from studio.domain.runs import Task
from studio.errors import Sentence, say
from studio.learning.advice import costs
from studio.learning.advice.costs import Machine
from studio.learning.catalogue import ModelCard
from studio.learning.catalogue.published import Pretraining
from studio.learning.data import tiling
from studio.learning.readiness.dataset import Readiness

CPU_MINUTES: Mapping[Task, float] = {
    Task.CLASSIFY: 12,
    Task.DETECT: 30,
    Task.INSTANCES: 30,
    Task.SEGMENT: 25,
    Task.KEYPOINTS: 30,
}
"""The longest that a default run on a CPU should take."""

STEPS: Mapping[Task, int] = {
    Task.CLASSIFY: 1000,
    Task.DETECT: 1500,
    Task.INSTANCES: 1500,
    Task.SEGMENT: 1500,
    Task.KEYPOINTS: 1500,
}
"""Optimizer steps after which fine-tuning on a few hundred pictures gains little."""

SMALL_STEPS: Mapping[Task, int] = {
    Task.CLASSIFY: 170,
    Task.DETECT: 290,
    Task.INSTANCES: 290,
    Task.SEGMENT: 310,
    Task.KEYPOINTS: 600,
}
"""The same for the small network, whose pretraining was on scenes of simple parts."""

SMALL_LONGER_SIDE_PX = 256
"""What the small network learned with, and finds small parts in."""

LEAST_EPOCHS = 8
MOST_EPOCHS = 60

COARSE = frozenset({
    "fasterrcnn_mobilenet_v3_large_fpn", "fasterrcnn_mobilenet_v3_large_320_fpn",
    "ssdlite320_mobilenet_v3_large",
})  # fmt: skip
"""Models whose finest features have stride 16 or 32."""
COARSE_OBJECT_PX = 48
FINE_OBJECT_PX = 20
"""Pixels across that the smallest objects should keep."""
POINTED_OBJECT_PX = 32
"""The same where points are to be told apart within them."""

GRID_PX = 32


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be learned, by which model, from what, on what; ``tile_px`` 0 is whole images."""

    task: Task
    card: ModelCard
    data: Readiness
    machine: Machine
    from_scratch: bool = False
    tile_px: int = 0

    @property
    def longer_side_px(self) -> float:
        """The typical picture's longer side."""
        return _median(self.data.longer_side_px) or 640.0

    def megapixels(self, image_size: int) -> float:
        """What the network sees of a typical picture, or of a tile of it, at a time."""
        shape = 1.0
        if self.task is not Task.CLASSIFY:
            seen_px = min(self.longer_side_px, self.tile_px or self.longer_side_px)
            shape = min(seen_px, self.shorter_side_px) / seen_px
        return image_size**2 * shape / 1e6

    @property
    def shorter_side_px(self) -> float:
        """The typical picture's shorter side."""
        return _median(self.data.shorter_side_px) or 480.0

    @property
    def needed_px(self) -> int:
        """How many pixels across the smallest objects should be for the network."""
        if self.task is Task.KEYPOINTS:
            return POINTED_OBJECT_PX
        return COARSE_OBJECT_PX if self.card.name in COARSE else FINE_OBJECT_PX

    @property
    def views(self) -> int:
        """How often a pass learns from a typical picture."""
        return tiling.views(round(self.longer_side_px), round(self.shorter_side_px), self.tile_px)

    @property
    def shown_images(self) -> int:
        """How many images, or parts of them, a pass learns from."""
        return max(1, self.data.train_images) * self.views

    def epoch_s(self, image_size: int) -> float:
        """Seconds of an epoch on this machine's CPU."""
        return costs.epoch_s(
            self.card.name,
            self.megapixels(image_size),
            self.shown_images,
            self.data.val_images * len(self._tiles),
            self.machine.cores,
        )

    def affordable_epochs(self, image_size: int) -> int:
        """Epochs that fit into the time a CPU should take."""
        return int(CPU_MINUTES[self.task] * 60 / self.epoch_s(image_size))

    @property
    def _tiles(self) -> list[tiling.Tile]:
        return tiling.grid(round(self.longer_side_px), round(self.shorter_side_px), self.tile_px)

    @property
    def is_small(self) -> bool:
        """Whether the network that ships with the program learns."""
        return self.card.pretraining is Pretraining.SHAPES


def image_size(job: Job) -> tuple[int, Sentence]:
    """Length in pixels to resize to, and why."""
    wanted, reason = _wanted_size(job)
    wanted = job.card.fitting_size(wanted)
    if job.machine.is_fast:
        return wanted, reason
    size, step = wanted, lcm(GRID_PX, job.card.image_size_step)
    least = max(job.card.min_image_size, min(wanted, 96 if job.task is Task.CLASSIFY else 256))
    while size - step >= least and job.affordable_epochs(size) < LEAST_EPOCHS:
        size -= step
    if size < wanted:
        reason = say(
            "Smaller than the {wanted} pixels that would suit, so that training without a "
            "graphics card stays near {minutes} minutes.",
            wanted=wanted,
            minutes=round(CPU_MINUTES[job.task]),
        )
    return size, reason


def batch_size(job: Job) -> tuple[int, Sentence]:
    """Images a step learns from, and why."""
    size, reason = _wanted_batch(job)
    few = max(1, job.data.train_images)
    limit = max(2, 2 ** ((few // 4).bit_length() - 1)) if few >= 4 else 1
    if size > limit:
        return limit, say("There are only {count} images to learn from.", count=few)
    return size, reason


def epochs(job: Job, size: int, batch: int) -> tuple[int, Sentence]:
    """The most passes over the data, and why."""
    steps = max(1, ceil(job.shown_images / batch))
    enough = (SMALL_STEPS if job.is_small and not job.from_scratch else STEPS)[job.task]
    wanted = min(MOST_EPOCHS, max(LEAST_EPOCHS, ceil(enough / steps)))
    if not job.machine.is_fast:
        affordable = max(3, job.affordable_epochs(size))
        if affordable < wanted:
            return affordable, say(
                "As many as fit into some {minutes} minutes without a graphics card.",
                minutes=round(CPU_MINUTES[job.task]),
            )
    if wanted * steps < enough:
        return wanted, say(
            "More passes over so few images would hardly bring more; training stops earlier when "
            "nothing improves."
        )
    return wanted, say(
        "About {steps} steps in all, which is plenty; training stops earlier when nothing "
        "improves.",
        steps=wanted * steps,
    )


def _wanted_size(job: Job) -> tuple[int, Sentence]:
    match job.task:
        case Task.CLASSIFY:
            return _size_to_classify(job)
        case Task.DETECT | Task.INSTANCES | Task.KEYPOINTS:
            return _size_to_find(job)
        case Task.SEGMENT:
            return _size_to_segment(job)


def _size_to_classify(job: Job) -> tuple[int, Sentence]:
    usual = job.card.usual_image_size
    own = _on_grid(_median(job.data.shorter_side_px) or usual)
    if own < usual:
        return min(usual, max(96, own)), say("The pictures are small themselves.")
    return usual, say("What this network learned with before.")


def _size_to_find(job: Job) -> tuple[int, Sentence]:
    least, most = (512, 1024) if job.machine.is_fast else (320, 640)
    if job.is_small:
        least = SMALL_LONGER_SIDE_PX
    part = job.data.object_part[0] if job.data.object_part else 0.1
    needed, own = job.needed_px, _on_grid(job.longer_side_px)
    if job.tile_px:  # the user's choice, which decides what a picture is
        own = min(own, _on_grid(job.tile_px))
        part = min(1.0, job.data.object_px[0] / own) if job.data.object_px else part
    if job.card.family == "ssd":
        return job.card.min_image_size, say("What this network was made for.")
    if job.card.name.startswith("ssdlite"):
        least, most = 320, 512
    size = min(most, max(least, _on_grid(needed / max(part, 1e-3))))
    if size > own and part * own >= needed:
        return max(128, own), say("The pictures are no larger, and their objects are.")
    size = min(size, max(least, 2 * own))
    return size, say(
        "The smallest objects, {percent}% of the picture's longer side, are then {px} pixels "
        "across.",
        percent=f"{100 * part:.1f}",
        px=round(part * size),
    )


def _size_to_segment(job: Job) -> tuple[int, Sentence]:
    usual = 512 if job.machine.is_fast else 384
    if job.is_small:
        usual = SMALL_LONGER_SIDE_PX
    own = max(128, _on_grid(job.longer_side_px))
    if own <= usual:
        return own, say("The pictures' own size.")
    return usual, say("Keeps borders to a few pixels at a bearable speed.")


def _wanted_batch(job: Job) -> tuple[int, Sentence]:
    slow = say("Suits this task without a graphics card: more steps in the same time.")
    fast = say("Fits the graphics card's memory.")
    gb = job.machine.memory_gb or 8.0
    heavy = "resnet50" in job.card.name
    match job.task, job.machine.is_fast:
        case Task.CLASSIFY, True:
            return (32 if gb >= 4 else 16), fast
        case Task.CLASSIFY, False if job.is_small:
            return 8, slow
        case Task.CLASSIFY, False:
            return 16, say("The usual number of images at a time.")
        case ((Task.DETECT | Task.INSTANCES | Task.KEYPOINTS), True):
            return (max(2, min(8, int(gb // 3))) if heavy else 8), fast
        case Task.DETECT, False if job.card.family in ("ssdlite", "yolox"):
            return 8, say("With fewer images at a time this network learns badly.")
        case ((Task.DETECT | Task.INSTANCES | Task.KEYPOINTS), False):
            return (4 if job.is_small else 2), slow
        case Task.SEGMENT, True:
            return (8 if gb >= 6 else 4), fast
        case _:
            return 4, slow


def _on_grid(size_px: float) -> int:
    """Up to the next multiple of the coarsest features' stride."""
    return ceil(size_px / GRID_PX) * GRID_PX


def _median(percentiles: tuple[float, ...]) -> float:
    return percentiles[2] if percentiles else 0.0
