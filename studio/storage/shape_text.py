"""An image's shapes, and a text by which one sees quickly whether they are still the same."""

from __future__ import annotations

from studio.domain.shapes import Shape
from studio.storage import tables
from studio.storage.reader import Reader


def shapes_as_text(reader: Reader, image_id: int) -> str:
    """All that is said of one image's shapes: the same text, the same shapes.

    It comes much faster than the shapes: a geometry is named by its address.
    """
    [(text,)] = reader.select(
        f"SELECT json_group_array(json_array({', '.join(tables.SHAPE.columns)})) FROM"
        " (SELECT * FROM shape WHERE image_id = ? ORDER BY z, id)",
        (image_id,),
    )
    return text


def shapes_with_text(reader: Reader, image_id: int) -> tuple[tuple[Shape, ...], str]:
    """One image's shapes and their text, of one moment; for a reader that nobody else uses."""
    reader.select("BEGIN")
    try:
        return reader.shapes(image_id), shapes_as_text(reader, image_id)
    finally:
        reader.select("COMMIT")
