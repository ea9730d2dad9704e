"""Nothing that the window says is left in the wrong language."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.ui import language
from studio.ui.wording import stored_problems
from studio.ui.wording.messages import problem
from tests.translations import collecting, ts_files
from tests.translations.collecting import Message
from tests.translations.ts_files import LANGUAGES


@pytest.fixture(scope="module")
def messages() -> set[Message]:
    return collecting.collect()[0]


def test_every_text_is_a_literal_that_can_be_translated() -> None:
    assert [str(misuse) for misuse in collecting.collect()[1]] == []


def test_no_message_is_both_counted_and_not(messages: set[Message]) -> None:
    plural = {(each.context, each.text) for each in messages if each.plural}
    single = {(each.context, each.text) for each in messages if not each.plural}
    assert plural & single == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_translated(language: str, messages: set[Message]) -> None:
    known = ts_files.read(ts_files.source_file(language))
    wanted = ts_files.wanted(language, messages)
    assert sorted(wanted - known.keys()) == [], "run: python -m tests.translations"
    assert sorted(known.keys() - wanted) == [], "run: python -m tests.translations"
    assert [each for each in sorted(wanted) if not known[each].finished] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_every_value(language: str) -> None:
    """``{name}``, ``%1`` and ``%n`` stand in the translation as often as in the English."""
    wrong = [
        (message.text, form)
        for message, answer in ts_files.read(ts_files.source_file(language)).items()
        for form in answer.forms
        if ts_files.placeholders(form) != ts_files.placeholders(message.text)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_file_is_fresh(language: str, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.qm"
    ts_files.compile_to(language, fresh)
    assert ts_files.compiled_file(language).read_bytes() == fresh.read_bytes()


def test_the_problems_of_images_are_known_by_their_templates(messages: set[Message]) -> None:
    sentences = {each.text for each in messages if each.context == "Sentences"}
    assert set(stored_problems.TEMPLATES) <= sentences


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("a (1).png cannot be read: its data are damaged.", "无法读取 a (1).png：数据已损坏。"),
        ("图.png is no longer where it was.", "图.png 已不在原处。"),
        ("said by an older program", "said by an older program"),
    ],
)
def test_stored_problems_are_shown_in_chinese(stored: str, shown: str, qapp) -> None:
    language.apply(qapp, "zh_CN")
    assert problem(stored) == shown
    language.apply(qapp, "en")
    assert problem(stored) == stored


@pytest.mark.parametrize(("spoken", "said"), [("en", "20,000 images"), ("zh_CN", "20,000 张图像")])
def test_counts_are_written_as_the_language_writes_numbers(spoken: str, said: str, qapp) -> None:
    language.apply(qapp, spoken)
    assert qapp.translate("FilterBar", "%n image(s)", None, 20_000) == said
    language.apply(qapp, "en")
