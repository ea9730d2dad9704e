"""What can be done with a run, and why something cannot be done yet."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from studio.ui.training.runs.run_buttons import RunButtons


def test_why_nothing_can_be_kept_before_the_first_epoch_is_said(qtbot: QtBot) -> None:
    buttons = RunButtons()
    qtbot.addWidget(buttons)
    buttons.show_live(stoppable=False, asked="", killable=False)
    assert not buttons["stop"].isEnabled()
    assert "once the first epoch has ended" in buttons["stop"].toolTip()
    buttons.show_live(stoppable=True, asked="", killable=False)
    assert buttons["stop"].isEnabled()
    assert buttons["stop"].toolTip() == "End now with the best model so far"
