"""What the program says, in the user's language: sentences, titles of edits, message boxes."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from types import TracebackType

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from studio.domain.edits import Title
from studio.domain.project import Split
from studio.domain.runs import RunState
from studio.errors import Sentence, StudioError, Value
from studio.storage.query_sql import GONE
from studio.ui.wording import names, reasons, stored_problems

SENTENCES = "Sentences"
EDITS = "Edits"


def sentence(said: Sentence | StudioError) -> str:
    """A sentence in the user's language, its values filled in."""
    if isinstance(said, StudioError):
        said = said.sentence
    template = QCoreApplication.translate(SENTENCES, said.template)
    try:
        return template.format_map({key: value(key, each) for key, each in said.values.items()})
    except (KeyError, IndexError, ValueError):
        return str(said)


def value(key: str, each: Value) -> str | int | float:
    """The value ``key`` of a sentence, in the user's language."""
    if isinstance(each, Sentence):
        return sentence(each)
    # From another process a choice comes as its plain text.
    try:
        match key:
            case "split":
                return quoted(names.split_name(Split(each)))
            case "state":
                return quoted(names.state_name(RunState(each)))
            case "reason":
                return reasons.in_words(QCoreApplication.translate(SENTENCES, str(each)))
            case "problem":
                return problem(str(each))
            case _:
                return each
    except ValueError:
        return each


def problem(stored: str) -> str:
    """What a project has noted of an image, which is English, in the user's language.

    A file that is missing may have had another problem before, which stands on a line of its own.
    """
    before, _, missing = stored.rpartition("\n")
    if before and missing.endswith(GONE):
        return together(problem(before), problem(missing))
    said = stored_problems.parsed(stored)
    return sentence(said) if said else stored


def quoted(name: str) -> str:
    """A name that something has in the window, within a sentence."""
    return f"“{name}”"


def edit_title(title: str) -> str:
    """The title of an edit in the user's language; "" stays ""."""
    return QCoreApplication.translate(EDITS, str(Title(title))) if title else ""


def listed(texts: Iterable[str]) -> str:
    """Several things one after the other, as the user's language lists them."""
    return QCoreApplication.translate("Lists", ", ").join(texts)


def together(first: str, second: str) -> str:
    """Two sentences one after the other; Chinese has no space between them."""
    pattern = QCoreApplication.translate("Lists", "{first} {second}", "two sentences")
    return pattern.format(first=first, second=second)


def pixels(count: str | float) -> str:
    """A length in pixels; numbers are rounded to whole ones."""
    text = count if isinstance(count, str) else f"{count:.0f}"
    return QCoreApplication.translate("Lists", "{count} px").format(count=text)


def show_error(parent: QWidget | None, error: StudioError) -> None:
    """Tell of something that the user can put right."""
    box = _box(parent, QMessageBox.Icon.Warning, sentence(error))
    box.exec()


def show_bug(
    parent: QWidget | None,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
) -> None:
    """Tell of a bug of ours, with the traceback behind *Show Details*."""
    text = QCoreApplication.translate(
        "Messages",
        "Something went wrong inside Vision Studio. Your work is stored; you can go on.",
    )
    box = _box(parent, QMessageBox.Icon.Critical, text)
    box.setInformativeText(f"{kind.__name__}: {error}")
    box.setDetailedText("".join(traceback.format_exception(kind, error, trace)))
    box.exec()


def ask(parent: QWidget | None, question: str, details: str, yes: str) -> bool:
    """Ask for consent; ``yes`` is what the button that gives it says."""
    box = _box(parent, QMessageBox.Icon.Question, question)
    box.setInformativeText(details)
    consent = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.setStandardButtons(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(consent)
    box.exec()
    return box.clickedButton() is consent


def attempt(parent: QWidget | None, call: Callable[[], object]) -> bool:
    """Call something that may fail with a sentence, and show the sentence if it does."""
    try:
        call()
    except StudioError as error:
        show_error(parent, error)
        return False
    return True


def _box(parent: QWidget | None, icon: QMessageBox.Icon, text: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setIcon(icon)
    box.setWindowTitle(QCoreApplication.applicationName())
    box.setText(text)
    return box
