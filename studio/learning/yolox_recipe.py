"""How one-stage detectors learn, where it differs from the others. No torch here.

The paper (Ge et al. 2021, 2.1) trains with SGD at 0.01 for 64 images a step, over half a million
steps. Fine-tuning takes a thousand, so a step on 8 images is as long here as theirs on 64.
"""

from __future__ import annotations

from studio.errors import say
from studio.learning.catalogue import ModelCard
from studio.learning.choices import Optimizer
from studio.learning.decisions import Decisions

FAMILY = "yolox"
LR = 0.01
FULL_BATCH = 8
"""Images a step from which on the rate is ``LR``; fewer take shorter steps."""
WEIGHT_DECAY = 5e-4
MOSAIC = 0.5
"""The paper's for its smallest network; what the larger ones need on thousands of pictures
leaves too few whole ones in a short run."""


def settle(decided: Decisions, card: ModelCard) -> None:
    """Decide what the recipe decided for other detectors."""
    if card.family != FAMILY:
        return
    trained = say("What this detector was trained with.")
    decided.settle("optimizer", Optimizer.SGD, trained)
    if decided.config.optimizer is Optimizer.SGD:
        lr = LR * min(1.0, decided.config.batch_size / FULL_BATCH)
        decided.settle("nesterov", True, trained)
        decided.settle("lr", lr, say("The usual rate of SGD for this batch size."))
        decided.settle("weight_decay", WEIGHT_DECAY, say("Goes with the optimizer."))
        decided.settle("backbone_lr_factor", 1.0, say("The whole network was trained together."))
    decided.settle(
        "mosaic",
        MOSAIC,
        say("Four pictures in one show objects at more sizes and places; not in the last epochs."),
    )
