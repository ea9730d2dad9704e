"""Small ONNX pairs that take and give what the real ones do, and whose masks are plain geometry.

The encoders hand the image on, reduced. The decoders see a grid of 256 x 256 cells, as the real
ones do, and find what is red and satisfies every mark: near a click inside (10 cells across and
down), to the left of a click outside, between a box's corners. Of three masks the second is this
one and thought best.
"""

from __future__ import annotations

from pathlib import Path

from tests.interactive.onnx_files import Graph

CELLS = 256
SIDE = 1024
NEAR_CELLS = 10.0
FAR = 1e6
CENTRES = [cell + 0.5 for cell in range(CELLS)]
Pair = tuple[Path, Path]


def _reduced(graph: Graph, image: str, times: int) -> str:
    return graph.node("AveragePool", image, kernel_shape=[times] * 2, strides=[times] * 2)


def _satisfied(graph: Graph, points: str, labels: str, image: str) -> str:
    """(1, 3, 256, 256) of ``points`` (N, 2) in cells, ``labels`` (N,) and (1, 3, 256, 256)."""
    at = [
        graph.node("Reshape", graph.node("Gather", points, index, axis=1), shape)
        for index, shape in (
            (graph.constant(0, "int64"), graph.constant([-1, 1, 1], "int64")),
            (graph.constant(1, "int64"), graph.constant([-1, 1, 1], "int64")),
        )
    ]
    grid = [graph.constant([[CENTRES]]), graph.constant([[[y] for y in CENTRES]])]
    right, below = (graph.node("Sub", g, a) for g, a in zip(grid, at, strict=True))
    left, above = (graph.node("Neg", each) for each in (right, below))
    near = graph.constant(NEAR_CELLS)
    away = [graph.node("Abs", each) for each in (right, below)]
    inside = graph.node("Min", *(graph.node("Sub", near, each) for each in away))
    meaning = {
        "1": inside,
        "0": left,
        "2": graph.node("Min", right, below),
        "3": graph.node("Min", left, above),
    }
    kinds = graph.node("Reshape", labels, graph.constant([-1, 1, 1], "int64"))
    found = graph.constant(FAR)
    for label, value in meaning.items():
        is_it = graph.node("Equal", kinds, graph.constant(float(label)))
        found = graph.node("Where", is_it, value, found)
    found = graph.node("ReduceMin", found, axes=[0], keepdims=0)
    red = graph.node("Gather", image, graph.constant(0, "int64"), axis=1)
    red = graph.node("Squeeze", red, graph.constant([0], "int64"))
    # As steep as the distances are, so that what is between two cells is half of each.
    red = graph.node("Clip", red, graph.constant(-0.5), graph.constant(0.5))
    best = graph.node("Min", found, red)
    worse = graph.node("Neg", best)
    axes = graph.constant([0, 1], "int64")
    masks = [graph.node("Unsqueeze", each, axes) for each in (worse, best, worse)]
    return graph.node("Concat", *masks, axis=1)


def _scores(graph: Graph, shape: list[int]) -> None:
    scores = graph.constant([0.2, 0.9, 0.3])
    scores = graph.node("Reshape", scores, graph.constant(shape, "int64"))
    graph.output(scores, "iou_predictions", shape)


def _squeezed(graph: Graph, name: str, axes: list[int]) -> str:
    return graph.node("Squeeze", name, graph.constant(axes, "int64"))


def _sam_points(graph: Graph, count: int | str) -> tuple[str, str]:
    """Points in cells and labels, as the decoders of SAM and SAM 2 read them."""
    coords = graph.input("point_coords", [1, count, 2])
    labels = graph.input("point_labels", [1, count])
    centred = graph.node("Add", _squeezed(graph, coords, [0]), graph.constant(0.5))
    cells = graph.node("Mul", centred, graph.constant(CELLS / SIDE))
    return cells, _squeezed(graph, labels, [0])


def _with_hint(graph: Graph, masks: str, *, refines: bool) -> str:
    """The masks; one that ``refines`` adds to them what the hint covers, where there is one."""
    hint = graph.input("mask_input", [1, 1, CELLS, CELLS])
    given = graph.input("has_mask_input", [1])
    if not refines:
        return masks
    absent = graph.node("Mul", graph.node("Sub", given, graph.constant(1.0)), graph.constant(FAR))
    return graph.node("Max", masks, graph.node("Add", hint, absent))


