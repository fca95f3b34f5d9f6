"""What changed between two contents of a report: between versions, or between what was returned and now."""

from dataclasses import dataclass

from portal.ui.numbers import number, signed
from programs.activities.custom.models import CustomIndicator
from programs.activities.custom.querysets import is_custom
from programs.activities.indicators import INDICATORS
from reports.content import content_of, read
from reports.figures import counting_of
from reports.lines import figures_of, plain
from reports.live import live_figures
from reports.models import Report
from reports.standing import with_standing

COLUMNS = {
    "current": "Kỳ này",
    "same_period": "Cùng kỳ",
    "cumulative": "Lũy kế",
    "adjustment": "Điều chỉnh kỳ trước",
}


@dataclass(frozen=True)
class Change:
    """kind: "line", "section" or "commune"; target: indicator, section key or code; the rest is text."""

    kind: str
    target: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class LateLine:
    """A figure that stands in the report and what the log, or the communes' newer versions, give now."""

    indicator: str
    name: str
    measure_unit: str
    frozen: int
    live: int

    @property
    def change(self) -> int:
        return plain(self.live - self.frozen)

    @property
    def words(self) -> str:
        """ "+2 buổi"."""
        return f"{signed(self.change)} {self.measure_unit}"


def diff(old: dict, new: dict) -> list[Change]:
    """The differences in lines, sections and compiled communes, in the order of the new content."""
    return [*_lines(old, new), *_sections(old, new), *_communes(old, new)]


def changes_since_return(report: Report) -> list[Change]:
    """What differs now from the content that was last sent back; [] if it never was."""
    note = report.notes.select_related("snapshot").order_by("-pk").first()
    return diff(read(note.snapshot), content_of(report)) if note else []


def changes_since_version(report: Report) -> list[Change]:
    """What differs from the version that the report supersedes; [] for the first version."""
    before = report.supersedes
    return diff(content_of(before), content_of(report)) if before else []


def late_difference(report: Report) -> list[LateLine]:
    """The figures that came out otherwise since the report was bound; [] while its figures are live."""
    if report.snapshot_id is None:
        return []
    content = read(report.snapshot)
    found = late_lines(figures_of(content), live_figures(report))
    return found if report.is_province else [*found, *_late_standing(report, content)]


def _late_standing(report: Report, content: dict) -> list[LateLine]:
    """What stood at the end of the period, as the registry has it now."""
    frozen = {line["indicator"]: line for line in content["lines"] if line.get("as_of")}
    live = {line["indicator"]: line for line in with_standing([], counting_of(report))}
    return [
        LateLine(slug, line["name"], line["measure_unit"], was, now)
        for slug, line in (frozen | live).items()
        if (was := frozen.get(slug, {}).get("current", 0)) != (now := live.get(slug, {}).get("current", 0))
    ]


def late_lines(frozen: dict[str, int], live: dict[str, int]) -> list[LateLine]:
    """The indicators whose figures differ, in the order of reports, those of administrators last."""
    differing = {slug for slug in frozen | live if frozen.get(slug, 0) != live.get(slug, 0)}
    named = map(CustomIndicator.objects.named, sorted(filter(is_custom, differing)))
    customs = [each for each in named if not each.is_stock or each.slug in frozen]
    return [
        LateLine(i.slug, i.name, i.measure_unit, frozen.get(i.slug, 0), live.get(i.slug, 0))
        for i in [*INDICATORS, *customs]
        if i.slug in differing
    ]


def _lines(old: dict, new: dict) -> list[Change]:
    before = {line["indicator"]: line for line in old["lines"]}
    return [
        Change("line", slug, f"{line['name']} – {label}", number(was), number(line[column]))
        for line in new["lines"]
        for column, label in COLUMNS.items()
        if (was := before.get(slug := line["indicator"], {}).get(column)) != line[column]
    ]


def _sections(old: dict, new: dict) -> list[Change]:
    before = {section["key"]: section["text"] for section in old["sections"]}
    return [
        Change("section", section["key"], section["title"], before.get(section["key"], ""), section["text"])
        for section in new["sections"]
        if before.get(section["key"], "") != section["text"]
    ]


def _communes(old: dict, new: dict) -> list[Change]:
    def versions(content):
        return {c["code"]: (c["name"], f"lần lập {c['version']}") for c in content.get("communes", [])}

    before, after = versions(old), versions(new)
    return [
        Change("commune", code, name, before.get(code, ("", "chưa có"))[1], version)
        for code, (name, version) in after.items()
        if before.get(code, ("", ""))[1] != version
    ]
