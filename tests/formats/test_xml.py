from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.formats.cvat.xml_stream import NotXml, pieces, root_of
from studio.formats.xml_text import leaf, opened


def file(folder: Path, content: str, encoding: str = "utf-8") -> Path:
    path = folder / "a.xml"
    path.write_bytes(content.encode(encoding))
    return path


def test_pieces_come_one_by_one(tmp_path: Path) -> None:
    path = file(tmp_path, "<all>\n<a x='1'>so <b>or</b> so</a>\n<c/>\n</all>")
    first, second = pieces(path)
    assert (first.tag, first.get("x"), first.get("y"), first.line) == ("a", "1", "", 2)
    assert (first.text, first.said("b"), first.said("c")) == ("so  so", "or", "")
    assert (second.tag, second.line) == ("c", 3)
    assert root_of(path) == "all"


def test_what_is_whole_comes_before_the_fault(tmp_path: Path) -> None:
    path = file(tmp_path, "<all><a/>" + "<b/>" * 400_000 + "\n</wrong>")
    found = pieces(path)
    assert sum(1 for _ in zip(range(400_001), found, strict=False)) == 400_001
    with pytest.raises(NotXml, match="not valid XML") as failure:
        next(found)
    assert failure.value.line == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_entities_are_never_expanded(tmp_path: Path, encoding: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bomb"><!ENTITY c "&b;&b;">]><a><d>&c;</d></a>'
    with pytest.raises(NotXml, match="DOCTYPE"):
        list(pieces(file(tmp_path, bomb, encoding)))


def test_depth_is_no_danger(tmp_path: Path) -> None:
    [piece] = pieces(file(tmp_path, "<a>" * 200_000 + "</a>" * 200_000))
    assert piece.child("a") is not None


@pytest.mark.parametrize("declared", ["gbk", "nonsense"])
def test_an_encoding_that_is_unknown_is_a_sentence(tmp_path: Path, declared: str) -> None:
    with pytest.raises(NotXml, match="not valid XML"):
        list(pieces(file(tmp_path, f'<?xml version="1.0" encoding="{declared}"?><a/>')))


def test_a_file_that_is_gone_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotXml, match="cannot be opened"):
        list(pieces(tmp_path / "gone.xml"))


@given(st.text(), st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_can_be_written_and_most_of_it_read(tmp_path_factory, key: str, text: str) -> None:
    path = tmp_path_factory.mktemp("xml") / "a.xml"
    content = f"<all>{leaf('a', text, key=key)}{opened('b', {'key': text})}</b></all>"
    path.write_text(content, encoding="utf-8", newline="")
    first, second = pieces(path)
    assert first.text == second.get("key") == _as_xml_has_it(text)


def _as_xml_has_it(text: str) -> str:
    forbidden = {*map(chr, range(32)), "\ufffe", "\uffff"} - {"\t", "\n", "\r"}
    return "".join("\N{REPLACEMENT CHARACTER}" if each in forbidden else each for each in text)
