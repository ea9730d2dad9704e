"""Nothing that the window says is left in the wrong language."""

from __future__ import annotations

from pathlib import Path

import pytest

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
