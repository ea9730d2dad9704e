"""Sentences of the engine, as the window says them."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from studio.domain.project import Split
from studio.domain.runs import RunState
from studio.errors import Sentence, say
from studio.ui import language, messages


def from_another_process(said: Sentence) -> Sentence:
    return Sentence(**json.loads(json.dumps(asdict(said))))


JUDGED = say(
    "Run {run} cannot be judged on {split}: no labelled image is in that split, other than those "
    "that the run has seen.",
    run="0001-detect",
    split=Split.VAL,
)
CONTINUED = say(
    "Run {run} cannot be continued: it is {state}.", run="0001-detect", state=RunState.FINISHED
)


@pytest.mark.parametrize(
    ("said", "english", "chinese"),
    [
        (JUDGED, "cannot be judged on “Validation”:", "“验证集”"),
        (CONTINUED, "Run 0001-detect cannot be continued: it is “Finished”.", "“已完成”"),
    ],
)
def test_splits_and_states_have_the_names_of_the_window(qapp, said, english, chinese):
    told = from_another_process(said)
    assert english in messages.sentence(told)
    language.apply(qapp, "zh_CN")
    assert chinese in messages.sentence(told)


def test_a_value_that_only_looks_like_one_stays(qapp):
    assert messages.sentence(Sentence("{run}, {split}", {"run": "val", "split": "v"})) == "val, v"
