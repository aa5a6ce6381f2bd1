"""SVG paths as rings of points: read, moved, written. Covers the commands the map's outlines use."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

Point = tuple[float, float]
Ring = list[Point]

_TOKEN = re.compile(r"[MmLlHhVvCcSsZz]|-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
_ARGUMENTS = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4}
_CURVE_STEPS = 6


def rings(path: str) -> list[Ring]:
    """Return the rings that `path` draws, in its own units; curves become short segments.

    Raises ValueError on a command it does not know (an arc, say) rather than draw something else.
    """
    if unknown := set(re.findall(r"[A-Za-z]", path)) - set("MmLlHhVvCcSsZze"):
        raise ValueError(f"path commands not handled: {sorted(unknown)}")
    found: list[Ring] = []
    here: Point = (0.0, 0.0)
    control: Point | None = None
    for command, numbers in _steps(path):
        kind = command.lower()
        if kind == "z":
            here, control = found[-1][0], None
            found.append([here])  # a path may go on after closing a ring without a new move
            continue
        origin = here if command.islower() else (0.0, 0.0)
        if kind == "m":
            here, control = (origin[0] + numbers[0], origin[1] + numbers[1]), None
            found.append([here])
        elif kind in "cs":
            points = [(origin[0] + x, origin[1] + y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
            if kind == "s":
                mirrored = (2 * here[0] - control[0], 2 * here[1] - control[1]) if control else here
                points.insert(0, mirrored)
            found[-1].extend(_curve(here, *points))
            control, here = points[1], points[2]
        else:
            here, control = _line(kind, origin, here, numbers), None
            found[-1].append(here)
    return [ring for ring in found if len(ring) > 2]


def _steps(path: str) -> Iterator[tuple[str, list[float]]]:
    """One command at a time, implicit repetitions made explicit."""
    command, numbers = "", list[float]()
    for token in _TOKEN.findall(path):
        if token.isalpha():
            command, numbers = token, []
            if command in "Zz":
                yield command, []
            continue
        numbers.append(float(token))
        if len(numbers) == _ARGUMENTS[command.lower()]:
            yield command, numbers
            numbers = []
            command = {"m": "l", "M": "L"}.get(command, command)


def _line(kind: str, origin: Point, here: Point, numbers: list[float]) -> Point:
    if kind == "h":
        return origin[0] + numbers[0], here[1]
    if kind == "v":
        return here[0], origin[1] + numbers[0]
    return origin[0] + numbers[0], origin[1] + numbers[1]


def _curve(a: Point, b: Point, c: Point, d: Point) -> Iterator[Point]:
    """Points of a cubic Bézier curve, its start left out."""
    for step in range(1, _CURVE_STEPS + 1):
        t = step / _CURVE_STEPS
        u = 1 - t
        weights = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
        yield (
            sum(w * p[0] for w, p in zip(weights, (a, b, c, d), strict=True)),
            sum(w * p[1] for w, p in zip(weights, (a, b, c, d), strict=True)),
        )


def bounds(shape: list[Ring]) -> tuple[float, float, float, float]:
    """Smallest and largest abscissa and ordinate: (left, top, right, bottom)."""
    xs = [x for ring in shape for x, _ in ring]
    ys = [y for ring in shape for _, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


def moved(shape: list[Ring], move: Callable[[Point], Point]) -> list[Ring]:
    """Return `shape` with `move` applied to every point."""
    return [[move(point) for point in ring] for ring in shape]


def path(shape: list[Ring]) -> str:
    """Write `shape` as an SVG path: tenths of a unit, one absolute start per ring, then relative lines."""
    parts: list[str] = []
    for ring in shape:
        tenths = [(round(x * 10), round(y * 10)) for x, y in ring]
        if tenths[0] == tenths[-1]:
            tenths.pop()
        text = f"M{tenths[0][0] / 10:g} {tenths[0][1] / 10:g}"
        for before, after in pairwise(tenths):
            if before != after:
                text += f"l{(after[0] - before[0]) / 10:g} {(after[1] - before[1]) / 10:g}"
        parts.append(text + "z")
    return "".join(parts)
