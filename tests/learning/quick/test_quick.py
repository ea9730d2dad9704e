"""The quick classifier: what frozen features tell apart is learned from a few tags."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.edits import Change, Edit, Title, created
from studio.domain.labels import Tag
from studio.domain.project import Split
from studio.editing.session import Session
from studio.learning.events import Evaluated, Event, ImagePredicted, Progress
from studio.learning.quick import linear
from studio.learning.quick.classifier import QuickClassifier
from studio.learning.quick.feature_cache import FeatureCache
from studio.learning.quick.features import Features, best_card
from studio.learning.quick.rules import learnable
from studio.learning.snapshot import FrozenImage
from studio.storage.reader import Reader
from tests import making

# Logistic regression ----------------------------------------------------------------------------


@settings(max_examples=6)
@given(
    seed=st.integers(0, 10_000),
    classes=st.integers(2, 5),
    each=st.integers(6, 20),
    dimensions=st.integers(4, 40),
)
def test_separable_features_are_learned(
    seed: int, classes: int, each: int, dimensions: int
) -> None:
    random = torch.Generator().manual_seed(seed)
    centres = torch.eye(max(classes, dimensions))[:classes, :] * 8
    truth = torch.arange(classes).repeat(each)
    points = centres[truth] + torch.randn(len(truth), centres.shape[1], generator=random) / 2
    wanted = torch.nn.functional.one_hot(truth, classes).float()
    model = linear.fit(points, wanted, torch.ones_like(wanted), multi_label=False)
    fresh = centres + torch.randn(centres.shape, generator=random) / 2
    assert model.chances(fresh).argmax(dim=1).tolist() == list(range(classes))
    assert torch.allclose(model.chances(fresh).sum(dim=1), torch.ones(classes))
    assert model.judged == len(truth) and model.accuracy > 0.9


def test_what_cannot_be_learned_is_judged_so() -> None:
    random = torch.Generator().manual_seed(0)
    points = torch.randn(200, 30, generator=random)
    wanted = torch.nn.functional.one_hot(torch.arange(200) % 2, 2).float()
    model = linear.fit(points, wanted, torch.ones_like(wanted), multi_label=False)
    assert 0.35 < model.accuracy < 0.65


def test_several_tags_stand_each_for_itself_and_the_unknown_counts_not() -> None:
    random = torch.Generator().manual_seed(0)
    wanted = (torch.rand(80, 2, generator=random) > 0.5).float()
    points = torch.randn(80, 12, generator=random) / 4
    points[:, :2] += 4 * wanted
    known = torch.ones_like(wanted)
    misled = wanted.clone()
    misled[:30, 1] = 1 - wanted[:30, 1]
    known[:30, 1] = 0
    model = linear.fit(points, misled, known, multi_label=True)
    assert ((model.chances(points) > 0.5) == (wanted > 0)).all()
    assert model.accuracy > 0.95


def test_it_waits_until_every_class_in_use_has_two_images() -> None:
    assert not learnable({"a": 5}, 5, multi_label=False)
    assert not learnable({"a": 5, "b": 2, "c": 1}, 8, multi_label=False)
    assert learnable({"a": 2, "b": 2}, 4, multi_label=False) == {"a", "b"}
    assert learnable({"a": 9, "b": 8, "c": 1}, 18, multi_label=False) == {"a", "b"}
    assert learnable({"a": 2, "b": 1}, 4, multi_label=True) == {"a"}
    assert not learnable({"a": 4}, 4, multi_label=True)


# The cache --------------------------------------------------------------------------------------


def sources(folder: Path, count: int) -> list[FrozenImage]:
    paths = [making.picture(folder / f"{n}.png", seed=n) for n in range(count)]
    return [
        FrozenImage(n, str(path), path.name, f"h{n}", 64, 48, Split.TRAIN)
        for n, path in enumerate(paths)
    ]


def vectors(features: Features, of: Sequence[FrozenImage]) -> dict[int, np.ndarray | None]:
    found: dict[int, np.ndarray | None] = {}
    for each in features.of(of):
        found |= each
    return found


def test_an_image_is_looked_at_once_until_its_file_changes(tmp_path: Path) -> None:
    images = sources(tmp_path, 10)
    kept = tmp_path / "features.sqlite"
    with FeatureCache(kept) as cache:
        features = Features.of_pretrained(best_card(), cache, {})
        first = vectors(features, images)
        assert features.computed == 10 and set(first) == set(range(10))
    with FeatureCache(kept) as cache:
        features = Features.of_pretrained(best_card(), cache, {})
        again = vectors(features, images)
        assert features.computed == 0
        assert all(np.array_equal(first[n], again[n]) for n in first)
        making.picture(Path(images[3].path), seed=99)
        os.utime(images[3].path, ns=(1, 1))
        changed = vectors(features, images)
        assert features.computed == 1 and not np.array_equal(first[3], changed[3])
        Path(images[4].path).write_bytes(b"no picture")
        Path(images[5].path).unlink()
        broken = vectors(features, images)
        assert [n for n, vector in broken.items() if vector is None] == [4, 5]


def test_the_cache_is_bounded_and_outlives_damage(tmp_path: Path) -> None:
    path = tmp_path / "features.sqlite"
    vector = np.ones(256, np.float32)
    with FeatureCache(path, most_bytes=10 * vector.nbytes) as cache:
        for number in range(30):
            cache.put({f"{number}": vector})
    with FeatureCache(path) as cache:
        left = cache.get([f"{number}" for number in range(30)])
        assert len(left) == 10 and all(np.array_equal(each, vector) for each in left.values())
    path.write_bytes(b"this is no database " * 100)
    with FeatureCache(path) as cache:
        assert cache.get(["1"]) == {}
        cache.put({"1": vector})
        assert set(cache.get(["1"])) == {"1"}


# A project --------------------------------------------------------------------------------------

LearnAndPredict = Callable[..., list[Event]]


@pytest.fixture
def learn_and_predict(project: Path) -> Iterator[LearnAndPredict]:
    classifier = QuickClassifier(project)

    def ask(image_ids: Sequence[int], never: bool = True) -> list[Event]:
        return list(classifier.learn_and_predict(image_ids, lambda: not never))

    yield ask
    classifier.close()


def of_kind(events: Sequence[Event], kind: type) -> list:
    return [event for event in events if isinstance(event, kind)]


def test_it_learns_a_project_and_learns_again_after_new_tags(
    project: Path, learn_and_predict: LearnAndPredict
) -> None:
    with Reader.open(project) as reader:
        ids, (group, *_) = reader.image_ids(), reader.tag_groups()
        tags = {i: reader.tags(i)[0] for i in ids}
        names = {label.id: label.name for label in reader.labels()}
    last = ids[-2:]
    with closing(Session.open(project)) as session:
        session.apply(Edit(Title.UNTAG, tuple(Change(tags[i], None) for i in last)))
        events = learn_and_predict(last)
        [fitted] = of_kind(events, Evaluated)
        assert fitted.metrics["images"] == len(ids) - 2
        assert fitted.metrics["accuracy"] > 0.75
        assert of_kind(events, Progress)[-1].done == len(ids) - 2
        predicted = [next(iter(e.prediction["scores"])) for e in of_kind(events, ImagePredicted)]
        assert predicted == [names[tags[i].label] for i in last]
        assert of_kind(learn_and_predict(last), Evaluated) == []  # nothing new
        session.apply(created(Title.TAG, Tag(last[0], group.id, tags[last[0]].label)))
        [again] = of_kind(learn_and_predict(last), Evaluated)
        assert again.metrics["images"] == len(ids) - 1


def test_it_gives_way_at_once_and_keeps_what_it_saw(
    project: Path, learn_and_predict: LearnAndPredict
) -> None:
    with Reader.open(project) as reader:
        ids = reader.image_ids()
    assert len(of_kind(learn_and_predict(ids, never=False), Progress)) == 1
    assert of_kind(learn_and_predict(ids), Evaluated)


def test_with_too_few_tags_nothing_is_loaded(tmp_path: Path) -> None:
    session = making.project(tmp_path, images=4)
    with closing(session):
        bolt, nut = making.labels(session, "bolt", "nut")
        ids = session.reader.image_ids()
        [group] = session.reader.tag_groups()
        for number, label in zip(ids, (bolt, bolt, nut), strict=False):
            session.apply(created(Title.TAG, Tag(number, group.id, label.id)))
        classifier = QuickClassifier(session.project)
        assert list(classifier.learn_and_predict(ids, lambda: False)) == []
        assert list(classifier.learn_and_predict([], lambda: False)) == []
        classifier.close()
