"""Every string that the window can show, found in the source by its syntax tree.

* ``self.tr("...")``: the context is the class it stands in, as Qt looks it up;
* ``QCoreApplication.translate("Context", "...")``, also by the local names ``tr`` and
  ``translate``;
* texts and hints of ``ActionSpec``: context ``Actions``;
* templates of ``say``, ``Sentence`` and of every kind of ``StudioError``, and the reasons that
  ``Unreadable`` gives: context ``Sentences``;
* the titles of edits: context ``Edits``;
* the help of each training setting, which is data: context ``TrainConfig``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from studio.learning import config

OF_SETTINGS = "TrainConfig"
ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "studio"
ERRORS = "studio/errors.py"


@dataclass(frozen=True, order=True)
class Message:
    """One string to translate; ``plural`` ones have a form for each number."""

    context: str
    text: str
    plural: bool = False


@dataclass(frozen=True)
class Misuse:
    """A call that cannot be translated, because its text is not a literal."""

    file: str
    line: int
    why: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.why}"


def collect() -> tuple[set[Message], list[Misuse]]:
    """All messages of the program, and the calls that hide theirs."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in _files()}
    errors = _error_classes(list(trees.values()))
    messages: set[Message] = set()
    misuses: list[Misuse] = []
    for path, tree in trees.items():
        finder = _Finder(path.relative_to(ROOT).as_posix(), errors)
        finder.visit(tree)
        messages |= finder.messages
        misuses += finder.misuses
    messages |= {Message(OF_SETTINGS, text) for text in config.field_help().values()}
    return messages, misuses


def _files() -> Iterator[Path]:
    yield from sorted(SOURCE.rglob("*.py"))


def _error_classes(trees: list[ast.Module]) -> set[str]:
    """Names of ``StudioError`` and of all that derives from it."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {"StudioError", "Unreadable"}
    while more := {name for name, of in bases.items() if of & found} - found:
        found |= more
    return found


class _Finder(ast.NodeVisitor):
    """Walks one file, knowing which class it is in."""

    def __init__(self, file: str, errors: set[str]) -> None:
        self.messages: set[Message] = set()
        self.misuses: list[Misuse] = []
        self._file = file
        self._errors = errors
        self._classes: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        if node.name == "Title":
            for line in node.body:
                if isinstance(line, ast.Assign):
                    self._add("Edits", line.value, node.lineno)
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        match node.func:
            case ast.Attribute(value=ast.Name(id="self"), attr="tr"):
                context = self._classes[-1] if self._classes else ""
                self._add(context, _argument(node, 0), node.lineno, plural=_counts(node, 2))
            case ast.Attribute(attr="tr"):
                self._misuse(node.lineno, "only self.tr tells which class the text belongs to")
            case ast.Attribute(attr="translate") | ast.Name(id="tr" | "translate"):
                self._take_translate(node)
            case ast.Name(id="ActionSpec"):
                self._take_action(node)
            case ast.Name(id="say" | "Sentence"):
                self._take_sentence(node)
                if node.func.id == "say" and isinstance(node.args[0], ast.Name):
                    self._take_variable(node)
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in self._errors:
                self._take_sentence(node)
            case _:
                pass

    def _take_translate(self, node: ast.Call) -> None:
        context = _argument(node, 0)
        if not isinstance(context, ast.Constant) or context.value == OF_SETTINGS:
            return
        if isinstance(context.value, str):
            plural = _counts(node, 3)
            self._add(context.value, _argument(node, 1), node.lineno, plural=plural)

    def _take_action(self, node: ast.Call) -> None:
        self._add("Actions", _argument(node, 1, "text"), node.lineno)
        hint = _argument(node, 4, "hint")
        if hint is not None:
            self._add("Actions", hint, node.lineno)

    def _take_sentence(self, node: ast.Call) -> None:
        template = _argument(node, 0, "template")
        # A sentence made of data (read back from a file, or passed on) was literal elsewhere.
        if isinstance(template, ast.Constant):
            self._add("Sentences", template, node.lineno)
        elif isinstance(template, (ast.JoinedStr, ast.BinOp)):
            self._misuse(node.lineno, "a sentence must be a literal template")

    def _take_variable(self, node: ast.Call) -> None:
        """Only the errors themselves may say what they were given: elsewhere it is a literal."""
        if self._file != ERRORS:
            self._misuse(node.lineno, "what is said must be a literal template")

    def _add(self, context: str, text: ast.expr | None, line: int, *, plural: bool = False) -> None:
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            if text.value:
                self.messages.add(Message(context, text.value, plural))
        elif text is not None:
            self._misuse(line, f"the text for translation context {context} must be a literal")

    def _misuse(self, line: int, why: str) -> None:
        self.misuses.append(Misuse(self._file, line, why))


def _argument(node: ast.Call, position: int, name: str = "") -> ast.expr | None:
    if len(node.args) > position:
        return node.args[position]
    return next((word.value for word in node.keywords if word.arg == name), None)


def _counts(node: ast.Call, position: int) -> bool:
    return len(node.args) > position or any(word.arg == "n" for word in node.keywords)