def sam(
    folder: Path,
    *,
    pads: bool = False,
    coarse: bool = True,
    points: int | str = "n",
    refines: bool = False,
) -> Pair:
    """SAM; ``pads``: an encoder that normalises and pads; without ``coarse`` there are only the
    masks of the frame, right for images twice as wide as high; ``refines``: see ``_with_hint``."""
    encoder = Graph()
    if pads:
        image = encoder.input("input_image", ["height", "width", 3])
        mean = encoder.constant([123.675, 116.28, 103.53])
        image = encoder.node("Transpose", encoder.node("Sub", image, mean), perm=[2, 0, 1])
        image = encoder.node("Unsqueeze", image, encoder.constant([0], "int64"))
        shape = encoder.node("Shape", image)
        square = encoder.constant([1, 3, SIDE, SIDE], "int64")
        after = encoder.node("Sub", square, shape)
        before = encoder.constant([0, 0, 0, 0], "int64")
        image = encoder.node("Pad", image, encoder.node("Concat", before, after, axis=0))
    else:
        image = encoder.input("images", [1, 3, SIDE, SIDE])
    encoder.output(_reduced(encoder, image, 4), "embeddings", [1, 3, CELLS, CELLS])
    decoder = Graph()
    seen = decoder.input("image_embeddings", [1, 3, CELLS, CELLS])
    cells, labels = _sam_points(decoder, points)
    decoder.input("orig_im_size", [2])
    masks = _with_hint(decoder, _satisfied(decoder, cells, labels, seen), refines=refines)
    rows = [decoder.constant([each], "int64") for each in (0, CELLS // 2, 2)]
    cut = decoder.node("Slice", masks, *rows)
    decoder.output(cut, "masks", [1, 3, "height", "width"])
    _scores(decoder, [1, 3])
    if coarse:
        decoder.output(masks, "low_res_masks", [1, 3, CELLS, CELLS])
    return encoder.save(folder / "sam_encoder.onnx"), decoder.save(folder / "sam_decoder.onnx")


def efficient_sam(folder: Path) -> Pair:
    """EfficientSAM, which stretches images and points itself."""
    encoder = Graph()
    image = encoder.input("batched_images", ["batch", 3, "height", "width"])
    sizes = encoder.constant([1, 3, CELLS, CELLS], "int64")
    stretched = encoder.node("Resize", image, "", "", sizes, mode="linear")
    centred = encoder.node("Sub", stretched, encoder.constant(0.5))
    encoder.output(centred, "image_embeddings", [1, 3, CELLS, CELLS])
    decoder = Graph()
    seen = decoder.input("image_embeddings", ["batch", 3, CELLS, CELLS])
    coords = decoder.input("batched_point_coords", [1, 1, "n", 2])
    labels = decoder.input("batched_point_labels", [1, 1, "n"])
    height_width = decoder.input("orig_im_size", [2], "int64")
    turned = decoder.node("Gather", height_width, decoder.constant([1, 0], "int64"))
    frame = decoder.node("Cast", turned, to=1)
    scaled = decoder.node("Mul", _squeezed(decoder, coords, [0, 1]), decoder.constant(float(SIDE)))
    points = decoder.node("Add", decoder.node("Div", scaled, frame), decoder.constant(0.5))
    cells = decoder.node("Mul", points, decoder.constant(CELLS / SIDE))
    masks = _satisfied(decoder, cells, _squeezed(decoder, labels, [0, 1]), seen)
    masks = decoder.node("Unsqueeze", masks, decoder.constant([0], "int64"))
    decoder.output(masks, "output_masks", [1, 1, 3, "height", "width"])
    _scores(decoder, [1, 1, 3])
    return encoder.save(folder / "esam_encoder.onnx"), decoder.save(folder / "esam_decoder.onnx")


def sam2(folder: Path, *, refines: bool = False) -> Pair:
    """SAM 2, of a stretched image; ``refines``: see ``_with_hint``."""
    encoder = Graph()
    image = encoder.input("image", [1, 3, SIDE, SIDE])
    reductions = {"high_res_feats_0": 4, "high_res_feats_1": 8, "image_embed": 16}
    for name, times in reductions.items():
        side = SIDE // times
        encoder.output(_reduced(encoder, image, times), name, [1, 3, side, side])
    decoder = Graph()
    for name in ("image_embed", "high_res_feats_0", "high_res_feats_1"):
        side = SIDE // reductions[name]
        decoder.input(name, [1, 3, side, side])
    cells, labels = _sam_points(decoder, "n")
    masks = _satisfied(decoder, cells, labels, "high_res_feats_0")
    masks = _with_hint(decoder, masks, refines=refines)
    decoder.output(masks, "masks", [1, 3, CELLS, CELLS])
    _scores(decoder, [1, 3])
    return encoder.save(folder / "sam2_encoder.onnx"), decoder.save(folder / "sam2_decoder.onnx")
