"""The table of a report: one line an indicator, as the decree's appendix has it."""

from portal.ui.numbers import number, percent_change, signed
from programs.activities.indicators import INDICATORS

DIVIDED = "Gồm số liệu của đơn vị cũ đã chia tách"


def make_lines(figures: dict, *, base: dict | None = None, divided: bool = False) -> list[dict]:
    """Lines in the order of INDICATORS from {column: {indicator: amount} or None}.

    base: what the report before gave as cumulative; what now differs from it is the adjustment, so that
    cumulative = previous cumulative + current + adjustment.
    """
    return [_line(place, indicator, figures, base, divided) for place, indicator in enumerate(INDICATORS, 1)]


def with_opening(lines: list[dict], opening: dict) -> list[dict]:
    """The same lines, those marked whose same period is a figure of the time before the portal."""
    for line in lines:
        if line["indicator"] in opening:
            marks = [line["note"], f"Cùng kỳ: {opening[line['indicator']].words}"]
            line["note"] = "; ".join(filter(None, marks))
    return lines


def add_up(tables: list[list[dict]]) -> list[dict]:
    """Lines whose figures are the sums of the given tables'; a comparison that one lacks is lacking."""
    by_slug = [{line["indicator"]: line for line in table} for table in tables]
    lines = []
    for place, indicator in enumerate(INDICATORS, 1):
        same = [table[indicator.slug] for table in by_slug if indicator.slug in table]
        added = {name: _sum([line[name] for line in same]) for name in ("same_period", "previous")}
        for name in ("current", "cumulative", "adjustment"):
            added[name] = sum(line[name] for line in same)
        lines.append(_dressed(place, indicator, added))
    return lines


def figures_of(content: dict) -> dict[str, int]:
    """{indicator: this period's figure} of a report's content."""
    return {line["indicator"]: line["current"] for line in content["lines"]}


def _line(place, indicator, figures, base, divided) -> dict:
    slug = indicator.slug
    value = {name: column and column[slug] for name, column in figures.items()}
    value["adjustment"] = 0
    if base is not None:
        value["adjustment"] = value["cumulative"] - value["current"] - base.get(slug, 0)
    return _dressed(place, indicator, value, divided)


def _dressed(place, indicator, value, divided=False) -> dict:
    current, same_period = value["current"], value["same_period"]
    notes = [f"Điều chỉnh kỳ trước: {signed(value['adjustment'])}"] if value["adjustment"] else []
    notes += [DIVIDED] if divided and any(value.get(n) for n in ("same_period", "cumulative")) else []
    return {
        "no": number(place),
        "indicator": indicator.slug,
        "name": indicator.name,
        "measure_unit": indicator.measure_unit,
        "current": current,
        "same_period": same_period,
        "previous": value["previous"],
        "change": None if same_period is None else current - same_period,
        "change_percent": percent_change(current, same_period),
        "cumulative": value["cumulative"],
        "adjustment": value["adjustment"],
        "note": "; ".join(notes),
    }


def _sum(values: list) -> int | None:
    return None if not values or None in values else sum(values)
