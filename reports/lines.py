"""The table of a report: one line an indicator, as the decree's appendix has it."""

from dataclasses import dataclass

from portal.ui.numbers import number, percent_change, signed
from programs.activities.indicators import INDICATORS

# So many columns of figures stand beside one another on a landscape page.
MOST_COLUMNS = 12
# A stock closes every column with its latest value: nothing adds up over time, so nothing is adjusted.
STOCK = "Số hiện có đến cuối kỳ"
DIVIDED = "Gồm số liệu của đơn vị cũ đã chia tách"


@dataclass(frozen=True)
class Named:
    """What a line needs of an indicator that administrators have added."""

    slug: str
    name: str
    measure_unit: str
    group: str = ""
    is_stock: bool = False


def plain(amount):
    """An amount as the content holds it: an int, or a float of the three decimals that are stored at most."""
    if amount is None or isinstance(amount, int):
        return amount
    rounded = round(float(amount), 3)
    return int(rounded) if rounded.is_integer() else rounded


def make_lines(
    figures: dict, *, base: dict | None = None, divided: bool = False, customs: list[Named] = ()
) -> list[dict]:
    """Lines in the order of INDICATORS, then of `customs`, from {column: {indicator: amount} or None}.

    base: what the report before gave as cumulative; what now differs from it is the adjustment, so that
    cumulative = previous cumulative + current + adjustment.
    """
    return [_line(no, each, figures, base, divided) for no, each in _numbered([*INDICATORS, *customs])]


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
    for no, indicator in _numbered([*INDICATORS, *_customs_in(tables)]):
        same = [table[indicator.slug] for table in by_slug if indicator.slug in table]
        added = {name: _sum([line[name] for line in same]) for name in ("same_period", "previous")}
        for name in ("current", "cumulative", "adjustment"):
            added[name] = plain(sum(line[name] for line in same))
        lines.append(_dressed(no, indicator, added))
    return lines


def figures_of(content: dict) -> dict[str, int]:
    """{indicator: this period's figure} of a report's content."""
    return {line["indicator"]: line["current"] for line in content["lines"]}


def telling_lines(content: dict) -> list[dict]:
    """The lines that a table of communes has a column for: all if they are few, else those with a figure."""
    lines = content["lines"]
    if len(lines) <= MOST_COLUMNS:
        return lines
    members = [commune["figures"] for commune in content.get("communes") or []]
    told = [
        line
        for line in lines
        if line["current"] or any(figures.get(line["indicator"]) for figures in members)
    ]
    return told or lines[:1]


def numbered_lines(lines: list[dict]) -> list[dict]:
    """The same lines, numbered by their groups: what stands comes below what was done."""
    at, place, group = 0, 0, None
    for line in lines:
        at, place = (at, place + 1) if line["group"] == group else (at + 1, 1)
        line["no"], group = f"{number(at)}.{number(place)}", line["group"]
    return lines


def flows(lines: list[dict]) -> list[dict]:
    """The lines of what was done in the period, without those of what stands at its end."""
    return [line for line in lines if not line.get("as_of")]


def _customs_in(tables: list[list[dict]]) -> list[Named]:
    """The lines beside the built-in ones that any of the tables has, each once, by name."""
    known = {indicator.slug for indicator in INDICATORS}
    found = {
        line["indicator"]: Named(
            *(line[key] for key in ("indicator", "name", "measure_unit")),
            line.get("group", ""),
            STOCK in line["note"],
        )
        for table in tables
        for line in table
        if line["indicator"] not in known and not line.get("as_of")
    }
    return sorted(found.values(), key=lambda each: (each.group, each.name, each.slug))


def _numbered(indicators) -> list[tuple]:
    """("1.2", indicator): groups in the order in which they first come, and inside each as given."""
    groups: dict[str, list] = {}
    for each in indicators:
        groups.setdefault(each.group, []).append(each)
    return [
        (f"{number(at)}.{number(place)}", each)
        for at, of_group in enumerate(groups.values(), 1)
        for place, each in enumerate(of_group, 1)
    ]


def _line(no, indicator, figures, base, divided) -> dict:
    slug = indicator.slug
    value = {name: column and plain(column.get(slug, 0)) for name, column in figures.items()}
    value["adjustment"] = 0
    if base is not None and not getattr(indicator, "is_stock", False):
        value["adjustment"] = plain(value["cumulative"] - value["current"] - base.get(slug, 0))
    return _dressed(no, indicator, value, divided)


def _dressed(no, indicator, value, divided=False) -> dict:
    current, same_period = value["current"], value["same_period"]
    notes = [f"Điều chỉnh kỳ trước: {signed(value['adjustment'])}"] if value["adjustment"] else []
    notes += [STOCK] if getattr(indicator, "is_stock", False) else []
    notes += [DIVIDED] if divided and any(value.get(n) for n in ("same_period", "cumulative")) else []
    return {
        "no": no,
        "group": indicator.group,
        "indicator": indicator.slug,
        "name": indicator.name,
        "measure_unit": indicator.measure_unit,
        "current": current,
        "same_period": same_period,
        "previous": value["previous"],
        "change": None if same_period is None else plain(current - same_period),
        "change_percent": percent_change(current, same_period),
        "cumulative": value["cumulative"],
        "adjustment": value["adjustment"],
        "note": "; ".join(notes),
    }


def _sum(values: list) -> int | None:
    return None if not values or None in values else plain(sum(values))
