"""How the published files name what is here.

Their tables are wrapped: {"model": ..., "optimizer": ..., ...}; ``pretrained`` unwraps them.
"""

from __future__ import annotations

RENAMED = (
    ("backbone.backbone.stem.conv.", "body.stem.unit."),
    ("backbone.backbone.dark", "body.stage"),
    ("backbone.lateral_conv0.", "neck.narrow5."),
    ("backbone.C3_p4.", "neck.merge4."),
    ("backbone.reduce_conv1.", "neck.narrow4."),
    ("backbone.C3_p3.", "neck.merge3."),
    ("backbone.bu_conv2.", "neck.shrink3."),
    ("backbone.C3_n3.", "neck.return4."),
    ("backbone.bu_conv1.", "neck.shrink4."),
    ("backbone.C3_n4.", "neck.return5."),
    ("head.cls_convs.", "head.class_units."),
    ("head.reg_convs.", "head.box_units."),
    ("head.cls_preds.", "head.class_outputs."),
    ("head.reg_preds.", "head.box_outputs."),
    ("head.obj_preds.", "head.object_outputs."),
    (".dconv.", ".depthwise."),
    (".pconv.", ".pointwise."),
    (".bn.", ".norm."),
    (".m.", ".blocks."),
)
"""Parts of published names, and what stands here in their place."""


def own_name(published: str) -> str:
    """The name of a tensor here by its published name."""
    for theirs, ours in RENAMED:
        published = published.replace(theirs, ours)
    return published
