"""How the detectors after the YOLOX paper learn, where it differs from others.

The paper (Ge et al. 2021, 2.1) trains with SGD over half a million steps. Fine-tuning takes a
thousand; there AdamW gets further.
"""

from __future__ import annotations

from math import ceil

from studio.errors import say
from studio.learning.advice import refinements
from studio.learning.advice.decisions import Decisions
from studio.learning.catalogue import ModelCard
from studio.learning.choices import Optimizer

FAMILY = "yolox"
LONG_STEPS = 20_000
"""From here on a run is long enough for the paper's own recipe."""
PAPER_LR = 0.01 / 64
"""For each image of a batch."""
FINE_LR = 1e-3
MOSAIC = 0.5
"""The paper's for its smallest network; more leaves too few whole pictures in a short run."""


def settle(decided: Decisions, card: ModelCard, shown_images: int) -> None:
    """Decide mosaic, and again what was decided for any detector; a pass shows ``shown_images``."""
    if not decided.config.task.finds:
        decided.settle("mosaic", 0.0, say("Of use for finding objects only."))
        return
    if card.family != FAMILY:
        decided.settle("mosaic", 0.0, say("What this detector was trained without."))
        return
    steps = decided.config.epochs * ceil(shown_images / decided.config.batch_size)
    is_long = steps >= LONG_STEPS
    decided.settle(
        "optimizer",
        Optimizer.SGD if is_long else Optimizer.ADAMW,
        say("What this detector was trained with, in runs as long as this.")
        if is_long
        else say("Gets further in few steps than what this detector was trained with."),
    )
    match decided.config.optimizer:
        case Optimizer.SGD:
            lr = PAPER_LR * decided.config.batch_size
            reason = say("The paper's rate for this batch size.")
            refinements.settle_rates(decided, lr, 1.0, 5e-4, reason)
            decided.settle("nesterov", True, say("What this detector was trained with."))
        case Optimizer.ADAMW:
            reason = say("The usual rate of AdamW for this detector.")
            refinements.settle_rates(decided, FINE_LR, 0.3, 0.01, reason)
        case _:
            pass
    decided.settle(
        "mosaic",
        MOSAIC,
        say("Four pictures in one show objects at more sizes and places; not in the last epochs."),
    )
