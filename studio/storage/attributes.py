"""Which attributes the shapes of a project carry."""

from __future__ import annotations

from studio.storage.reader import Reader


def attributes_in_use(reader: Reader) -> dict[str, list[str]]:
    """The values of every attribute, each the most frequent first.

    All shapes are looked through, so this is not for the window's thread.
    """
    rows = reader.select(
        "SELECT json_extract(pair.value, '$[0]') AS name,"
        " json_extract(pair.value, '$[1]') AS value, count(*) AS uses"
        " FROM shape, json_each(shape.attributes) AS pair WHERE shape.attributes != '[]'"
        " GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2"
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["name"], []).append(row["value"])
    return found
