"""A province's figures: the sums of the accepted reports of its communes, never counted a second time."""

import json

from portal.units.models import in_sentence
from reports import obligations, remarks
from reports.lines import add_up, figures_of, numbered_lines
from reports.models import Report, ReportingObligation
from reports.standing import add_up_standing


class CompiledParts:
    """Lines, drafted remarks and the lists of communes of a province's report."""

    def __init__(self, report: Report, included: list[Report], missing: list[str], owing: int):
        self.report, self.owing = report, owing
        self.contents = [json.loads(bytes(commune.snapshot.content)) for commune in included]
        self.extra = {"communes": [_commune(content) for content in self.contents], "missing": missing}

    def lines(self, base) -> list[dict]:
        """Sums. The adjustment is that of the communes, each against its own report before.

        `base`, the province's own cumulative before, is no measure: other communes may have made it up
        then, and those that are missing now would show as a correction that nobody made.
        """
        tables = [content["lines"] for content in self.contents]
        return numbered_lines([*add_up(tables), *add_up_standing(tables)])

    def drafts(self, lines, place) -> dict[str, str]:
        where = in_sentence(place.full_name)
        situation = remarks.draft_situation(
            place=where, programme=self.report.programme.number, period=self.report.period, divided=[]
        )
        received = remarks.draft_received(
            received=len(self.contents), owing=self.owing, missing=self.extra["missing"]
        )
        whole = f"Trong kỳ, toàn {in_sentence(place.kind)} đã tổ chức"
        results = remarks.draft_results(lines, opening=whole)
        return {"situation": f"{situation} {received}", "results": results}


def compiled_parts(report: Report) -> CompiledParts:
    """The parts of a province's report from the versions it includes and those that are missing now."""
    obligation = obligation_of(report)
    owing = obligations.owing_communes(obligation, report.period, report.unit)
    included = included_reports(report)
    taken = {commune.unit_id for commune in included}
    missing = [
        unit.name_on(report.period_end) for unit in owing.prefetch_related("names") if unit.pk not in taken
    ]
    return CompiledParts(report, included, missing, owing=owing.count())


def included_reports(report: Report) -> list[Report]:
    """The communes' reports that a province's report adds up, in the order of their names."""
    rows = report.inclusions.select_related("commune_report__unit", "commune_report__snapshot")
    ordered = rows.order_by("commune_report__unit__sort_key", "commune_report__unit__code")
    return [row.commune_report for row in ordered]


def ready_reports(report: Report) -> list[Report]:
    """What a compilation made now would include: of each commune the last accepted version."""
    source = obligation_of(report).source()
    owed = Report.objects.owed(source, report.period).in_province(report.unit)
    return list(owed.latest_received().select_related("unit", "snapshot").order_by("unit__sort_key", "pk"))


def obligation_of(report: Report) -> ReportingObligation:
    return ReportingObligation.objects.select_related("report_type", "programme").get(
        programme=report.programme_id, report_type=report.report_type_id
    )


def _commune(content: dict) -> dict:
    unit = content["unit"]
    return {
        "code": unit["code"],
        "name": unit["name"],
        "version": content["version"],
        "figures": figures_of(content),
    }
