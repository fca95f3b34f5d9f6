"""Pictures drawn on the server as SVG: no script, no inline style, text escaped, figures in words too."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from portal.ui.numbers import number

GREEN, GREY, INK = "#0f5b3e", "#dfe4e0", "#55625d"
_ids = count(1)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label and its value (None = unknown, drawn as a gap)."""

    label: str
    value: float | None


def bars(items: Sequence[Bar], *, title: str, unit: str = "", width: int = 620) -> SafeString:
    """Horizontal bars from zero, each with its label and figure, so that nothing is told by length alone.

    Negative values are drawn as zero length; the figure still says them.
    """
    height, label_width, figure_width = 28, round(width * 0.42), round(width * 0.18)
    room = width - label_width - figure_width
    top = max([b.value for b in items if b.value], default=0)
    rows = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="end" font-size="13" fill="#1c2421">{}</text>'
        '<rect x="{}" y="{}" width="{}" height="16" rx="2" fill="{}"/>'
        '<text x="{}" y="{}" font-size="13" fill="#1c2421">{}</text>',
        (
            (
                label_width - 8, row * height + 19, _shortened(b.label, label_width // 8),
                label_width, row * height + 6, (length := _length(b.value, top, room)), GREEN,
                label_width + length + 6, row * height + 19, " ".join(filter(None, [number(b.value), unit])),
            )
            for row, b in enumerate(items)
        ),
    )  # fmt: skip
    said = "; ".join(f"{b.label}: {number(b.value)}" for b in items)
    return svg(width, max(1, len(items)) * height, title, said, rows, css="bars")


def sparkline(
    values: Sequence[float | None], *, title: str, width: int = 100, height: int = 26
) -> SafeString:
    """A small line of `values` in time order. Unknown values break the line; one value is a dot."""
    known = [v for v in values if v is not None]
    low, high = min(known, default=0), max(known, default=0)
    step = (width - 6) / max(1, len(values) - 1)

    def at(index: int, value: float) -> str:
        share = (value - low) / (high - low) if high > low else 0.5
        return f"{3 + index * step:.1f},{height - 3 - share * (height - 6):.1f}"

    parts = []
    for stretch in _stretches(values):
        points = " ".join(at(i, v) for i, v in stretch)
        if len(stretch) == 1:
            x, y = points.split(",")
            parts.append(format_html('<circle cx="{}" cy="{}" r="2.5" fill="{}"/>', x, y, GREEN))
        else:
            parts.append(
                format_html('<polyline points="{}" fill="none" stroke="{}" stroke-width="2"/>', points, GREEN)
            )
    said = ", ".join(number(v) for v in values) or "Không có số liệu"
    return svg(width, height, title, said, mark_safe("".join(parts)), css="spark", fixed=True)


def share_bar(part: float | None, whole: float | None, *, title: str, width: int = 300) -> SafeString:
    """A thin bar of `part` in `whole`, never longer than its room; unknown or zero whole: an empty bar."""
    share = min(1.0, max(0.0, part / whole)) if part and whole else 0.0
    body = format_html(
        '<rect width="{}" height="8" rx="4" fill="{}"/><rect width="{}" height="8" rx="4" fill="{}"/>',
        width, GREY, f"{width * share:.1f}", GREEN,
    )  # fmt: skip
    return svg(width, 8, title, f"{number(part)}/{number(whole)}", body, css="bars")


def svg(width: int, height: int, title: str, said: str, body, *, css: str, fixed: bool = False) -> SafeString:
    """The frame of a picture: named by `title`, and told in words by `said` for those who do not see it."""
    number_of = next(_ids)
    size = format_html(' width="{}" height="{}"', width, height) if fixed else ""
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}"{} role="img" aria-labelledby="svg{}t svg{}d">'
        '<title id="svg{}t">{}</title><desc id="svg{}d">{}</desc>{}</svg>',
        css, width, height, size, number_of, number_of, number_of, title, number_of, said,
        conditional_escape(body),
    )  # fmt: skip


def _length(value: float | None, top: float, room: int) -> float:
    return round(max(0, value) / top * room, 1) if value and top else 0


def _shortened(label: str, most: int) -> str:
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"


def _stretches(values):
    """Runs of known values with their index: [5, None, 3, 4] -> [(0, 5)], [(2, 3), (3, 4)]."""
    run = []
    for index, value in enumerate(values):
        if value is not None:
            run.append((index, value))
        elif run:
            yield run
            run = []
    if run:
        yield run
