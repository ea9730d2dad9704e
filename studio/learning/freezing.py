"""Which layers learn: some never (``freeze``), those trained before not at once (``head_epochs``).

New layers begin with random weights, and their first gradients would only upset the trained ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm

from studio.errors import ConfigError
from studio.learning import catalogue
from studio.learning.choices import Weights
from studio.learning.config import TrainConfig
from studio.learning.models.families import FAMILIES

HOLDERS = ("features", "stages", "lateral", "merge")
"""Parts that only hold the stages of a network."""


@dataclass(frozen=True, slots=True)
class Layers:
    """What of a model is held while it learns.

    ``still`` are the norms of layers that never learn; ``body`` and ``body_norms`` belong to the
    layers that were trained before, and wait for the new ones.
    """

    still: tuple[nn.Module, ...]
    body: tuple[nn.Parameter, ...]
    body_norms: tuple[nn.Module, ...]

    @classmethod
    def of(cls, model: nn.Module, config: TrainConfig) -> Self:
        """Those of ``model``, which is not wrapped yet."""
        card = catalogue.card(config.task, config.model)
        family, scratch = FAMILIES[card.family], config.weights is Weights.SCRATCH
        norms = [(n, each) for n, each in model.named_modules() if isinstance(each, _BatchNorm)]
        still = [each for _, each in norms if each.affine and not each.weight.requires_grad]
        return cls(
            tuple(still),
            tuple(
                weights
                for name, weights in model.named_parameters()
                if weights.requires_grad and not scratch and family.is_backbone(card, name)
            ),
            tuple(
                each
                for name, each in norms
                if not scratch and family.is_backbone(card, f"{name}.weight")
            ),
        )

    def begin(self, model: nn.Module, *, waits: bool) -> None:
        """Put ``model`` into training mode for an epoch in which the body ``waits``, or learns."""
        model.train()
        for norm in (*self.still, *(self.body_norms if waits else ())):
            norm.eval()
        for weights in self.body:
            weights.requires_grad_(not waits)


def freeze(model: nn.Module, config: TrainConfig) -> None:
    """Fix the layers that ``config.freeze`` names.

    Raises:
        ConfigError: there are none of that name, not so many stages, or nothing is left to learn.
    """
    if not config.freeze:
        return
    if config.freeze.isdecimal():
        known = stages(model, config)
        if int(config.freeze) > len(known):
            raise ConfigError(
                "The first {count} stages cannot be frozen: {model} has {most}.",
                count=config.freeze,
                model=config.model,
                most=len(known),
            )
        wanted = [name for stage in known[: int(config.freeze)] for name in stage]
    else:
        wanted = [name.strip() for name in config.freeze.split(",") if name.strip()]
    for start in wanted:
        found = [weights for name, weights in model.named_parameters() if name.startswith(start)]
        if not found:
            raise ConfigError(
                "Layers {layer} cannot be frozen: none of {model} begins with that.",
                layer=start,
                model=config.model,
            )
        for weights in found:
            weights.requires_grad_(False)
    if not any(weights.requires_grad for weights in model.parameters()):
        raise ConfigError(
            "All layers of {model} are frozen: leave one of them to learn.", model=config.model
        )


def stages(model: nn.Module, config: TrainConfig) -> list[tuple[str, ...]]:
    """The beginnings of the names of the backbone's layers, stage by stage from the image on."""
    card = catalogue.card(config.task, config.model)
    family = FAMILIES[card.family]
    prefix = family.backbone(card)
    found: list[tuple[str, ...]] = []
    for name, module in _children(prefix, model.get_submodule(prefix.rstrip("."))):
        weights = [f"{name}.{inner}" for inner, _ in module.named_parameters()]
        if not weights or not all(family.is_backbone(card, each) for each in weights):
            continue
        if found and isinstance(module, _BatchNorm):
            found[-1] = (*found[-1], f"{name}.")
        else:
            found.append((f"{name}.",))
    return found


def _children(prefix: str, module: nn.Module) -> list[tuple[str, nn.Module]]:
    found: list[tuple[str, nn.Module]] = []
    for name, child in module.named_children():
        whole = f"{prefix}{name}"
        found += _children(f"{whole}.", child) if name in HOLDERS else [(whole, child)]
    return found


def set_dropout(model: nn.Module, config: TrainConfig) -> None:
    """Give every dropout that the model's authors put to use the part that ``config`` says."""
    if config.dropout < 0:
        return
    for layer in model.modules():
        if isinstance(layer, nn.Dropout | nn.Dropout2d) and layer.p > 0:
            layer.p = config.dropout
