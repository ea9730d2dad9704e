"""Looking through a project for what may be wrong: classes, files, shapes, pictures alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from studio.domain import quality
from studio.domain.project import Image
from studio.domain.quality import Flaw, Issue
from studio.editing.missing import as_found, is_flagged, unflagged
from studio.editing.videos import SOURCE, frame_times
from studio.errors import ImageDamaged, ImageProblem
from studio.storage import search
from studio.storage.folder import root_path
from studio.storage.reader import Reader
from studio.storage.thumbnails import ThumbnailCache, key_of
from studio.vision import images as reading
from studio.vision import perceptual_hash

BATCH = 100
HASHED_PX = 96
"""Pictures are compared at about this size."""

_FLAT = b"-"


@dataclass(frozen=True, slots=True)
class InspectionProgress:
    """What was found since the last time; ``done`` of ``total`` steps are over.

    ``news`` are images as they are to be noted: with their files missing, or there again, or with
    the problem of one that looks sound to a scan, which does not read pictures, and cannot be
    read.
    """

    done: int
    total: int
    issues: tuple[Issue, ...] = ()
    news: tuple[Image, ...] = ()


def inspect(
    project: Path, cache_file: Path, should_stop: Callable[[], bool]
) -> Generator[InspectionProgress, None, None]:
    """Look through everything. Hashes of pictures are kept in ``cache_file``.

    What is quick comes first: with a hundred thousand images, reading the pictures takes minutes.
    """
    with Reader.open(project) as reader:
        ids = reader.image_ids()
        total = 2 * len(ids)
        yield InspectionProgress(0, total, (*_unused_classes(reader), *_videos_apart(reader)))
        for start in range(0, len(ids), BATCH):
            if should_stop():
                return
            batch = ids[start : start + BATCH]
            of_files = tuple(inspect_files(reader, batch))
            missing = {each.images[0] for each in of_files if each.flaw is Flaw.MISSING_FILE}
            issues = (*of_files, *inspect_shapes(reader, batch))
            news = tuple(_missing_or_back(reader, batch, missing))
            yield InspectionProgress(start + len(batch), total, issues, news)
        yield from _alike(reader, ids, cache_file, should_stop)


def inspect_shapes(reader: Reader, image_ids: Sequence[int]) -> Iterator[Issue]:
    """What is wrong with the shapes of some images."""
    images = reader.images(image_ids)
    for image_id, shapes in reader.shapes_of(image_ids).items():
        image = images[image_id]
        yield from quality.lint(shapes, image.width, image.height)


def standing(reader: Reader, found: Iterable[Issue]) -> Iterator[Issue]:
    """What of the issues ``found`` about pictures alike stands now, and all unused classes.

    An issue that was repaired stands again as soon as its repair is undone.
    """
    yield from _unused_classes(reader)
    for issue in found:
        statuses = reader.statuses(issue.images)
        left = [i for i in issue.images if i in statuses and not statuses[i].removed]
        match issue.flaw:
            case Flaw.LEAK | Flaw.NEAR_DUPLICATE:
                if len(left) > 1:
                    leaks = quality.leaks([left], _splits(reader, left))
                    yield next(leaks, Issue(Flaw.NEAR_DUPLICATE, tuple(left)))
            case Flaw.VIDEO:
                yield from quality.leaks([left], _splits(reader, left), Flaw.VIDEO)
            case _:
                pass


def videos(reader: Reader) -> list[list[int]]:
    """The images that are frames of one video, for each video but one that is most of the
    project: that one cannot be kept out of training or out of validation.

    What else lies in their folder is no frame, where it is told which are."""
    by_folder: dict[tuple[int, str], dict[str, int]] = {}
    images = reader.images(reader.image_ids())
    for image in images.values():
        folder, _, name = image.path.rpartition("/")
        by_folder.setdefault((image.root_id, folder), {})[name] = image.id
    folders = {root.id: root_path(reader.project, root) for root in reader.roots()}
    found: list[list[int]] = []
    for (root_id, folder), ids in by_folder.items():
        path = folders[root_id] / folder
        if (path / SOURCE).is_file():
            times = frame_times(path)
            found.append([ids[name] for name in ids if name in times or not times])
    return [frames for frames in found if 0 < 2 * len(frames) < len(images)]


def _videos_apart(reader: Reader) -> Iterator[Issue]:
    groups = videos(reader)
    frames = [image_id for group in groups for image_id in group]
    yield from quality.leaks(groups, _splits(reader, frames), Flaw.VIDEO)


def _unused_classes(reader: Reader) -> Iterator[Issue]:
    used = reader.label_usage().keys()
    for label in reader.labels():
        if label.id not in used:
            yield Issue(Flaw.UNUSED_CLASS, label=label.id)


def inspect_files(reader: Reader, image_ids: Sequence[int]) -> Iterator[Issue]:
    """What is wrong with the files of some images."""
    images = reader.images(image_ids)
    paths = reader.paths_of(images.values())
    for image in images.values():
        flaw = _flaw_of_file(image, paths[image.id])
        if flaw is not None:
            yield Issue(flaw, (image.id,))


def _missing_or_back(
    reader: Reader, image_ids: Sequence[int], missing: Collection[int]
) -> Iterator[Image]:
    """The images whose files are ``missing`` or there, unlike what the project knows."""
    images = reader.images(image_ids).values()
    unlike = [image for image in images if is_flagged(image) != (image.id in missing)]
    paths = reader.paths_of(unlike)
    for image in unlike:
        yield as_found(image, paths[image.id])


def _flaw_of_file(image: Image, path: Path) -> Flaw | None:
    try:
        stat = path.stat()
    except OSError:
        return Flaw.MISSING_FILE
    if unflagged(image).problem:
        return Flaw.UNREADABLE
    known = (image.size_bytes, image.mtime_ns)
    if not image.mtime_ns or (stat.st_size, stat.st_mtime_ns) == known:
        return None
    # A copy or a restored backup has another time and the same content.
    try:
        return None if reading.quick_hash(path) == image.quick_hash else Flaw.CHANGED_FILE
    except ImageProblem:
        return Flaw.UNREADABLE


# Pictures that look the same ------------------------------------------------------------------


def _alike(
    reader: Reader, ids: Sequence[int], cache_file: Path, should_stop: Callable[[], bool]
) -> Generator[InspectionProgress, None, None]:
    hashes: dict[int, bytes] = {}
    with closing(ThumbnailCache(cache_file)) as cache:
        for start in range(0, len(ids), BATCH):
            batch = reader.images(ids[start : start + BATCH])
            paths = reader.paths_of(batch.values())
            unreadable: list[Image] = []
            for image in batch.values():
                if should_stop():
                    return
                try:
                    found = _hash_of(reader, image, paths[image.id], cache)
                except ImageDamaged as problem:
                    found = None
                    if _flaw_of_file(image, paths[image.id]) is None:
                        unreadable.append(replace(image, problem=str(problem)))
                except ImageProblem:
                    found = None  # for want of memory or of its drive, which says nothing of it
                if found:
                    hashes[image.id] = found
            issues = tuple(Issue(Flaw.UNREADABLE, (image.id,)) for image in unreadable)
            yield InspectionProgress(
                len(ids) + start + len(batch), 2 * len(ids), issues, tuple(unreadable)
            )
    yield InspectionProgress(2 * len(ids), 2 * len(ids), tuple(_issues_of(reader, hashes)))


def _hash_of(reader: Reader, image: Image, path: Path, cache: ThumbnailCache) -> bytes | None:
    if image.problem:
        return None
    mapping = reading.mapping_of(reader.settings())
    key = key_of(image, mapping, HASHED_PX)
    known = cache.get(key)
    if known is None:
        rgb = reading.read_reduced(path, HASHED_PX, mapping)
        known = perceptual_hash.difference_hash(rgb) or _FLAT
        cache.put(key, known)
    return known if len(known) == perceptual_hash.HASH_BYTES else None


def _issues_of(reader: Reader, hashes: Mapping[int, bytes]) -> Iterator[Issue]:
    ids = list(hashes)
    rows = np.frombuffer(b"".join(hashes.values()), np.uint8).reshape(
        -1, perceptual_hash.HASH_BYTES
    )
    groups = [_most_labelled_first(reader, [ids[row] for row in group])
              for group in perceptual_hash.near_groups(rows)]  # fmt: skip
    leaking = list(quality.leaks(groups, _splits(reader, [i for group in groups for i in group])))
    yield from leaking
    known = {issue.images for issue in leaking}
    yield from (
        Issue(Flaw.NEAR_DUPLICATE, tuple(group)) for group in groups if tuple(group) not in known
    )


def _most_labelled_first(reader: Reader, group: list[int]) -> list[int]:
    summaries = search.summaries(reader, group)
    return sorted(group, key=lambda i: (-summaries[i].shape_count - len(summaries[i].tags), i))


def _splits(reader: Reader, image_ids: Sequence[int]) -> dict[int, str]:
    images, statuses = reader.images(image_ids), reader.statuses(image_ids)
    return {i: str(statuses[i].split or images[i].auto_split or "") for i in image_ids}
