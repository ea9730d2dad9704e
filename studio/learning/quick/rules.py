"""From when on the quick classifier can help. No torch here."""

from __future__ import annotations

from collections.abc import Mapping

LEAST = 2
"""Images that each class needs, so that a fit can be tried on one that it has not seen."""
RARE_PART = 0.1
"""Classes of fewer images hold it up while these are more than this part of all."""


def learnable(
    images_per_label: Mapping[str, int], images: int, *, multi_label: bool
) -> frozenset[str]:
    """The labels that can be learned from ``images`` tagged ones; none while it is too early.

    Of exclusive classes every one that is in use must be known, rare ones excepted: else it would
    suggest the others in its place. With several tags each class stands for itself, and needs
    images without it.
    """
    known = frozenset(label for label, count in images_per_label.items() if count >= LEAST)
    if multi_label:
        return frozenset(each for each in known if images - images_per_label[each] >= LEAST)
    rare = sum(count for label, count in images_per_label.items() if label not in known)
    return known if len(known) > 1 and rare <= RARE_PART * images else frozenset()
