"""Finding image files again that were moved or renamed, so that their labels stay theirs.

A file is known by its content: size, then the hash of its head and tail. Where the project never
looked into a file, its name and size have to do. What is found is a fact, not an edit: the labels
do not change. Image files are only ever read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from studio.domain.facts import Fact, ImagesFound, RootAdded, RootGone, RootMoved
from studio.domain.project import Changes, Image, ImageStatus, Root
from studio.editing import actions
from studio.editing.listing import ShouldStop, image_files
from studio.editing.missing import as_found, flagged, is_flagged, unflagged
from studio.editing.scan import stored_path
from studio.editing.session import Session
from studio.errors import ImageProblem, ProjectError, Sentence
from studio.storage.folder import path_for_root, root_path
from studio.storage.reader import Reader
from studio.vision import images

TELL_EVERY = 200


@dataclass(frozen=True, slots=True)
class RelinkProgress:
    """So many image files were looked at, and so many of the missing ones found."""

    looked_at: int
    found: int


@dataclass(frozen=True, slots=True)
class Relinked:
    """What came of it.

    ``missing`` images were looked for and ``found`` of them found. ``changed`` files have the name
    of a missing one but another content, and were left alone. ``replaced`` images had been added
    at the new place without any labels; they were removed in favour of the labelled ones.
    """

    missing: int
    found: int
    changed: int = 0
    replaced: int = 0
    changes: Changes = field(default_factory=Changes)


def note_missing(session: Session, doubtful: Iterable[int] = ()) -> Changes:
    """Flag the images of folders that are not there; take the flag from files that are back.

    Looks at each folder, at the images that are flagged and at the ``doubtful`` ones, by id, not
    at every file.
    """
    with Reader.open(session.project) as reader:
        folders = {root.id: root_path(session.project, root) for root in reader.roots()}
        there = {root_id for root_id, folder in folders.items() if folder.is_dir()}
        changed: list[Image] = []
        for root_id in folders.keys() - there:
            known = reader.images_of_root(root_id).values()
            changed += [flagged(image) for image in known if not is_flagged(image)]
        asked = {image.id: image for image in filter(is_flagged, reader.problems())}
        asked |= reader.images(doubtful)
        for image in asked.values():
            if image.root_id in there:
                seen = as_found(image, folders[image.root_id] / image.path)
                changed += [seen] if seen != image else []
    return session.record(ImagesFound(tuple(changed))) if changed else Changes()


def look_for_missing(
    session: Session, folder: Path, should_stop: ShouldStop = lambda: False
) -> Generator[RelinkProgress, None, Relinked]:
    """Look for all missing images in ``folder`` and below it, and link the found ones there.

    Nothing is recorded where ``should_stop`` ended it early.

    Raises:
        ProjectError: ``folder`` is not there.
    """
    if not folder.is_dir():
        raise ProjectError(
            "{folder} is not a folder that can be opened.", folder=images.printable(str(folder))
        )
    with Reader.open(session.project) as reader:
        search = _Search(session, reader, folder.resolve())
        yield from search.look(should_stop)
        return Relinked(len(search.missing), 0) if should_stop() else search.link()


class _Search:
    """One pass over a folder for the images whose files are missing."""

    def __init__(self, session: Session, reader: Reader, folder: Path) -> None:
        self._session = session
        self._folder = folder
        self._reader = reader
        self._roots = {root.id: root_path(session.project, root) for root in reader.roots()}
        self._vanished = {i for i, place in self._roots.items() if not place.is_dir()}
        self._known = {i: reader.images_of_root(i) for i in self._roots}
        self.missing = self._find_missing()
        self._by_size: dict[int, list[Image]] = {}
        self._by_name: dict[str, list[Image]] = {}
        for image in self.missing.values():
            self._by_size.setdefault(image.size_bytes, []).append(image)
            self._by_name.setdefault(_name(image.path), []).append(image)
        self._candidates: dict[int, list[Path]] = {}
        self._other_content: set[int] = set()

    def _find_missing(self) -> dict[int, Image]:
        removed = {i for i, status in self._statuses().items() if status.removed}
        return {
            image.id: image
            for root_id, known in self._known.items()
            for image in known.values()
            if image.id not in removed
            and (root_id in self._vanished or not (self._roots[root_id] / image.path).exists())
        }

    def _statuses(self) -> dict[int, ImageStatus]:
        return self._reader.statuses(i.id for known in self._known.values() for i in known.values())

    # Looking -------------------------------------------------------------------------------

    def look(self, should_stop: ShouldStop) -> Iterator[RelinkProgress]:
        """Note for each missing image which files could be it."""
        notices: list[Sentence] = []
        files = image_files(self._folder, self._session.project, should_stop, notices)
        for count, (path, stat) in enumerate(files, start=1):
            self._note(path, stat.st_size)
            if count % TELL_EVERY == 0:
                yield RelinkProgress(count, len(self._candidates))

    def _note(self, path: Path, size: int) -> None:
        namesakes = self._by_name.get(_name(path.name), [])
        options = {image.id: image for image in self._by_size.get(size, ()) if image.quick_hash}
        unseen = [i for i in namesakes if not i.quick_hash and i.size_bytes in (0, size)]
        if options:
            digest = _hash(path)
            options = {i: image for i, image in options.items() if image.quick_hash == digest}
        for image in (*options.values(), *unseen):
            self._candidates.setdefault(image.id, []).append(path)
        self._other_content |= {i.id for i in namesakes} - options.keys() - {i.id for i in unseen}

    # Linking -------------------------------------------------------------------------------

    def link(self) -> Relinked:
        """Record where the missing images are now."""
        places = self._choose()
        facts: list[Fact] = [*self._move_roots(places)]
        linked: list[Image] = []
        newcomers: list[tuple[Image, Image]] = []
        for image_id, path in places.items():
            image = self.missing[image_id]
            root_id, stored = self._place(path, facts)
            there = self._known.get(root_id, {}).get(stored)
            if there is not None and there.id != image_id:
                if not self._gives_way(there):
                    continue
                newcomers.append((there, image))
            stat = path.stat()
            size, mtime = stat.st_size, stat.st_mtime_ns
            # What cannot be read still cannot where it is now.
            known = unflagged(image)
            linked.append(
                replace(known, root_id=root_id, path=stored, size_bytes=size, mtime_ns=mtime)
            )
        changes = self._record(facts, linked, newcomers)
        found = {image.id for image in linked}
        return Relinked(
            missing=len(self.missing),
            found=len(linked),
            changed=len(self._other_content - found),
            replaced=len(newcomers),
            changes=changes,
        )

    def _choose(self) -> dict[int, Path]:
        """Which file each image is: one that is no image yet, in folders of the same names.

        No file is two images.
        """
        pairs = [
            (self._image_at(path) is not None, -_common_end(self.missing[i].path, path), i, path)
            for i, paths in self._candidates.items()
            for path in paths
        ]
        chosen: dict[int, Path] = {}
        used: set[Path] = set()
        for _, _, image_id, path in sorted(pairs):
            if image_id not in chosen and path not in used:
                chosen[image_id] = path
                used.add(path)
        return chosen

    def _image_at(self, path: Path) -> Image | None:
        """The image of the project that a file is already."""
        for parent in path.parents:
            for root_id, place in self._roots.items():
                if place == parent:
                    below = path.parent.relative_to(parent).as_posix()
                    stored = stored_path(path, "" if below == "." else below)
                    return self._known[root_id].get(stored)
        return None

    def _move_roots(self, places: dict[int, Path]) -> Iterator[Fact]:
        """A folder that is gone is where most of its images are, unless that is another one."""
        votes: dict[int, Counter[Path]] = {}
        for image_id, path in places.items():
            image = self.missing[image_id]
            below = PurePosixPath(image.path).parts
            whole = _common_end(image.path, path) == len(below)
            if image.root_id in self._vanished and whole:
                votes.setdefault(image.root_id, Counter())[path.parents[len(below) - 1]] += 1
        for root_id, counted in votes.items():
            [(place, _)] = counted.most_common(1)
            if place not in self._roots.values():
                self._roots[root_id] = place
                yield RootMoved(Root(root_id, path_for_root(self._session.project, place)))

    def _place(self, path: Path, facts: list[Fact]) -> tuple[int, str]:
        """Root and path below it of a file; makes a root of the folder that was looked through."""
        inside = [(place, i) for i, place in self._roots.items() if path.is_relative_to(place)]
        if not inside:
            [root_id] = self._session.store.reserve_ids("root")
            root = Root(root_id, path_for_root(self._session.project, self._folder))
            facts.append(RootAdded(root))
            self._roots[root_id] = self._folder
            inside = [(self._folder, root_id)]
        place, root_id = max(inside, key=lambda pair: len(pair[0].parts))
        below = path.parent.relative_to(place).as_posix()
        return root_id, stored_path(path, "" if below == "." else below)

    def _emptied(self, linked: Iterable[Image]) -> set[int]:
        """The roots that are gone and whose images, all of them, belong to other roots now."""
        left = {i: {image.id for image in self._known[i].values()} for i in self._vanished}
        for image in linked:
            old = self.missing[image.id].root_id
            if old != image.root_id and old in left:
                left[old].discard(image.id)
        return {root_id for root_id, rest in left.items() if not rest}

    def _gives_way(self, image: Image) -> bool:
        """Whether an image at the place of another has nothing that would be lost."""
        return (
            image.id not in self.missing
            and self._reader.status(image.id) == ImageStatus(image.id)
            and not self._reader.tags(image.id)
            and not self._reader.shapes(image.id)
        )

    def _record(
        self, facts: list[Fact], linked: list[Image], newcomers: list[tuple[Image, Image]]
    ) -> Changes:
        """One transaction: newcomers step aside for the found, what is still lost is flagged.

        They take the places of the found, or stay aside where the whole root is forgotten.
        """
        emptied = self._emptied(linked)
        aside = tuple(replace(new, path=f"{new.path}#{new.id}") for new, _ in newcomers)
        back = tuple(
            flagged(
                away
                if old.root_id in emptied
                else replace(away, root_id=old.root_id, path=old.path)
            )
            for away, (_, old) in zip(aside, newcomers, strict=True)
        )
        found = {image.id for image in linked}
        lost = tuple(
            flagged(image)
            for image in self.missing.values()
            if image.id not in found and not is_flagged(image)
        )
        changes = self._session.record(
            *facts,
            ImagesFound(aside),
            ImagesFound(tuple(linked)),
            ImagesFound((*back, *lost)),
            *map(RootGone, sorted(emptied)),
        )
        statuses = self._reader.statuses(new.id for new, _ in newcomers)
        return changes | self._session.apply(actions.remove_images(statuses.values()))


def _name(path: str) -> str:
    return PurePosixPath(path).name.casefold()


def _hash(path: Path) -> str:
    try:
        return images.quick_hash(path)
    except ImageProblem:
        return ""


def _common_end(stored: str, path: Path) -> int:
    """How many parts of the two paths are the same, counted from the file name."""
    count = 0
    parts: Iterable[tuple[str, str]] = zip(
        reversed(PurePosixPath(stored).parts), reversed(path.parts), strict=False
    )
    for one, other in parts:
        if one != other:
            break
        count += 1
    return count
