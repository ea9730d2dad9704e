"""Writing XML: any text as something that every XML reader takes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from studio.formats.finding import readable

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 knows no way to write, not even as a number."""

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def written(text: str) -> str:
    """``text`` with a replacement character for each that XML cannot have."""
    return _FORBIDDEN.sub(_REPLACEMENT, readable(text))


def opened(tag: str, attributes: Mapping[str, str]) -> str:
    """The start of an element, to be ended with ``</tag>``."""
    told = "".join(f" {name}={quoteattr(written(text))}" for name, text in attributes.items())
    return f"<{tag}{told}>"


def leaf(tag: str, text: str, **attributes: str) -> str:
    """An element that holds a text and nothing else."""
    # A carriage return would be read as a line feed.
    told = escape(written(text), {"\r": "&#13;"})
    return f"{opened(tag, attributes)}{told}</{tag}>"
