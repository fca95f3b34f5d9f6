"""Larger pictures as SVG: a line beside last year's, places as dots. A table beside them has the figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from portal.ui.charts import GREEN, GREY, INK, svg
from portal.ui.numbers import number

EARLIER = "#6b7a73"
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 16, 30


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the map: degrees east and north, how much, and what its tooltip calls it."""

    label: str
    longitude: float
    latitude: float
    value: float


def trend(
    now: Sequence[float | None],
    before: Sequence[float | None],
    labels: Sequence[str],
    *,
    title: str,
    breaks: Sequence[tuple[int, str]] = (),
    width: int = 620,
    height: int = 200,
) -> SafeString:
    """Two lines from zero over the same labels: this year's full, the year before dashed.

    breaks: (index, words) of places where the series changes its ground, such as a new map of units.
    """
    top = _round_up(max([v for v in (*now, *before) if v], default=0))
    room_x, room_y = width - LEFT - RIGHT, height - TOP - BOTTOM
    step = room_x / max(1, len(labels) - 1)

    def at(index: int, value: float) -> str:
        return f"{LEFT + index * step:.1f},{TOP + room_y * (1 - value / top):.1f}"

    parts = [_grid(top, width, room_y), _names(labels, step, height)]
    for index, words in breaks:
        parts.append(_break(LEFT + index * step, words, room_y))
    for values, colour, dash in ((before, EARLIER, "5 4"), (now, GREEN, "none")):
        points = " ".join(at(i, v) for i, v in enumerate(values) if v is not None)
        parts.append(
            format_html(
                '<polyline points="{}" fill="none" stroke="{}" stroke-width="2.5" stroke-dasharray="{}"/>',
                points,
                colour,
                dash,
            )
        )
    said = "; ".join(
        f"{name}: {number(a)}, năm trước {number(b)}" for name, a, b in _zip(labels, now, before)
    )
    return svg(width, height, title, said, mark_safe("".join(parts)), css="bars")


def dot_map(dots: Sequence[Dot], *, title: str, width: int = 380, height: int = 300) -> SafeString:
    """Places where they lie, each a dot whose area grows with its value; a ring for zero."""
    if not dots:
        return SafeString("")
    across = _scale([d.longitude for d in dots], width)
    down = _scale([d.latitude for d in dots], height)
    top = max(max(d.value for d in dots), 1)
    circles = format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="{}" fill="{}" fill-opacity="0.55" stroke="{}"><title>{}</title></circle>',
        (
            (
                f"{across(d.longitude):.1f}",
                f"{height - down(d.latitude):.1f}",
                f"{3 + 12 * (d.value / top) ** 0.5:.1f}",
                GREEN if d.value else "none",
                "#ffffff" if d.value else INK,
                f"{d.label}: {number(d.value)}",
            )
            for d in sorted(dots, key=lambda d: -d.value)
        ),
    )
    said = "; ".join(f"{d.label}: {number(d.value)}" for d in dots)
    return svg(width, height, title, said, circles, css="bars")


def _grid(top: float, width: int, room_y: float) -> str:
    return format_html_join(
        "",
        '<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}"/>'
        '<text x="{}" y="{}" text-anchor="end" font-size="12" fill="{}">{}</text>',
        (
            (LEFT, width - RIGHT, y, y, GREY, LEFT - 6, y + 4, INK, number(top * share / 4))
            for share in (0, 2, 4)
            for y in (round(TOP + room_y * (1 - share / 4), 1),)
        ),
    )


def _names(labels: Sequence[str], step: float, height: int) -> str:
    every = max(1, -(-len(labels) // 6))
    return format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle" font-size="12" fill="{}">{}</text>',
        (
            (f"{LEFT + i * step:.1f}", height - 8, INK, name)
            for i, name in enumerate(labels)
            if i % every == 0
        ),
    )


def _break(x: float, words: str, room_y: float) -> str:
    return format_html(
        '<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="#8a5a00" stroke-dasharray="2 3"/>'
        '<text x="{}" y="{}" font-size="12" fill="#8a5a00">{}</text>',
        f"{x:.1f}", f"{x:.1f}", TOP, TOP + room_y, f"{x + 4:.1f}", TOP + 10, words,
    )  # fmt: skip


def _round_up(value: float) -> float:
    """The next of 4, 8, 20, 40, 80, 200 … : a top whose quarters are whole numbers."""
    size = 4.0
    while size < value:
        size *= 2.5 if str(int(size)).startswith("8") else 2
    return size


def _scale(values: Sequence[float], room: int):
    low, span = min(values), max(values) - min(values)
    return lambda value: 18 + ((value - low) / span if span else 0.5) * (room - 36)


def _zip(labels, now, before):
    return zip(labels, now, before, strict=True)
