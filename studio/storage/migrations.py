"""Creating, checking and upgrading the project file.

A file is known by SQLite's ``application_id`` and its schema by ``user_version``. Each step of
``STEPS`` runs in one transaction together with its own record, after an integrity check and a
copy of the file beside it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

from studio.domain.labels import DEFAULT_TAG_GROUP
from studio.errors import ProjectError, ProjectTooNew

APPLICATION_ID = 0x56535450
"""``VSTP`` in the file's header."""

STEPS: Mapping[int, str] = {
    2: """
        ALTER TABLE label ADD COLUMN label_group TEXT NOT NULL DEFAULT '';

        -- A human says that an image is complete for one class.
        CREATE TABLE class_done (
            image_id    INTEGER NOT NULL REFERENCES image (id),
            label       TEXT NOT NULL REFERENCES label (id) DEFERRABLE INITIALLY DEFERRED,
            PRIMARY KEY (image_id, label)
        ) WITHOUT ROWID;
        CREATE INDEX class_done_by_label ON class_done (label, image_id);

        -- For looking back: which entry undid which, and which shapes were ever on an image.
        CREATE INDEX history_by_target ON history (target);
        CREATE INDEX history_change_by_image
            ON history_change (json_extract(coalesce(after, before), '$.image_id'))
            WHERE table_name = 'shape' AND (after IS NULL OR before IS NULL);
    """,
    3: """
        -- With the score in it, sorting images by their predictions reads the index alone and
        -- none of the outlines.
        DROP INDEX proposal_by_image;
        CREATE INDEX proposal_by_image ON proposal (image_id, run, score);
        -- Few shapes have a score: those that were accepted from predictions.
        CREATE INDEX shape_by_score ON shape (score, image_id) WHERE score IS NOT NULL;
    """,
    4: """
        -- What lists of images are filtered and sorted by, kept up as it changes: to count
        -- 100,000 images' shapes and to look through their predictions takes 0.1 s each time.
        ALTER TABLE image_status ADD COLUMN shape_count INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE image_status ADD COLUMN weakest REAL;  -- score of a prediction that waits

        -- Training a run for longer may replace its model; what it predicted before that, the
        -- proposals below ``first_proposal``, are another model's.
        ALTER TABLE run ADD COLUMN best_epoch INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE run ADD COLUMN first_proposal INTEGER NOT NULL DEFAULT 0;

        CREATE INDEX shape_by_area ON shape (image_id, area);
        DROP INDEX proposal_by_image;
        CREATE INDEX proposal_by_image ON proposal (image_id, score, run, label);

        CREATE VIEW weakest_waiting AS
            SELECT image_id, (
                SELECT score FROM proposal
                WHERE proposal.image_id = image_status.image_id
                    AND label IN (SELECT id FROM label)
                    AND id NOT IN (SELECT proposal_id FROM verdict)
                ORDER BY score LIMIT 1
            ) AS score
            FROM image_status;
        UPDATE image_status SET
            shape_count = (SELECT count(*) FROM shape WHERE image_id = image_status.image_id),
            weakest = (SELECT score FROM weakest_waiting AS w WHERE w.image_id =
                image_status.image_id);

        CREATE TRIGGER shape_added AFTER INSERT ON shape BEGIN
            UPDATE image_status SET shape_count = shape_count + 1 WHERE image_id = new.image_id;
        END;
        CREATE TRIGGER shape_taken AFTER DELETE ON shape BEGIN
            UPDATE image_status SET shape_count = shape_count - 1 WHERE image_id = old.image_id;
        END;
        CREATE TRIGGER shape_moved AFTER UPDATE OF image_id ON shape
        WHEN old.image_id != new.image_id BEGIN
            UPDATE image_status SET shape_count = shape_count - 1 WHERE image_id = old.image_id;
            UPDATE image_status SET shape_count = shape_count + 1 WHERE image_id = new.image_id;
        END;

        CREATE TRIGGER proposal_made AFTER INSERT ON proposal
        WHEN new.label IN (SELECT id FROM label) BEGIN
            UPDATE image_status SET weakest = min(coalesce(weakest, new.score), new.score)
            WHERE image_id = new.image_id;
        END;
        CREATE TRIGGER proposal_gone AFTER DELETE ON proposal BEGIN
            UPDATE image_status SET weakest =
                (SELECT score FROM weakest_waiting AS w WHERE w.image_id = old.image_id)
            WHERE image_id = old.image_id;
        END;
        CREATE TRIGGER proposal_decided AFTER INSERT ON verdict
        WHEN (SELECT score FROM proposal WHERE id = new.proposal_id)
            <= (SELECT weakest FROM image_status WHERE image_id = new.image_id) BEGIN
            UPDATE image_status SET weakest =
                (SELECT score FROM weakest_waiting AS w WHERE w.image_id = new.image_id)
            WHERE image_id = new.image_id;
        END;
        CREATE TRIGGER proposal_undecided AFTER DELETE ON verdict BEGIN
            UPDATE image_status SET weakest =
                (SELECT min(coalesce(weakest, score), score) FROM proposal
                WHERE id = old.proposal_id)
            WHERE image_id = old.image_id AND EXISTS (SELECT 1 FROM proposal
                WHERE id = old.proposal_id AND label IN (SELECT id FROM label));
        END;

        -- Predictions of a deleted class are hidden, until it is brought back: then it has a past.
        CREATE TRIGGER label_gone AFTER DELETE ON label BEGIN
            UPDATE image_status SET weakest = (SELECT score FROM weakest_waiting AS w
                WHERE w.image_id = image_status.image_id)
            WHERE image_id IN (SELECT image_id FROM proposal WHERE label = old.id);
        END;
        CREATE TRIGGER label_back AFTER INSERT ON label
        WHEN EXISTS (SELECT 1 FROM history_change
            WHERE table_name = 'label' AND key = json_array(new.id)) BEGIN
            UPDATE image_status SET weakest = (SELECT score FROM weakest_waiting AS w
                WHERE w.image_id = image_status.image_id)
            WHERE image_id IN (SELECT image_id FROM proposal WHERE label = new.id);
        END;
    """,
    5: """
        -- What a model proposed that was replaced since, and nobody decided, is not offered.
        DELETE FROM proposal
        WHERE id < (SELECT first_proposal FROM run WHERE number = proposal.run)
            AND id NOT IN (SELECT proposal_id FROM verdict);
    """,
    6: """
        -- What a model says of a class that was merged into another is said of that one.
        CREATE TABLE merged_label (
            id          TEXT PRIMARY KEY,
            name        TEXT NOT NULL,
            into_label  TEXT NOT NULL REFERENCES label (id) DEFERRABLE INITIALLY DEFERRED
        ) WITHOUT ROWID;
        CREATE INDEX merged_label_by_into ON merged_label (into_label);

        -- The predictions that wait for a decision, each with the class that it is of now.
        CREATE VIEW waiting AS
            SELECT id, run, image_id, coalesce(
                (SELECT into_label FROM merged_label WHERE merged_label.id = proposal.label), label
            ) AS label, packed, score
            FROM proposal
            WHERE (label IN (SELECT id FROM label) OR label IN (SELECT id FROM merged_label))
                AND id NOT IN (SELECT proposal_id FROM verdict);
        DROP VIEW weakest_waiting;
        CREATE VIEW weakest_waiting AS
            SELECT image_id, (
                SELECT score FROM waiting
                WHERE waiting.image_id = image_status.image_id ORDER BY score LIMIT 1
            ) AS score
            FROM image_status;

        DROP TRIGGER proposal_made;
        CREATE TRIGGER proposal_made AFTER INSERT ON proposal
        WHEN new.label IN (SELECT id FROM label) OR new.label IN (SELECT id FROM merged_label) BEGIN
            UPDATE image_status SET weakest = min(coalesce(weakest, new.score), new.score)
            WHERE image_id = new.image_id;
        END;
        DROP TRIGGER proposal_undecided;
        CREATE TRIGGER proposal_undecided AFTER DELETE ON verdict BEGIN
            UPDATE image_status SET weakest =
                (SELECT min(coalesce(weakest, score), score) FROM waiting
                WHERE id = old.proposal_id)
            WHERE image_id = old.image_id
                AND EXISTS (SELECT 1 FROM waiting WHERE id = old.proposal_id);
        END;

        -- Predictions are hidden as long as their class is neither there nor merged into another.
        DROP TRIGGER label_gone;
        CREATE TRIGGER label_gone AFTER DELETE ON label
        WHEN old.id NOT IN (SELECT id FROM merged_label) BEGIN
            UPDATE image_status SET weakest = (SELECT score FROM weakest_waiting AS w
                WHERE w.image_id = image_status.image_id)
            WHERE image_id IN (SELECT image_id FROM proposal WHERE label = old.id);
        END;
        DROP TRIGGER label_back;
        CREATE TRIGGER label_back AFTER INSERT ON label
        WHEN new.id NOT IN (SELECT id FROM merged_label) AND EXISTS (SELECT 1 FROM history_change
            WHERE table_name = 'label' AND key = json_array(new.id)) BEGIN
            UPDATE image_status SET weakest = (SELECT score FROM weakest_waiting AS w
                WHERE w.image_id = image_status.image_id)
            WHERE image_id IN (SELECT image_id FROM proposal WHERE label = new.id);
        END;
        CREATE TRIGGER merged_label_made AFTER INSERT ON merged_label
        WHEN new.id NOT IN (SELECT id FROM label) BEGIN
            UPDATE image_status SET weakest = (SELECT score FROM weakest_waiting AS w
                WHERE w.image_id = image_status.image_id)
            WHERE image_id IN (SELECT image_id FROM proposal WHERE label = new.id);
        END;
        CREATE TRIGGER merged_label_gone AFTER DELETE ON merged_label
        WHEN old.id NOT IN (SELECT id FROM label) BEGIN
            UPDATE image_status SET weakest = (SELECT score FROM weakest_waiting AS w
                WHERE w.image_id = image_status.image_id)
            WHERE image_id IN (SELECT image_id FROM proposal WHERE label = old.id);
        END;
    """,
}
"""SQL that turns version n - 1 into version n; version 1 is ``schema.sql``."""

