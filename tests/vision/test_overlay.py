from __future__ import annotations

import numpy as np
import pytest

from studio.vision import overlay, rle


@pytest.fixture
def grey() -> np.ndarray:
    return np.full((200, 300, 3), 128, np.uint8)


def test_a_mask_is_tinted_and_its_box_outlined(grey: np.ndarray) -> None:
    bitmap = np.zeros((200, 300), bool)
    bitmap[80:120, 100:160] = True
    thing = {"label": "nut", "score": 0.9, "bbox": [100, 80, 60, 40],
             "segmentation": rle.encode_bitmap(bitmap)}  # fmt: skip
    drawn = overlay.draw(grey, {"objects": [thing]}, {"nut": "#FF0000"})
    assert drawn.shape == grey.shape
    assert tuple(drawn[100, 130]) == (185, 70, 70)
    assert tuple(drawn[100, 100]) == (255, 0, 0)
    assert tuple(drawn[190, 290]) == (128, 128, 128)
    assert (grey == 128).all()


def test_tags_stand_in_the_corner_best_first(grey: np.ndarray) -> None:
    colours = {"ant": "#FF0000", "bee": "#0000FF"}
    drawn = overlay.draw(grey, {"scores": {"ant": 0.2, "bee": 0.8}}, colours)
    assert tuple(drawn[1, 1]) == (0, 0, 255)
    column = [tuple(pixel) for pixel in drawn[:60, 1]]
    assert column.index((255, 0, 0)) > column.index((0, 0, 255))


def test_nothing_leaves_the_picture_and_unknown_labels_are_drawn(grey: np.ndarray) -> None:
    thing = {"label": "other", "score": 0.5, "bbox": [290, -5, 60, 40]}
    assert overlay.draw(grey, {"objects": [thing]}, {}).shape == grey.shape


def test_without_a_chinese_font_classes_have_numbers(
    grey: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    colours = {"蚂蚁": "#FF0000", "蜜蜂": "#00FF00"}
    monkeypatch.setattr(overlay, "_wide_font_path", lambda: None)
    bee = {"label": "蜜蜂", "score": 0.5, "bbox": [50, 90, 60, 40]}
    numbered = overlay.draw(grey, {"objects": [bee]}, colours)
    said = overlay.draw(grey, {"objects": [bee | {"label": "#2"}]}, {"#2": "#00FF00"})
    assert np.array_equal(numbered, said)
    assert overlay.legend(colours)[1] == "蜜蜂"


def test_captions_of_small_and_crowded_things_hide_nothing(grey: np.ndarray) -> None:
    small = {"label": "nucleus", "score": 0.9, "bbox": [100, 100, 8, 8]}
    drawn = overlay.draw(grey, {"objects": [small]}, {"nucleus": "#FF0000"})
    assert (drawn[:99] == 128).all()
    first = {"label": "nut", "score": 0.9, "bbox": [100, 100, 60, 40]}
    alone = overlay.draw(grey, {"objects": [first]}, {"nut": "#FF0000"})
    second = {**first, "label": "bolt", "bbox": [104, 102, 60, 40]}
    both = overlay.draw(grey, {"objects": [first, second]}, {"nut": "#FF0000", "bolt": "#00FF00"})
    assert np.array_equal(both[:99], alone[:99])


def test_points_are_drawn_where_the_model_is_sure(grey: np.ndarray) -> None:
    points = [{"name": "head", "x": 60, "y": 90, "score": 0.9},
              {"name": "tail", "x": 90, "y": 90, "score": 0.1}]  # fmt: skip
    thing = {"label": "ant", "score": 0.9, "bbox": [40, 70, 80, 60], "keypoints": points}
    drawn = overlay.draw(grey, {"objects": [thing]}, {"ant": "#FF0000"})
    assert tuple(drawn[90, 60]) == (255, 0, 0) and tuple(drawn[90, 90]) == (128, 128, 128)
