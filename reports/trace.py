"""What each frozen figure was counted from, kept beside the content.

Of a commune: the ids of the history events of the rows, as they were when counted. Of a province: the
versions of the communes' reports and their hashes.
"""

import json
from dataclasses import dataclass
from datetime import date

from models_registry.standing import Row, event_ids
from programs.activities import figures as log
from programs.activities.figures import FigureRow
from reports.compiled import included_reports
from reports.content import canonical, read
from reports.figures import counting_of
from reports.models import Report
from reports.standing import make_standing_trace, standing_of

SCHEMA = 1


def make_trace(report: Report) -> bytes:
    """The trace of the report's live figures, as canonical JSON."""
    if report.is_province:
        return canonical({"schema": SCHEMA, "reports": [_version(r) for r in included_reports(report)]})
    counting = counting_of(report)
    columns = {
        column: log.events_behind(**counting.where(span)) for column, span in counting.spans().items() if span
    }
    standing = make_standing_trace(counting)
    return canonical({"schema": SCHEMA, "columns": columns, "standing": standing})


def rows_of(report: Report, indicator: str, column: str = "current") -> list[FigureRow]:
    """The activities behind a figure of a commune's report: as they were counted once it is bound, else now.

    `column`: current, same_period, previous or cumulative; [] where that column is empty.
    """
    if report.snapshot_id:
        events = json.loads(bytes(report.snapshot.trace))["columns"].get(column, {})
        return log.rows_as_counted(indicator=indicator, event_ids=events.get(indicator, []))
    counting = counting_of(report)
    span = counting.spans()[column]
    return log.rows_behind(indicator=indicator, **counting.where(span)) if span else []


@dataclass(frozen=True)
class StandingRow:
    """A row behind what stands, as it was counted; `changed`: it was changed or deleted since."""

    row: Row
    changed: bool


def standing_rows_of(report: Report, indicator: str, column: str = "current") -> list[StandingRow]:
    """The rows behind what stands in a commune's report: as counted once it is bound, else as they are."""
    if report.snapshot_id is None:
        rows = [one for one in standing_of(counting_of(report))[column] if one.key == indicator]
        return [StandingRow(row, False) for one in rows for row in one.rows]
    kept = json.loads(bytes(report.snapshot.trace)).get("standing", {}).get(column, {}).get(indicator, [])
    rows = [
        (Row(table, pk, unit, date.fromisoformat(on), amount), event)
        for table, pk, event, unit, on, amount in kept
    ]
    now = event_ids(row for row, _ in rows)
    return [StandingRow(row, now.get((row.table, row.pk)) != event) for row, event in rows]


def communes_of(report: Report, indicator: str) -> list[tuple[Report, int]]:
    """The communes' reports behind a figure of a province's report, with what each adds."""
    return [(commune, _figure(commune, indicator)) for commune in included_reports(report)]


def _figure(commune: Report, indicator: str) -> int:
    lines = read(commune.snapshot)["lines"]
    return next((line["current"] for line in lines if line["indicator"] == indicator), 0)


def _version(report: Report) -> dict:
    return {"report": report.pk, "version": report.version, "sha256": report.snapshot.sha256}
