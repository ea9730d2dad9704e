"""What a reader raises about one thing of a file, and notes as a problem before it goes on."""

from __future__ import annotations

from studio.errors import Sentence


class Malformed(Exception):
    """Something in a file cannot be understood; ``field`` names its place, "" for none."""

    def __init__(self, sentence: Sentence, field: str = "") -> None:
        super().__init__(str(sentence))
        self.field = field
        self.sentence = sentence
