"""The search language: every text is understood, or what is wrong with it is said."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studio.domain.completing import Candidate, Vocabulary, complete, with_class_renamed, with_term
from studio.domain.project import Split, State
from studio.domain.query import (
    EXAMPLES,
    Compared,
    Condition,
    InSplit,
    InState,
    Is,
    Noted,
    OfClass,
    OfRun,
    Over,
    Pattern,
    Tagged,
    Word,
    parse,
)
from studio.domain.query_tokens import quoted, tokens
from studio.domain.query_words import KEYS, Comparison, Mark, Measure

SIGNS = st.text(st.sampled_from('ab1.:<>=-/"\\ ()[]*+?：“＞《》２。　螺classnotagshp'), max_size=40)


def only(text: str) -> Condition:
    parsed = parse(text)
    assert not parsed.faults, parsed.faults
    [term] = parsed.terms
    assert not term.negated
    return term.condition


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("bolt", Word("bolt")),
        ('"two bolts"', Word("two bolts")),
        ('"problem"', Word("problem")),
        ("class:car", OfClass("car")),
        ('Class:"big bolt"', OfClass("big bolt")),
        (r'class:"a \"b\" c\d"', OfClass(r'a "b" c\d')),
        ("class：“大 螺栓”", OfClass("大 螺栓")),
        ("tag:夜", Tagged("夜")),
        ("state:done", InState(State.DONE)),
        ("state:In-Progress", InState(State.IN_PROGRESS)),
        ("split=val", InSplit(Split.VAL)),
        ("split:none", InSplit(None)),
        ("shapes>20", Compared(Measure.SHAPES, Comparison.MORE, 20)),
        ("shapes:20", Compared(Measure.SHAPES, Comparison.EQUAL, 20)),
        ("shapes:>=20", Compared(Measure.SHAPES, Comparison.AT_LEAST, 20)),
        ("shapes＞20", Compared(Measure.SHAPES, Comparison.MORE, 20)),
        ("shapes》２０", Compared(Measure.SHAPES, Comparison.MORE, 20)),
        ("area《＝32", Compared(Measure.AREA, Comparison.AT_MOST, 32)),
        ("shapes：》＝20", Compared(Measure.SHAPES, Comparison.AT_LEAST, 20)),
        ("score＜０。５", Compared(Measure.SCORE, Comparison.LESS, 0.5)),
        ("at：50，２０", Over(50, 20)),
        ("run：７", OfRun(7)),
        ("class:《车》", OfClass("《车》")),
        ("《车》", Word("《车》")),
        ("img《车》", Word("img《车》")),
        ("img《2024》", Word("img《2024》")),
        ("第一组：图＝1", Word("第一组：图＝1")),
        ("cam：3》2", Word("cam：3》2")),
        ("class：《2024》", OfClass("《2024》")),
        ("area<32", Compared(Measure.AREA, Comparison.LESS, 32)),
        ("score≤.5", Compared(Measure.SCORE, Comparison.AT_MOST, 0.5)),
        ("size>2mp", Compared(Measure.SIZE, Comparison.MORE, 2e6)),
        ("size<=1.5K", Compared(Measure.SIZE, Comparison.AT_MOST, 1500)),
        ("width>1000", Compared(Measure.WIDTH, Comparison.MORE, 1000)),
        ("run:7", OfRun(7)),
        ("note", Is(Mark.NOTE)),
        ("Problem", Is(Mark.PROBLEM)),
        ('note:"too dark"', Noted("too dark")),
        (r"/img_\d+ x/", Pattern(r"img_\d+ x")),
        ("/a/b/", Pattern("a/b")),
    ],
)
def test_terms(text: str, condition: Condition) -> None:
    assert only(text) == condition


def test_terms_are_negated_and_know_their_place() -> None:
    text = "a  -class:car no:bus -no:van -/x/"
    terms = parse(text).terms
    assert [term.negated for term in terms] == [False, True, True, False, True]
    assert [text[t.start : t.end] for t in terms] == text.split()


@pytest.mark.parametrize(
    ("text", "said", "unfinished"),
    [
        ("class:", "After class: comes a value, as in class:car.", True),
        ("shapes>", "After shapes comes a number, as in shapes>20.", True),
        ("shapes>many", "After shapes comes a number, as in shapes>20.", False),
        ("width>2mp", "After width comes a number, as in width>1000.", False),
        ("state:old", "After state: comes one of: new, in_progress, done, skipped.", False),
        ("split:dev", "After split: comes one of: train, val, test, none.", False),
        ("run:best", "A run is known by its number, as in run:7.", False),
        ("class>3", "Write class: with a colon.", False),
        (
            "clas:car",
            "“clas:” is not a search term. To find it as text, put quotes around it.",
            False,
        ),
        ('"open', "The quotes are not closed.", True),
        ("/open", "A regular expression ends with a second slash, as in /a+/.", True),
        ("-", "After the minus sign say what must not be there.", True),
        ("/[a/", "/[a/ is no regular expression: unterminated character set.", False),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_the_rest_still_holds(
    text: str, said: str, unfinished: bool
) -> None:
    parsed = parse(f"bolt {text}")
    assert [term.condition for term in parsed.terms] == [Word("bolt")]
    [fault] = parsed.faults
    assert (str(fault.sentence), fault.unfinished) == (said, unfinished)
    assert (fault.start, fault.end) == (5, 5 + len(text))


@pytest.mark.parametrize(
    "regex",
    [
        "(a+)+$", "(a|a)*$", "(?:a?){9,}b", r"((\w+)\s?)*x", "(?P<n>a*)*?b", "(a{,}){,}b",
        "a*a*a*a*a*a*b", "a?" * 30 + "a" * 30, "(a|b)" * 20,
    ],
)  # fmt: skip
def test_a_pattern_that_could_take_forever_is_refused_with_a_reason(regex: str) -> None:
    parsed = parse(f"/{regex}/")
    assert parsed.terms == ()
    [fault] = parsed.faults
    assert str(fault.sentence).startswith(f"/{regex}/ ")


@pytest.mark.parametrize(
    "regex",
    [
        r"(cat|dog)_\d+\.(png|jpe?g)$", r"cam_\d+.*frame_\d+", "(?i)a{2,3}", r"(\d{3}_){2}",
        r"\(a+\)+", "[(a+)]+", "(ab)+", "(a+)?", r".*?x.*?y",
    ],
)  # fmt: skip
def test_everyday_patterns_are_taken(regex: str) -> None:
    assert only(f"/{regex}/") == Pattern(regex)


@given(st.text() | SIGNS)
def test_any_text_parses_or_gives_a_sentence(text: str) -> None:
    parsed = parse(text)
    places = sorted((each.start, each.end) for each in (*parsed.terms, *parsed.faults))
    assert bool(places) == bool(text.strip())
    covered = "".join(text[start:end] for start, end in places)
    assert "".join(covered.split()) == "".join(text.split()), "every sign belongs to one term"
    assert all(str(fault.sentence).endswith(".") for fault in parsed.faults)


@given(st.text(min_size=1).filter(lambda name: name.strip()))
@example("a“b”")
@example('"＂\\')
def test_any_name_can_be_looked_for(name: str) -> None:
    assert only(f"class:{quoted(name)}") == OfClass(name)


@given(SIGNS, st.integers(0, 40))
def test_completing_never_fails_and_stays_within_the_text(text: str, cursor: int) -> None:
    completion = complete(text, cursor, Vocabulary(("bolt", "big bolt", "螺栓"), (1, 2)))
    for candidate in completion.candidates:
        after, place = completion.accepted(text, candidate)
        assert 0 <= place <= len(after)
        assert candidate.text in after
        assert any(token.start < place <= token.end + 1 for token in tokens(after))


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("", []),
        ("bo", []),
        ("cl", ["class:"]),
        ("-s", ["state:", "split:", "shapes>", "score<", "size>"]),
        ("class:", ["bolt", '"big bolt"', "nut"]),
        ("x no:BO", ["bolt", '"big bolt"']),
        ('tag:"big', ['"big bolt"']),
        ("class:nut", []),
        ("state:", ["new", "in_progress", "done", "skipped"]),
        ("split:v", ["val"]),
        ("run:", ["3", "12"]),
        ("shapes>", []),
        ("/cl", []),
    ],
)
def test_candidates(text: str, candidates: list[str]) -> None:
    vocabulary = Vocabulary(("bolt", "big bolt", "nut"), (3, 12))
    found = complete(text, len(text), vocabulary).candidates
    assert [each.text for each in found] == candidates


def test_a_candidate_takes_the_place_of_what_was_typed() -> None:
    vocabulary = Vocabulary(("big bolt",))
    text = "a class:bi state:new"
    completion = complete(text, 10, vocabulary)
    assert completion.accepted(text, completion.candidates[0]) == (
        'a class:"big bolt" state:new', 19,
    )  # fmt: skip
    completion = complete("-cla", 4, vocabulary)
    assert completion.accepted("-cla", completion.candidates[0]) == ("-class:", 7)
    assert completion.candidates == (Candidate("class:", open=True),)


def test_every_term_has_an_example_that_is_understood() -> None:
    assert set(EXAMPLES) == set(KEYS)
    for shown in EXAMPLES.values():
        assert not parse(shown).faults


def test_a_term_of_a_menu_is_added_replaced_or_taken_away() -> None:
    text = with_term("bolt", 'class:"big bolt"')
    assert text == 'bolt class:"big bolt"'
    text = with_term(text, "state:new")
    assert with_term(text, "state:done") == 'bolt class:"big bolt" state:done'
    assert with_term(text, "class:nut") == f"{text} class:nut"
    assert with_term(text, "state:new") == 'bolt class:"big bolt"'
    assert with_term("-labelled", "labelled") == "-labelled labelled"


@pytest.mark.parametrize(
    ("text", "renamed"),
    [
        ("class:car -tag:Car no：car x", 'class:"big car" -tag:"big car" no："big car" x'),
        ('class:"car" split:val', 'class:"big car" split:val'),
        ("class:cars car note:car /class:car/", "class:cars car note:car /class:car/"),
    ],
)
def test_a_search_follows_a_class_to_its_new_name(text: str, renamed: str) -> None:
    assert with_class_renamed(text, "car", "big car") == renamed
