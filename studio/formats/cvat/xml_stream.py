"""Reading large XML files piece by piece, and none that could do harm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from studio.errors import Sentence, say

_CHUNK = 1 << 20


class NotXml(Exception):
    """A file that cannot be read, or not beyond ``line``."""

    def __init__(self, sentence: Sentence, line: int = 0) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.line = line


@dataclass(slots=True)
class Node:
    """An element: ``text`` is all that stands directly in it, ``line`` where it begins."""

    tag: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list[Node] = field(default_factory=list["Node"])

    def get(self, name: str) -> str:
        """The attribute called ``name``, or ""."""
        return self.attributes.get(name, "")

    def child(self, tag: str) -> Node | None:
        """The first child of that kind."""
        return next((child for child in self.children if child.tag == tag), None)

    def said(self, tag: str) -> str:
        """The text of the first child of that kind, or ""."""
        child = self.child(tag)
        return child.text.strip() if child else ""


def root_of(path: Path) -> str:
    """What the outermost element is called, seen without reading on.

    Raises:
        NotXml: see ``pieces``.
    """
    parser = _Parser()
    for _ in parser.pieces(path):
        break
    return parser.root


def pieces(path: Path) -> Iterator[Node]:
    """The children of the outermost element, each whole; only one of them is kept in memory.

    Raises:
        NotXml: it cannot be opened, is not valid XML, or has a DOCTYPE.
    """
    return _Parser().pieces(path)


class _Parser:
    def __init__(self) -> None:
        self.root = ""
        self._open: list[Node] = []
        self._whole: list[Node] = []
        self._expat = expat.ParserCreate()
        self._expat.buffer_text = True
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._text
        self._expat.StartDoctypeDeclHandler = self._refuse

    def pieces(self, path: Path) -> Iterator[Node]:
        try:
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    self._expat.Parse(chunk, False)
                    yield from self._taken()
                self._expat.Parse(b"", True)
                yield from self._taken()
        except OSError as error:
            sentence = say("it cannot be opened: {reason}", reason=error.strerror)
            raise NotXml(sentence) from error
        except (expat.ExpatError, ValueError, LookupError) as error:
            # What was whole before the fault is as good as ever.
            yield from self._taken()
            sentence = say("it is not valid XML: {reason}", reason=error)
            raise NotXml(sentence, self._expat.CurrentLineNumber) from error

    def _taken(self) -> list[Node]:
        whole, self._whole = self._whole, []
        return whole

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        node = Node(tag, attributes, self._expat.CurrentLineNumber)
        if not self._open:
            self.root = tag
        elif len(self._open) > 1:
            self._open[-1].children.append(node)
        self._open.append(node)

    def _end(self, _tag: str) -> None:
        node = self._open.pop()
        if len(self._open) == 1:
            self._whole.append(node)

    def _text(self, text: str) -> None:
        if len(self._open) > 1:
            self._open[-1].text += text

    def _refuse(self, *_: object) -> None:
        # Entities can be made to fill the memory or to read other files.
        raise NotXml(say("it has a DOCTYPE, which is not read for safety"))
