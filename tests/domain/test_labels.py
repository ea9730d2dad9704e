from __future__ import annotations

import pytest

from studio.domain.labels import Label, clean_name, find_label, new_label


def test_names_are_one_label_whatever_their_case_and_accents_composition() -> None:
    labels = (new_label("Äpfel", ()),)
    assert find_label(labels, "  äPFEL ") == labels[0]
    assert clean_name(" a \t b ") == "a b"
    with pytest.raises(ValueError, match="already"):
        new_label("ÄPFEL", labels)
    with pytest.raises(ValueError, match="needs a name"):
        new_label("  ", labels)


def test_new_labels_take_free_keys_and_colours() -> None:
    labels: list[Label] = []
    for index in range(20):
        labels.append(new_label(f"class {index}", labels))
    assert [label.key for label in labels] == [*"123456789", *[""] * 11]
    assert len({label.color for label in labels[:16]}) == 16
