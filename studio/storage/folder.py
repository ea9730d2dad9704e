"""Where things lie in a project's folder, and who may write there."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from filelock import FileLock, Timeout

from studio.domain.project import Root
from studio.errors import ProjectError, ProjectLocked

DATABASE = "project.db"
RUNS = "runs"
LOCK = "project.lock"


def database_path(project: Path) -> Path:
    """The project file of the project in folder ``project``.

    Raises:
        ProjectError: there is no project there.
    """
    path = project / DATABASE
    if not path.is_file():
        raise ProjectError(
            "{project} is not a Vision Studio project (it has no {file}). "
            "Make one with: studio new {project} IMAGES",
            project=project,
            file=DATABASE,
        )
    return path


def is_project(folder: Path) -> bool:
    """Whether ``folder`` holds a project."""
    return is_there(folder / DATABASE)


def is_there(path: Path) -> bool:
    """Whether a file or folder exists and can be reached."""
    try:
        return path.exists()
    except OSError:  # a network drive has gone
        return False


def runs_folder(project: Path) -> Path:
    """The folder of the project's runs."""
    return project / RUNS


def take_ownership(project: Path) -> FileLock:
    """Take the project's lock until it is released or this process ends.

    Raises:
        ProjectLocked: another window or command holds it.
        ProjectError: its folder or its file is read-only.
    """
    database = project / DATABASE
    lock = FileLock(project / LOCK, timeout=0, thread_local=False)
    try:
        # SQLite opens a read-only file all the same, and then refuses edit after edit.
        if database.exists() and not os.access(database, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        lock.acquire()
    except Timeout as error:
        raise ProjectLocked(
            "{project} is already open in another window or command. "
            "Close it there first, then try again.",
            project=project.name,
        ) from error
    except OSError as error:
        raise cannot_write(project, error) from error
    return lock


def cannot_write(project: Path, error: OSError) -> ProjectError:
    """The error to raise where nothing can be written into a project's folder."""
    return ProjectError(
        "Cannot write to {project}: {reason}. Put the project into a folder that you may write to.",
        project=project,
        reason=error.strerror,
    )


def root_path(project: Path, root: Root) -> Path:
    """The folder that ``root`` names, absolute."""
    return (project / root.path).resolve()


def path_for_root(project: Path, folder: Path) -> str:
    """How a root at ``folder`` is stored: POSIX, relative where it lies beside the project."""
    folder, project = folder.resolve(), project.resolve()
    if folder.is_relative_to(project):
        return folder.relative_to(project).as_posix()
    if folder.is_relative_to(project.parent):
        return (Path("..") / folder.relative_to(project.parent)).as_posix()
    return folder.as_posix()
