"""The project's list of runs follows their folders, whatever happens to these meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio.domain.facts import ProposalsMade
from studio.domain.proposals import Proposal
from studio.domain.runs import Run, RunState, Task
from studio.domain.shapes import Box
from studio.editing import actions, indexing
from studio.editing.session import Session
from studio.storage import runs
from tests import making


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = making.project(tmp_path)
    making.labels(session, "cat", "dog")
    yield session
    session.close()


def test_runs_are_found_on_disk_and_a_dead_one_is_interrupted(session: Session) -> None:
    number, path = runs.allocate(session.project, Task.DETECT)
    other, _ = runs.allocate(session.project, Task.CLASSIFY)
    assert (number, other, path.name) == (1, 2, "0001-detect")
    run = Run(number, path.name, Task.DETECT, "small", RunState.RUNNING, 3, "2026", {"map": 0.5})
    runs.write(path, run)
    held = runs.hold(path)
    assert runs.read(path) == run
    held.release()
    assert session.index_runs().runs == {1}
    [found] = session.reader.runs()
    assert found.state is RunState.INTERRUPTED and found.metrics == {"map": 0.5}
    (path / "run.json").unlink()
    session.index_runs()
    assert session.reader.runs() == ()


def test_many_proposals_are_taken_away_in_parts_and_what_was_broken_off_is_done_the_next_time(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    label = session.reader.labels()[0].id
    number, path = runs.allocate(session.project, Task.DETECT)
    run = Run(number, path.name, Task.DETECT, "m", RunState.FINISHED, 5, best_epoch=5)
    runs.write(path, run)
    session.index_runs()
    made = tuple(Proposal(i, number, 1, label, Box(0, 0, 3, 3), 0.5) for i in range(1, 8))
    session.record(ProposalsMade(number, (1,), made, 5))
    session.apply(actions.reject([made[0]]))
    runs.write(path, replace(run, epochs=9, best_epoch=9))

    monkeypatch.setattr(indexing, "PART", 2)
    asked: list[int] = []

    def should_stop() -> bool:
        asked.append(len(session.reader.proposals(1)))
        return len(asked) == 2

    session.index_runs(should_stop)
    assert asked == [4, 2]
    assert session.reader.runs() == (run,), "the list still tells of the model before"
    session.index_runs()
    assert session.reader.proposals(1) == ()
    assert session.reader.runs()[0].best_epoch == 9
    session.undo()
    assert session.reader.proposals(1) == (made[0],), "the human's own is taken back"


def test_a_run_that_is_deleted_while_it_is_looked_at_is_gone_the_next_time(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, path = runs.allocate(session.project, Task.DETECT)
    runs.write(path, Run(1, path.name, Task.DETECT, "small", RunState.FINISHED))
    read_all = runs.read_all

    def then_deleted(project: Path) -> tuple[Run, ...]:
        found = read_all(project)
        runs.delete(path)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(runs, "read_all", then_deleted)
        session.index_runs()
    session.index_runs()
    assert session.reader.runs() == ()


def test_a_run_that_ends_while_its_record_is_read_was_not_cut_off(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, path = runs.allocate(session.project, Task.DETECT)
    run = Run(1, path.name, Task.DETECT, "small", RunState.RUNNING)
    runs.write(path, run)

    def then_ended(path: Path) -> bool:
        runs.write(path, replace(run, state=RunState.FINISHED))
        return False

    monkeypatch.setattr(runs, "is_alive", then_ended)
    session.index_runs()
    assert session.reader.runs()[0].state is RunState.FINISHED
