"""Finding images: a folder is listed first, then each new or changed file is looked at.

The list streams into the project in batches, so that it can be shown while it grows; sizes and
problems follow. Image files are only ever read.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from studio.domain.facts import ImagesFound, RootAdded, SettingsFound
from studio.domain.project import Changes, Image, Root
from studio.editing.listing import ShouldStop, image_files
from studio.editing.missing import flagged, is_flagged
from studio.editing.session import Session
from studio.errors import ImageProblem, ProjectError, Sentence
from studio.storage.folder import path_for_root, root_path
from studio.storage.reader import Reader
from studio.vision import images

LISTED_BATCH = 500
INSPECTED_BATCH = 200


@dataclass(frozen=True, slots=True)
class ScanProgress:
    """How far a scan has got, and what its last batch changed in the project.

    ``total`` is 0 while the folder is being listed; after that ``inspected`` of ``total`` new or
    changed files have been looked at. ``problems`` counts the ones that cannot be shown, and
    ``notices`` are about folders that could not be listed.
    """

    found: int
    added: int
    problems: int
    total: int = 0
    inspected: int = 0
    changes: Changes = field(default_factory=Changes)
    notices: tuple[Sentence, ...] = ()


def scan(
    session: Session, folder: Path, should_stop: ShouldStop = lambda: False
) -> Iterator[ScanProgress]:
    """Bring the project up to date with the images in ``folder`` and below it.

    New files are added, changed ones looked at again, missing ones get a problem. Hidden files,
    ``__MACOSX``, other projects and this project's runs are passed over; links are followed, but
    each real folder only once. ``should_stop`` ends the scan early; what was found is kept, and
    the next scan goes on from there.

    Raises:
        ProjectError: ``folder`` is not there.
    """
    if not folder.is_dir():
        raise ProjectError(
            "{folder} is not there or cannot be opened. If it has moved, its files can be linked "
            "anew under Images.",
            folder=images.printable(str(folder)),
        )
    with Reader.open(session.project) as reader:
        yield from _Scan(session, reader, should_stop).run(folder.resolve())


def add_images(session: Session, paths: Iterable[Path]) -> tuple[dict[Path, int], Changes]:
    """Add single files; returns the image id of each path, old or new, and what changed."""
    with Reader.open(session.project) as reader:
        job = _Scan(session, reader, lambda: False)
        absolute = {path: path.parent.resolve() / path.name for path in paths}
        job.share_root({path.parent for path in absolute.values()})
        ids = {path: job.note(place) for path, place in absolute.items()}
        for _ in job.write_what_was_noted():
            pass
        return ids, job.changes


class _Scan:
    """One pass over files; ``changes`` adds up what it wrote to the project.

    Of each file only numbers and texts are kept: with an object or two for each of 50,000, a
    collection of garbage would hold the window up for a tenth of a second.
    """

    def __init__(self, session: Session, reader: Reader, should_stop: ShouldStop) -> None:
        self.session = session
        self.should_stop = should_stop
        self.changes = Changes()
        self._reader = reader
        self._roots = {root_path(session.project, root): root.id for root in reader.roots()}
        self._places: dict[Path, tuple[int, str]] = {}
        self._known: dict[int, dict[str, int]] = {}  # image ids by root and path
        self._looked_at: dict[int, tuple[int, int]] = {}  # size and time then, by image id
        self._seen: set[int] = set()
        self._new: list[Image] = []
        self._gone: list[Image] = []
        self._to_inspect: dict[int, tuple[str, int, int]] = {}  # path, size and time by image id
        self._deep: list[Path] = []
        self._notices: list[Sentence] = []
        self._found = self._added = self._problems = self._total = self._inspected = 0

    def run(self, folder: Path) -> Iterator[ScanProgress]:
        """Scan ``folder``, which is absolute and free of links."""
        self._place(folder)
        listing = image_files(folder, self.session.project, self.should_stop, self._notices)
        for path, stat in listing:
            self.note(path, stat)
            if len(self._new) >= LISTED_BATCH:
                yield self._progress(self._record_new())
        if not self.should_stop():
            self._note_missing(folder)
        yield from self.write_what_was_noted()

    def write_what_was_noted(self) -> Iterator[ScanProgress]:
        """Record the new files, then look at every new or changed one."""
        yield self._progress(self._record_new())
        yield from self._inspect()
        yield self._progress(self._record_mapping())

    # Listing -------------------------------------------------------------------------------

    def note(self, path: Path, stat: os.stat_result | None = None) -> int:
        """Take note of the file at ``path`` (absolute); returns its image id, old or new."""
        if stat is None and path.exists():
            stat = path.stat()
        size, mtime = (stat.st_size, stat.st_mtime_ns) if stat else (0, 0)
        root_id, prefix = self._place(path.parent)
        stored = stored_path(path, prefix)
        known = self._known_of(root_id)
        image_id = known.get(stored, 0)
        self._found += 1
        if not image_id:
            [image_id] = self.session.store.reserve_ids("image")
            known[stored] = image_id
            self._new.append(Image(image_id, root_id, stored, size_bytes=size, mtime_ns=mtime))
        if image_id not in self._seen and self._looked_at.get(image_id) != (size, mtime):
            self._to_inspect[image_id] = (str(path), size, mtime)
        self._seen.add(image_id)
        return image_id

    def _place(self, folder: Path) -> tuple[int, str]:
        """The root that ``folder`` belongs to and its path below it; makes a root if needed."""
        if folder not in self._places:
            for parent in (folder, *folder.parents):
                if parent in self._roots:
                    below = folder.relative_to(parent).as_posix()
                    self._places[folder] = (self._roots[parent], "" if below == "." else below)
                    break
            else:
                self._places[folder] = (self._add_root(folder), "")
        return self._places[folder]

    def share_root(self, folders: Collection[Path]) -> None:
        """Make one root above the ``folders`` that have none, unless it would be a whole disk."""
        orphans = [
            folder
            for folder in folders
            if not any(parent in self._roots for parent in (folder, *folder.parents))
        ]
        if len({folder.anchor for folder in orphans}) == 1 and len(orphans) > 1:
            common = Path(os.path.commonpath(orphans))
            if len(common.parts) > 2 and common != Path.home():
                self._place(common)

    def _add_root(self, folder: Path) -> int:
        if not _is_text(folder):
            raise ProjectError(
                "The name of the folder {folder} is not valid Unicode; rename it.",
                folder=images.printable(str(folder)),
            )
        [root_id] = self.session.store.reserve_ids("root")
        root = Root(root_id, path_for_root(self.session.project, folder))
        self.changes |= self.session.record(RootAdded(root))
        self._roots[folder] = root_id
        return root_id

    def _known_of(self, root_id: int) -> dict[str, int]:
        if root_id not in self._known:
            images = self._reader.images_of_root(root_id)
            self._known[root_id] = {path: image.id for path, image in images.items()}
            for image in images.values():
                if image.width or image.problem:
                    self._looked_at[image.id] = (image.size_bytes, image.mtime_ns)
        return self._known[root_id]

    def _note_missing(self, folder: Path) -> None:
        root_id, prefix = self._place(folder)
        below = f"{prefix}/" if prefix else ""
        unseen = [
            image_id
            for path, image_id in self._known_of(root_id).items()
            if image_id not in self._seen and path.startswith(below)
        ]
        known = self._reader.images(unseen).values()
        self._gone += [flagged(image) for image in known if not is_flagged(image)]

    # Writing -------------------------------------------------------------------------------

    def _record_new(self) -> Changes:
        batch = (*self._new, *self._gone)
        self._added += len(self._new)
        self._problems += len(self._gone)
        self._new, self._gone = [], []
        return self._record(batch)

    def _record(self, batch: tuple[Image, ...]) -> Changes:
        changes = self.session.record(ImagesFound(batch)) if batch else Changes()
        self.changes |= changes
        return changes

    def _inspect(self) -> Iterator[ScanProgress]:
        self._total = len(self._to_inspect)
        waiting = iter(self._to_inspect.items())
        while batch := dict(islice(waiting, INSPECTED_BATCH)):
            inspected: list[Image] = []
            for image in self._reader.images(batch).values():
                if self.should_stop():
                    break
                path, size, mtime = batch[image.id]
                changed = replace(image, size_bytes=size, mtime_ns=mtime, sha256="")
                inspected.append(self._inspected_image(changed, Path(path)))
            self._inspected += len(inspected)
            yield self._progress(self._record(tuple(inspected)))
            if len(inspected) < len(batch):
                break

    def _inspected_image(self, image: Image, path: Path) -> Image:
        try:
            if not _is_text(path):
                raise ImageProblem(
                    "The name of {file} is not valid Unicode; rename the file or its folder.",
                    file=image.path,
                )
            info = images.probe(path)
            quick_hash = images.quick_hash(path)
        except ImageProblem as problem:
            self._problems += 1
            return replace(image, width=0, height=0, quick_hash="", problem=str(problem))
        if info.bit_depth > 8:
            self._deep.append(path)
        return replace(
            image,
            width=info.width,
            height=info.height,
            frames=info.frames,
            quick_hash=quick_hash,
            problem="",
        )

    def _record_mapping(self) -> Changes:
        """Decide once how images deeper than 8 bits are shown in this project."""
        if not self._deep or images.mapping_of(self._reader.settings()) is not None:
            return Changes()
        mapping = images.sample_mapping(self._deep)
        if mapping is None:
            return Changes()
        found = {"grey_low": repr(mapping.low), "grey_high": repr(mapping.high)}
        changes = self.session.record(SettingsFound(found))
        self.changes |= changes
        return changes

    def _progress(self, changes: Changes) -> ScanProgress:
        notices, self._notices = tuple(self._notices), []
        return ScanProgress(
            found=self._found,
            added=self._added,
            problems=self._problems,
            total=self._total,
            inspected=self._inspected,
            changes=changes,
            notices=notices,
        )


def stored_path(path: Path, prefix: str) -> str:
    """The path below the root as the project stores it: NFC wherever NFC finds the same file."""
    below = f"{prefix}/{path.name}" if prefix else path.name
    composed = unicodedata.normalize("NFC", below)
    if composed != below and not Path(unicodedata.normalize("NFC", str(path))).exists():
        composed = below
    return images.printable(composed)


def _is_text(path: Path) -> bool:
    """Whether the path is valid Unicode; on Linux a name may be any bytes."""
    return images.printable(str(path)) == str(path)
