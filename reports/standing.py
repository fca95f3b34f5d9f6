"""What stands at the end of a period, as lines of the report's table: models, certification, forces, loans.

A stock does not add up over time: its line has no cumulative and no adjustment, and says its day (`as_of`).
A commune's value is the sum of the rows behind it (`models_registry.standing`); a province's is the sum over
its communes' reports, of different things the number of different ones (`of`), of a rate both its parts.
"""

from collections import defaultdict
from datetime import date

from models_registry.standing import ORDER, Row, Standing, event_ids, standing
from portal.ui.numbers import NOTHING, day, number, percent_change, share_of
from reports.figures import Counting
from reports.lines import numbered_lines

COLUMNS = ("current", "same_period")


def standing_of(counting: Counting) -> dict[str, list[Standing]]:
    """{column: figures}: at the end of the period, and of the same period last year."""
    period, before = counting.period, counting.period.same_period_last_year()
    return {
        "current": standing(counting.unit_ids, period.end, period.start),
        "same_period": standing(counting.unit_ids, before.end) if before else [],
    }


def with_standing(lines: list[dict], counting: Counting) -> list[dict]:
    """The same lines, and below them what stands at the end of the period."""
    columns = standing_of(counting)
    before = {figure.key: figure for figure in columns["same_period"]}
    end = counting.period.end
    return numbered_lines([*lines, *(_line(one, before.get(one.key), end) for one in columns["current"])])


def add_up_standing(tables: list[list[dict]]) -> list[dict]:
    """The lines of what stands, summed over communes' tables; a line that one lacks is unknown there."""
    by_slug = defaultdict(list)
    for table in tables:
        for line in table:
            if line.get("as_of"):
                by_slug[line["indicator"]].append(line)
    known = [slug for slug in ORDER if slug in by_slug]
    others = sorted(slug for slug in by_slug if slug not in ORDER)
    return [_summed(by_slug[slug], len(tables)) for slug in [*known, *others]]


def make_standing_trace(counting: Counting) -> dict:
    """{column: {indicator: rows with the id of the event in which each was counted}}, for a snapshot."""
    columns = standing_of(counting)
    events = event_ids(row for figures in columns.values() for figure in figures for row in figure.rows)
    return {
        column: {figure.key: [_kept(row, events) for row in figure.rows] for figure in figures}
        for column, figures in columns.items()
    }


def _kept(row: Row, events: dict) -> list:
    """Numbers and days alone: words stay in the registry, where they can be taken down."""
    event = events.get((row.table, row.pk))
    return [row.table, row.pk, event, row.unit_id, row.day.isoformat(), row.amount]


def _line(figure: Standing, before: Standing | None, end: date) -> dict:
    line = {
        **{"group": figure.group, "indicator": figure.key, "name": figure.name},
        **{"measure_unit": figure.measure_unit, "as_of": end.isoformat(), "remark": figure.remark},
        **{"current": figure.value, "same_period": before.value if before else None},
        **{"rate": _listed(figure.rate), "moved": _listed(figure.moved)},
        **{"of": _listed(figure.of), "of_before": _listed(before.of) if before else None},
    }
    return _dressed(line)


def _summed(same: list[dict], tables: int) -> dict:
    """One line of a province from its communes'. What any of them lacks last year cannot be compared."""
    line = {**same[0], "remark": ""}
    line |= {name: _total([each[name] for each in same]) for name in COLUMNS}
    line |= {name: _added([each[name] for each in same]) for name in ("rate", "moved")}
    line |= {name: _united([each[name] for each in same]) for name in ("of", "of_before")}
    for name, of in zip(COLUMNS, ("of", "of_before"), strict=True):
        if line["of"] is not None:
            line[name] = None if line[of] is None else len(line[of])
    if len(same) < tables:
        line["remark"] = f"Của {number(len(same))}/{number(tables)} đơn vị"
    return _dressed(line)


def _dressed(line: dict) -> dict:
    """With the comparison and the words beside it; a stock has neither cumulative nor adjustment."""
    current, before = line["current"], line["same_period"]
    notes = [f"Đến hết ngày {day(date.fromisoformat(line['as_of']))}", _rate(line["rate"])]
    notes += [_moved(line["moved"]), line["remark"]]
    return {
        **line,
        "previous": None,
        "change": None if before is None or current is None else current - before,
        "change_percent": NOTHING if before is None else percent_change(current, before),
        "cumulative": None,
        "adjustment": 0,
        "note": "; ".join(filter(None, notes)),
    }


def _rate(parts) -> str:
    return f"Tỷ lệ {share_of(*parts)}" if parts and parts[1] else ""


def _moved(counts) -> str:
    if not counts:
        return ""
    opening, new, replicated, retired = map(number, counts)
    return f"Đầu kỳ {opening}, mới {new}, nhân rộng {replicated}, kết thúc {retired}"


def _total(values: list) -> int | None:
    return None if None in values else sum(values)


def _added(parts: list) -> list | None:
    """Sums of pairs or quadruples, of those that are known: numerators over denominators, never a mean."""
    known = [each for each in parts if each]
    return [sum(column) for column in zip(*known, strict=True)] if known else None


def _united(names: list) -> list | None:
    return None if None in names else sorted({name for each in names for name in each})


def _listed(value) -> list | None:
    return None if value is None else list(value)
