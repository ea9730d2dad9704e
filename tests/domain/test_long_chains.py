"""Outlines of very many vertices: all that is asked of them has the answer that it has of few."""

from __future__ import annotations

import math
import random
from itertools import product

import pytest

from studio.domain import geometry as geo
from studio.domain import picking
from studio.domain.shapes import Part, Point, Polygon, Polyline, Ring, Shape


def star(chance: random.Random, count: int, x: float, radius: float) -> Ring:
    angles = sorted(chance.uniform(0, 2 * math.pi) for _ in range(count))
    reach = ((a, radius * chance.uniform(0.6, 1)) for a in angles)
    return tuple((x + r * math.cos(a), 60 + r * math.sin(a)) for a, r in reach)


@pytest.mark.parametrize("seed", range(4))
def test_many_vertices_are_picked_and_measured_like_few(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    outer, hole, other = (star(chance, 60, x, r) for x, r in ((60, 50), (60, 20), (150, 30)))
    twice = (*outer[:30], outer[29], *outer[30:])  # an edge without length
    geometries = (
        Polygon((Part(outer, (hole,)), Part(other))), geo.polygon(*twice), Polyline(outer),
    )  # fmt: skip
    points: list[Point] = [(chance.uniform(0, 200), chance.uniform(0, 120)) for _ in range(60)]
    points += [
        outer[7],
        hole[3],
        ((outer[1][0] + outer[2][0]) / 2, (outer[1][1] + outer[2][1]) / 2),
        ((outer[0][0] + outer[-1][0]) / 2, (outer[0][1] + outer[-1][1]) / 2),  # no line is there
    ]

    def answers() -> list[object]:
        found: list[object] = []
        for geometry in geometries:
            found += [geo.bounds(geometry), pytest.approx(geo.area(geometry))]
            for point, reach in product(points, (1.0, 6.0)):
                found.append(picking.grip_at(geometry, point, reach))
                found.append(bool(picking.bodies_at([Shape(1, 1, "a", geometry)], point, reach)))
        return found

    few = answers()
    assert sum(each is not None for each in few) > 100
    monkeypatch.setattr(geo, "MANY_VERTICES", 10)
    assert answers() == few
