"""Draw with the mouse, then read the exported COCO file, while the window is still open."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from typer.testing import CliRunner

from studio.cli.app import app
from studio.ui.document import Document
from studio.ui.thumbnails.loader import ThumbnailLoader
from tests import making
from tests.ui.label.hand import Hand


def test_what_was_drawn_is_in_the_exported_file(tmp_path: Path, qtbot) -> None:
    document = Document(making.project(tmp_path, images=2, width=400, height=300))
    making.labels(document.session, "bolt", "垫圈")
    hand = Hand(document)
    hand.show(qtbot)
    canvas = hand.canvas
    QTest.keyClick(canvas, "r")
    hand.drag((40, 30), (140, 130))
    QTest.keyClick(canvas, "2")
    QTest.keyClick(canvas, "p")
    for corner in ((200, 100), (300, 100), (300, 200), (200, 200)):
        hand.click(corner)
    QTest.keyClick(canvas, Qt.Key.Key_Return)

    done = CliRunner().invoke(
        app, ["export", str(document.project), str(tmp_path / "out"), "--format", "coco"]
    )
    assert done.exit_code == 0, done.output
    [path] = (tmp_path / "out").rglob("*.json")
    coco = json.loads(path.read_text(encoding="utf-8"))
    names = {category["id"]: category["name"] for category in coco["categories"]}
    box, polygon = coco["annotations"]
    assert (names[box["category_id"]], names[polygon["category_id"]]) == ("bolt", "垫圈")
    assert [round(value) for value in box["bbox"]] == [40, 30, 100, 100]
    assert abs(polygon["area"] - 100 * 100) < 300
    hand.close()
    ThumbnailLoader.of(document).close()
    document.close()
