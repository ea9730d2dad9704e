"""From the start page into a project and back, with real clicks and keys."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QProgressDialog,
    QPushButton,
)

from studio.editing.session import Session
from studio.errors import ProjectError
from studio.settings import Settings
from studio.storage import folder as folders
from studio.storage.reader import Reader
from studio.ui.dialogs.importing import ImportDialog
from studio.ui.dialogs.new_project import NewProjectDialog
from studio.ui.shell.main_window import MainWindow
from studio.ui.start import recent as recent_projects
from studio.ui.threads import patience
from tests import making
from tests.ui.modal import Answer


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = (
        Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    enter = QDragEnterEvent(QPoint(300, 300), copy, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), copy, data, left, none))


def images_of(project: Path) -> list[str]:
    with Reader.open(project) as reader:
        return [image.path for image in reader.images(reader.image_ids()).values()]


def pictures(folder: Path, count: int = 3) -> Path:
    for number in range(count):
        making.picture(folder / f"{number}.png", seed=number)
    return folder


def test_a_new_project_from_a_typed_folder(window: MainWindow, qtbot, tmp_path: Path) -> None:
    folder = pictures(tmp_path / "我的 parts")

    def fill_in(dialog: object) -> None:
        assert isinstance(dialog, NewProjectDialog)
        field = dialog.findChild(QLineEdit, "images")
        typed = QInputMethodEvent()  # as Chinese is typed
        typed.setCommitString(str(folder))
        QApplication.sendEvent(field, typed)
        assert dialog.project() == tmp_path / "我的 parts project"
        QTest.keyClick(field, Qt.Key.Key_Return)

    Answer(fill_in, window)
    button = window.start.drop_zone.findChild(QPushButton, "new")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.view is not None and not window.view.scanner.active)
    assert images_of(tmp_path / "我的 parts project") == ["0.png", "1.png", "2.png"]
    assert window.windowTitle().startswith("我的 parts project")
    assert window.toasts.texts() == ["3 images added."]
    assert sorted(path.name for path in folder.iterdir()) == ["0.png", "1.png", "2.png"]


def test_labels_in_a_new_folder_are_offered(window: MainWindow, qtbot, tmp_path: Path) -> None:
    folder = pictures(tmp_path / "bench")
    (folder / "tags.csv").write_text("file,label\n0.png,bolt\n", encoding="utf-8")
    answer = Answer(lambda dialog: dialog.accept(), window)
    drop(window, folder)
    qtbot.waitUntil(lambda: len(window.toasts.texts()) == 2)
    assert answer.given
    assert window.toasts.texts()[1] == "There are labels in this folder: Table of tags (CSV)."

    def begin(dialog: object) -> None:
        assert isinstance(dialog, ImportDialog)
        assert dialog.source.path() == folder
        qtbot.waitUntil(lambda: dialog.format.currentData() == "csv")
        QTest.mouseClick(dialog.begin_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: bool(dialog.summary.text()))
        dialog.close()

    answer = Answer(begin, window)
    [button] = [b for b in window.findChildren(QPushButton) if b.text() == "Import…"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert answer.given
    with Reader.open(tmp_path / "bench project") as reader:
        assert [label.name for label in reader.labels()] == ["bolt"]
        assert [len(each.tags) for each in reader.annotated()] == [1, 0, 0]


def test_a_folder_dropped_anywhere_begins_a_project(
    window: MainWindow, qtbot, tmp_path: Path
) -> None:
    folder = pictures(tmp_path / "bench")
    answer = Answer(lambda dialog: dialog.accept(), window)
    drop(window, folder)
    qtbot.waitUntil(lambda: window.view is not None and not window.view.scanner.active)
    assert answer.given
    assert len(images_of(tmp_path / "bench project")) == 3


def test_a_dropped_image_begins_a_project_of_its_folder_and_another_file_none(
    window: MainWindow, qtbot, tmp_path: Path
) -> None:
    notes = tmp_path / "notes" / "notes.txt"
    notes.parent.mkdir()
    notes.write_text("no image")
    seen: list[object] = []

    def look(dialog: object) -> None:
        assert isinstance(dialog, QMessageBox | NewProjectDialog)
        seen.append(dialog.text() if isinstance(dialog, QMessageBox) else dialog.folders())
        dialog.reject()

    Answer(look, window)
    drop(window, notes)
    qtbot.waitUntil(lambda: len(seen) == 1)
    Answer(look, window)
    drop(window, notes, pictures(tmp_path / "bench") / "1.png")
    qtbot.waitUntil(lambda: len(seen) == 2)
    said = "notes.txt is not an image; drop a folder of images, or a project."
    assert seen == [said, [tmp_path / "bench"]]


def test_a_dropped_project_is_opened(window: MainWindow, qtbot, project: Path) -> None:
    drop(window, project)
    qtbot.waitUntil(lambda: window.view is not None)
    assert window.view is not None
    assert window.view.document.project == project.resolve()


def test_images_dropped_on_an_open_project_are_added(
    window: MainWindow, qtbot, project: Path, tmp_path: Path
) -> None:
    window.flow.open(project)
    more = pictures(tmp_path / "more", 2)
    single = making.picture(tmp_path / "single" / "one.png")
    (tmp_path / "notes.txt").write_text("no image")
    drop(window, more, single, tmp_path / "notes.txt")
    qtbot.waitUntil(lambda: len(images_of(project)) == 6)
    qtbot.waitUntil(lambda: not window.view.scanner.active)
    assert "1 file of another kind passed over." in window.toasts.texts()


def test_a_closed_project_is_listed_and_opens_with_one_click(
    window: MainWindow, qtbot, project: Path
) -> None:
    window.flow.open(project)
    QTest.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.view is None)
    recent = window.start.recent.findChild(QListWidget)
    assert recent.item(0).text().startswith("project\n")
    qtbot.waitUntil(lambda: "3 images" in recent.item(0).text())
    place = recent.visualItemRect(recent.item(0)).center()
    QTest.mouseClick(recent.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: window.view is not None)


def test_a_project_that_is_gone_is_greyed_out(window: MainWindow, qtbot, tmp_path: Path) -> None:
    window.start.show_recent([str(tmp_path / "gone")])
    recent = window.start.recent.findChild(QListWidget)
    qtbot.waitUntil(lambda: recent.item(0).flags() == Qt.ItemFlag.NoItemFlags)
    assert "no longer there" in recent.item(0).toolTip()
    window.header.set_recent([str(tmp_path / "gone")])
    menu = window.header._menus["recent"]
    menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: not menu.actions()[0].isEnabled())


def test_a_drive_that_does_not_answer_holds_up_neither_the_window_nor_other_projects(
    window: MainWindow, qtbot, project: Path, tmp_path: Path, monkeypatch
) -> None:
    hung, answers = tmp_path / "hung", threading.Event()
    plain = folders.is_there

    def is_there(path: Path) -> bool:
        if path.parent == hung:
            assert threading.current_thread() is not threading.main_thread()
            answers.wait(10)
        return plain(path)

    monkeypatch.setattr(folders, "is_there", is_there)
    window.start.show_recent([str(hung), str(project), str(tmp_path / "gone")])
    recent = window.start.recent.findChild(QListWidget)
    assert recent.count() == 3, "all are listed at once"
    window.header.set_recent([str(hung), str(project)])
    menu = window.header._menus["recent"]
    menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: recent.item(2).flags() == Qt.ItemFlag.NoItemFlags)
    qtbot.waitUntil(lambda: "3 images" in recent.item(1).text())
    assert recent.item(0).flags() & Qt.ItemFlag.ItemIsEnabled
    assert [action.isEnabled() for action in menu.actions()] == [True, True]
    answers.set()
    qtbot.waitUntil(lambda: recent.item(0).flags() == Qt.ItemFlag.NoItemFlags)
    qtbot.waitUntil(lambda: not menu.actions()[0].isEnabled())
    menu.aboutToShow.emit()
    assert [action.isEnabled() for action in menu.actions()] == [False, True]


def test_a_drive_that_hangs_when_it_is_looked_into_holds_up_nothing(
    window: MainWindow, qtbot, project: Path, tmp_path: Path, monkeypatch
) -> None:
    other = making.project(tmp_path / "other", images=2)
    other.close()
    hangs, answers, plain = threading.Event(), threading.Event(), Reader.open
    waited_for: list[Path] = []

    def open_reader(folder: Path) -> Reader:
        if folder == other.project:
            hangs.set()
            if not answers.wait(10):
                waited_for.append(folder)
        return plain(folder)

    monkeypatch.setattr(Reader, "open", open_reader)
    monkeypatch.setattr(recent_projects, "HANGS_MS", 50)
    window.start.show_recent([str(other.project), str(project)])
    recent = window.start.recent.findChild(QListWidget)
    qtbot.waitUntil(hangs.is_set)
    qtbot.waitUntil(lambda: "3 images" in recent.item(1).text())
    window.start.show_recent([str(project)])
    window.close()
    assert not window.isVisible() and waited_for == []
    answers.set()


def test_projects_are_looked_into_one_after_the_other(
    window: MainWindow, qtbot, tmp_path: Path, monkeypatch
) -> None:
    """Their first pictures may be large; and when the page is left, no more are looked into."""
    projects = []
    for name in ("a", "b", "c"):
        with closing(making.project(tmp_path / name, images=1)) as session:
            projects.append(session.project)
    at_work: list[Path] = []
    met: list[int] = []
    look, may_end = recent_projects._look, threading.Event()

    def look_slowly(project: Path, longest_px: int) -> object:
        at_work.append(project)
        met.append(len(at_work))
        may_end.wait(30)
        at_work.remove(project)
        return look(project, longest_px)

    monkeypatch.setattr(recent_projects, "_look", look_slowly)
    monkeypatch.setattr(recent_projects, "HANGS_MS", 60_000)
    window.start.show_recent([str(each) for each in projects])
    qtbot.waitUntil(lambda: len(window.start.recent._unseen) == 2)
    may_end.set()
    recent = window.start.recent.findChild(QListWidget)
    qtbot.waitUntil(lambda: all("1 image" in recent.item(row).text() for row in range(3)))
    assert met == [1, 1, 1]
    qtbot.waitUntil(lambda: not any(each.is_alive() for each in window.start.recent._readers))
    may_end.clear()
    window.start.show_recent([str(each) for each in projects])
    qtbot.waitUntil(lambda: len(at_work) == 1)
    window.start.show_recent([])
    may_end.set()
    qtbot.waitUntil(lambda: not at_work)
    assert met == [1, 1, 1, 1]


def hanging(monkeypatch, answers: threading.Event) -> threading.Event:
    """Let opening a project wait for an answer, or for longer than anybody would; the event that
    is returned is set as soon as it does."""
    plain, waits = Session.open, threading.Event()

    def open_session(folder: Path) -> Session:
        assert threading.current_thread() is not threading.main_thread()
        waits.set()
        answers.wait(30)
        return plain(folder)

    monkeypatch.setattr(Session, "open", open_session)
    monkeypatch.setattr(patience, "AT_ONCE_S", 0.05)
    return waits


def said_meanwhile(window: MainWindow, qtbot, waits: threading.Event) -> QProgressDialog:
    """The dialog that is seen while opening waits; another may have come while it was looked for
    what is to be opened."""

    def seen() -> list[QProgressDialog]:
        dialogs = window.findChildren(QProgressDialog)
        return [each for each in dialogs if waits.is_set() and each.isVisible()]

    qtbot.waitUntil(lambda: bool(seen()))
    [dialog] = seen()
    return dialog


def test_a_project_whose_drive_takes_long_to_answer_opens_when_it_does(
    window: MainWindow, qtbot, project: Path, monkeypatch
) -> None:
    answers = threading.Event()
    waits = hanging(monkeypatch, answers)
    window.flow.open(project)
    progress = said_meanwhile(window, qtbot, waits)
    assert progress.labelText() == "Opening project. This takes longer than usual…"
    answers.set()
    qtbot.waitUntil(lambda: window.view is not None)
    qtbot.waitUntil(lambda: window.findChild(QProgressDialog) is None)


def test_a_project_whose_drive_hangs_can_be_given_up(
    window: MainWindow, qtbot, project: Path, tmp_path: Path, monkeypatch
) -> None:
    before = making.project(tmp_path / "before", images=1)
    before.close()
    window.flow.open(before.project)
    with monkeypatch.context() as patched:
        answers = threading.Event()
        waits = hanging(patched, answers)
        window.flow.open(project)
        progress = said_meanwhile(window, qtbot, waits)
        patched.undo()
        QTest.mouseClick(progress.findChild(QPushButton), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.view is not None)
    assert window.view is not None and window.view.document.project == before.project
    answers.set()

    def is_free() -> bool:
        try:
            Session.open(project).close()
        except ProjectError:
            return False
        return True

    qtbot.waitUntil(is_free)  # what was opened late was closed again


def told(window: MainWindow) -> list[str]:
    """What the next message says, which is then closed."""
    said: list[str] = []

    def read(box: object) -> None:
        assert isinstance(box, QMessageBox)
        said.append(box.text())
        box.accept()

    Answer(read, window)
    return said


def test_a_project_open_elsewhere_is_refused_with_a_sentence(
    window: MainWindow, project: Path
) -> None:
    elsewhere = Session.open(project)
    said = told(window)
    window.flow.open(project)
    elsewhere.close()
    assert said == [
        "project is already open in another window or command. "
        "Close it there first, then try again."
    ]
    assert window.view is None


def test_of_a_project_that_is_gone_the_window_says_so(window: MainWindow, tmp_path: Path) -> None:
    said = told(window)
    window.flow.open(tmp_path / "gone")
    assert said == [
        f"There is no folder {tmp_path / 'gone'} any more. It may have been moved or deleted, or "
        "its drive is not connected."
    ]


def test_a_folder_that_is_no_project_can_become_one(
    window: MainWindow, qtbot, tmp_path: Path
) -> None:
    folder = pictures(tmp_path / "bench")
    asked: list[str] = []

    def agree(box: object) -> None:
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        Answer(lambda dialog: dialog.accept(), window)
        box.button(QMessageBox.StandardButton.Cancel)
        next(b for b in box.buttons() if b.text() == "New project").click()

    Answer(agree, window)
    window.flow.open(folder)
    qtbot.waitUntil(lambda: window.view is not None and not window.view.scanner.active)
    assert asked == ["bench is not a project."]


def test_the_sample_project_opens(window: MainWindow, qtbot, monkeypatch) -> None:
    from studio.sample import project as sample

    small = sample.create_sample
    monkeypatch.setattr(
        sample, "create_sample", lambda *args, **more: small(*args, images=8, **more)
    )
    button = window.start.findChild(QPushButton, "project.sample")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.view is not None, timeout=30_000)
    assert window.view is not None
    assert window.view.document.reader.image_count() == 8


def test_while_the_sample_is_drawn_the_window_says_so(
    window: MainWindow, qtbot, monkeypatch
) -> None:
    from studio.sample import project as sample

    drawn = threading.Event()

    def refuse(*_: object, **__: object) -> Path:
        drawn.wait(10)
        raise ProjectError("Nothing could be drawn.")

    monkeypatch.setattr(sample, "ensure_sample", refuse)
    button = window.start.findChild(QPushButton, "project.sample")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    progress = window.findChild(QProgressDialog)
    qtbot.waitUntil(progress.isVisible, timeout=3_000)
    QTest.mouseClick(progress.findChild(QPushButton), Qt.MouseButton.LeftButton)
    drawn.set()
    qtbot.waitUntil(lambda: window.flow._work is None)


def test_a_new_project_begins_with_labelling(
    window: MainWindow, qtbot, project: Path, tmp_path: Path
) -> None:
    window.flow.open(project)
    window.actions_of_window["workspace.predict"].trigger()
    Answer(lambda dialog: dialog.accept(), window)
    window.flow.new([pictures(tmp_path / "bench")])
    qtbot.waitUntil(lambda: window.windowTitle().startswith("bench project"))
    assert window.view is not None
    assert window.view.workspaces.name == "label"
    qtbot.waitUntil(lambda: window.view is not None and not window.view.scanner.active)


def test_size_and_workspace_are_remembered(window: MainWindow, qtbot, project: Path) -> None:
    window.flow.open(project)
    window.resize(1024, 666)
    window.actions_of_window["workspace.images"].trigger()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    again = MainWindow(Settings.load())
    qtbot.addWidget(again)
    again.show()
    assert again.height() == 666
    again.flow.open(project)
    assert again.view is not None
    assert again.view.workspaces.name == "images"
    again.close()
    qtbot.waitUntil(lambda: not again.isVisible())


def test_nothing_slow_is_loaded_before_the_window_is_shown() -> None:
    script = (
        "import sys, studio.ui.app\n"
        "print([m for m in ('torch', 'cv2', 'pyqtgraph', 'numpy', 'PIL') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
