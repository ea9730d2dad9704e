"""How many parameters a model has is said in the words that the language counts with."""

from __future__ import annotations

import pytest

from studio.ui import language
from studio.ui.training.setup.parameters import parameters


@pytest.mark.parametrize(
    ("millions", "english", "chinese"),
    [
        (0.0043, "4,300", "4,300"),
        (0.03, "30,000", "3 万"),
        (0.1, "0.1 million", "10 万"),
        (1.5, "1.5 million", "150 万"),
        (44.5, "44.5 million", "4450 万"),
        (99.99, "100.0 million", "9999 万"),
        (99.999, "100.0 million", "1.0 亿"),
        (126.9, "126.9 million", "1.3 亿"),
    ],
)
def test_counts_are_said_as_each_language_counts(
    millions: float, english: str, chinese: str, qapp
) -> None:
    for spoken, said in (("zh_CN", chinese), ("en", english)):
        language.apply(qapp, spoken)
        assert parameters(millions) == said
