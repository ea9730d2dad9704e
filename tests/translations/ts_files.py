"""Qt's translation source files: reading, bringing up to date, compiling."""

from __future__ import annotations

import re
import subprocess
import sysconfig
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import PySide6

from tests.translations.collecting import ROOT, Message

FOLDER = ROOT / "resources" / "i18n"
LANGUAGES = ("en", "zh_CN")
PLURAL_FORMS = {"en": 2, "zh_CN": 1}


@dataclass(frozen=True)
class Translation:
    """What stands in a file for one message; no forms means that it is unfinished."""

    forms: tuple[str, ...]

    @property
    def finished(self) -> bool:
        return bool(self.forms) and all(self.forms)


Translations = Mapping[Message, Translation]


def source_file(language: str) -> Path:
    return FOLDER / f"studio_{language}.ts"


def compiled_file(language: str) -> Path:
    return FOLDER / f"studio_{language}.qm"


def wanted(language: str, messages: Iterable[Message]) -> set[Message]:
    """What a language has to say for itself: English needs only its plural forms."""
    return {each for each in messages if language != "en" or each.plural}


def read(path: Path) -> dict[Message, Translation]:
    """The messages in a file with their translations."""
    if not path.is_file():
        return {}
    found: dict[Message, Translation] = {}
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        for node in context.iter("message"):
            plural = node.get("numerus") == "yes"
            found[Message(name, node.findtext("source") or "", plural)] = _translation(node)
    return found


def _translation(node: ET.Element) -> Translation:
    answer = node.find("translation")
    if answer is None or answer.get("type") == "unfinished":
        return Translation(())
    forms = [form.text or "" for form in answer.iter("numerusform")]
    return Translation(tuple(forms) if forms else (answer.text or "",))


def write(language: str, messages: Iterable[Message], known: Translations) -> None:
    """Write a language's file: these messages in order, with what is known of them."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    for message in sorted(messages):
        if message.context not in contexts:
            contexts[message.context] = ET.SubElement(root, "context")
            ET.SubElement(contexts[message.context], "name").text = message.context
        _append(contexts[message.context], message, known.get(message), PLURAL_FORMS[language])
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    source_file(language).write_text(head + text + "\n", encoding="utf-8", newline="\n")


def _append(
    context: ET.Element, message: Message, known: Translation | None, plural_forms: int
) -> None:
    node = ET.SubElement(context, "message")
    if message.plural:
        node.set("numerus", "yes")
    ET.SubElement(node, "source").text = message.text
    answer = ET.SubElement(node, "translation")
    forms = known.forms if known and known.finished else ()
    if not forms:
        answer.set("type", "unfinished")
    if message.plural:
        for index in range(plural_forms):
            form = ET.SubElement(answer, "numerusform")
            form.text = forms[index] if index < len(forms) else ""
    elif forms:
        answer.text = forms[0]


def compile_to(language: str, target: Path) -> None:
    """Compile a language's file with Qt's ``lrelease``, which comes with PySide6.

    Counts become ``%Ln``, which Qt writes as the language writes numbers: 20,000. A running
    program has the old file in its address space, so that is not written into.
    """
    unfinished = target.with_suffix(".new.qm")
    grouped = target.with_suffix(".new.ts")
    grouped.write_text(_grouping(source_file(language)), encoding="utf-8", newline="\n")
    command = [str(_lrelease()), str(grouped), "-qm", str(unfinished), "-silent"]
    subprocess.run(command, check=True, capture_output=True)
    grouped.unlink()
    unfinished.replace(target)


def _grouping(source: Path) -> str:
    tree = ET.parse(source)
    for form in tree.getroot().iter("numerusform"):
        form.text = (form.text or "").replace("%n", "%Ln")
    return ET.tostring(tree.getroot(), encoding="unicode")


def _lrelease() -> Path:
    folder = Path(PySide6.__file__).parent
    for path in (folder / "lrelease", folder / "lrelease.exe"):
        if path.is_file():
            return path
    return Path(sysconfig.get_path("scripts")) / "pyside6-lrelease"


def placeholders(text: str) -> list[str]:
    """What must be in a translation as well: ``{named}`` values, ``%1`` and ``%n``."""
    return sorted(re.findall(r"\{[^{}]*\}|%L?[0-9n]", text))