VERSION = max(STEPS, default=1)


def now() -> str:
    """The time as history and migrations record it: UTC, ISO 8601, seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def create(connection: sqlite3.Connection) -> None:
    """Lay down an empty project of the newest version."""
    schema = (resources.files("studio.storage") / "schema.sql").read_text(encoding="utf-8")
    group = DEFAULT_TAG_GROUP
    first = (
        f"{schema} INSERT INTO tag_group VALUES ({group.id}, '{group.name}',"
        f" {int(group.multi_label)});"
    )
    versions = {1: first, **STEPS}
    # In one transaction: each would wait for the disk.
    steps = "".join(_recorded(version, versions[version]) for version in sorted(versions))
    connection.executescript(
        f"BEGIN IMMEDIATE; PRAGMA application_id = {APPLICATION_ID}; {steps} COMMIT"
    )


def _recorded(version: int, sql: str) -> str:
    """What brings a file to ``version``, and says so in it."""
    return (
        f"{sql}; INSERT INTO migration VALUES ({version}, '{now()}');"
        f"PRAGMA user_version = {version};"
    )


def check(connection: sqlite3.Connection, path: Path) -> int:
    """Return the schema version of a file that is a project of ours, not newer than us.

    Raises:
        ProjectError: the file is damaged or not a project.
        ProjectTooNew: a newer program wrote it.
    """
    try:
        (application_id,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.OperationalError as error:
        raise cannot_open(path, error) from error
    except sqlite3.DatabaseError as error:
        raise ProjectError(
            "{path} is damaged or not a Vision Studio project: {reason}.", path=path, reason=error
        ) from error
    if application_id != APPLICATION_ID:
        raise ProjectError("{path} is not a Vision Studio project.", path=path)
    if version > VERSION:
        raise ProjectTooNew(
            "{project} was written by a newer Vision Studio (project version {version}, "
            "this program knows {known}). Please update Vision Studio to open it.",
            project=path.parent.name,
            version=version,
            known=VERSION,
        )
    return version


def cannot_open(path: Path, error: sqlite3.DatabaseError) -> ProjectError:
    """The error to raise where the file could not be read, or written where it is older."""
    return ProjectError(
        "{path} cannot be opened: {reason}. Check the disk and its free space; if the file is "
        "damaged, go on with a copy of the project.",
        path=path,
        reason=error,
    )


def upgrade(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Bring the file from ``version`` to the newest, keeping a copy of what it was."""
    if version == VERSION:
        return
    (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise ProjectError(
            "{path} is damaged ({reason}); restore a copy before opening it.",
            path=path,
            reason=verdict,
        )
    backup_path = path.with_name(f"{path.stem}.v{version}.backup.db")
    with closing(sqlite3.connect(backup_path)) as backup:
        connection.backup(backup)
    for step in range(version + 1, VERSION + 1):
        connection.executescript(f"BEGIN IMMEDIATE; {_recorded(step, STEPS[step])} COMMIT")
