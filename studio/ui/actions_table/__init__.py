"""The table of every action: what it is called, its icon, its keys, its hint.

Ids are ``subject.verb``. A spec with a ``scope`` works only inside that workspace, so the same key
may mean different things in two workspaces, but never within one.
"""

from __future__ import annotations

from studio.ui.actions import ActionSpec
from studio.ui.actions_table.images import IMAGES
from studio.ui.actions_table.label_assist import LABEL_ASSIST
from studio.ui.actions_table.label_classes import LABEL_CLASSES
from studio.ui.actions_table.label_images import LABEL_IMAGES
from studio.ui.actions_table.label_kinds import LABEL_KINDS
from studio.ui.actions_table.label_reshape import LABEL_RESHAPE
from studio.ui.actions_table.label_selection import LABEL_SELECTION
from studio.ui.actions_table.label_shapes import LABEL_SHAPES
from studio.ui.actions_table.label_suggest import LABEL_SUGGEST
from studio.ui.actions_table.label_tools import LABEL_TOOLS
from studio.ui.actions_table.label_video import LABEL_VIDEO
from studio.ui.actions_table.label_view import LABEL_VIEW
from studio.ui.actions_table.predict import PREDICT
from studio.ui.actions_table.results import RESULTS
from studio.ui.actions_table.train import TRAIN
from studio.ui.actions_table.window import WINDOW

WORKSPACES = ("label", "images", "train", "results", "predict", "dataset")
"""The workspaces in their order; ``workspace.<name>`` shows one."""

SPECS: tuple[ActionSpec, ...] = (
    *WINDOW,
    *LABEL_TOOLS,
    *LABEL_KINDS,
    *LABEL_ASSIST,
    *LABEL_IMAGES,
    *LABEL_SHAPES,
    *LABEL_SELECTION,
    *LABEL_RESHAPE,
    *LABEL_CLASSES,
    *LABEL_VIEW,
    *LABEL_SUGGEST,
    *LABEL_VIDEO,
    *IMAGES,
    *TRAIN,
    *RESULTS,
    *PREDICT,
)
"""Every action of the window."""
