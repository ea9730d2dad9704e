"""Sentences of the engine, as the window says them."""

from __future__ import annotations

import errno
import json
import socket

import pytest

from studio.domain.project import Split
from studio.domain.runs import RunState
from studio.errors import DownloadFailed, Sentence, say
from studio.ui import language
from studio.ui.wording import messages


def from_another_process(said: Sentence) -> Sentence:
    return Sentence.told(json.loads(json.dumps(said.to_json())))


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


def refused(error: OSError) -> Sentence:
    return say("{folder} cannot be written to: {reason}.", folder="/w", reason=error)


@pytest.mark.parametrize(
    ("error", "english", "chinese"),
    [
        (
            PermissionError(errno.EACCES, "Permission denied", "/w/a"),
            "Permission denied.",
            "没有权限",
        ),
        (TimeoutError("timed out"), "no answer came in time.", "对方没有及时回应"),
        (socket.gaierror(-2, "Name or service not known"), "may be offline.", "可能没有联网"),
        (OSError("odd"), "/w cannot be written to: odd.", "odd"),
    ],
)
def test_why_the_system_refused_something_is_said_in_the_user_s_language(
    qapp, error, english, chinese
):
    told = from_another_process(refused(error))
    assert messages.sentence(told).endswith(english)
    language.apply(qapp, "zh_CN")
    assert chinese in messages.sentence(told)


def test_a_failure_that_another_one_is_the_reason_of_is_translated_too(qapp):
    missing = DownloadFailed("{url} answered {code}.", url="http://w", code=404)
    told = from_another_process(say("Nothing was added: {reason}", reason=missing))
    assert str(told) == "Nothing was added: http://w answered 404."
    language.apply(qapp, "zh_CN")
    assert messages.sentence(told).endswith(messages.sentence(missing))
    assert "answered" not in messages.sentence(told)


GONE = say("{file} is no longer where it was.", file="a.png")


@pytest.mark.parametrize("problem", [GONE, str(GONE)], ids=["told", "stored"])
def test_what_is_wrong_with_an_image_is_translated_within_a_sentence(qapp, problem):
    told = from_another_process(say("{file}: {problem}", file="a.png", problem=problem))
    assert messages.sentence(told) == "a.png: a.png is no longer where it was."
    language.apply(qapp, "zh_CN")
    assert messages.sentence(told) == "a.png：a.png 已不在原处。"


def test_a_value_that_only_looks_like_one_stays(qapp):
    assert messages.sentence(Sentence("{run}, {split}", {"run": "val", "split": "v"})) == "val, v"


@pytest.mark.parametrize(
    ("reason", "chinese"),
    [
        ("database or disk is full", "磁盘空间不足"),
        ("attempt to write a readonly database", "没有权限"),
    ],
)
def test_what_the_database_says_is_said_in_the_users_language(qapp, reason, chinese):
    language.apply(qapp, "zh_CN")
    said = messages.sentence(say("{path} cannot be written: {reason}.", path="p.db", reason=reason))
    assert chinese in said and reason not in said
