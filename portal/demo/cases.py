"""The demo's two cases, made as people make them: logged, drafted, confirmed, sent, reviewed, frozen."""

from datetime import timedelta

from django.utils import timezone

from portal.accounts.models import Side
from portal.demo import kind_entries, log_entries, pictures, thai_hoa
from portal.demo.people import Crew, crew, password
from portal.jobs.execution import run
from portal.units.models import AdminUnit
from programs.coordination.models import CoordinationProgram
from reports import actions, calendar
from reports.models import Report, ReportingObligation, State

NGHE_AN, THAI_HOA_TODAY = "40", ("16939", "17011", "17017")
HA_TINH, HA_TINH_COMMUNES = "42", ("18073", "18100", "18115", "18118", "18133")
MONTHS_LOGGED = 14
RETURN_REASON = "Số buổi tuyên truyền khác nhiều so với cùng kỳ, đề nghị kiểm tra, giải trình."


def thai_hoa_2020() -> Report:
    """Thái Hòa's first months of 2020, compiled at today's Nghệ An and frozen."""
    province, crews = _crews(NGHE_AN, THAI_HOA_TODAY, 0)
    old = {unit.code: unit for unit in AdminUnit.objects.communes().on(thai_hoa.END).filter(
        code__in={row["commune"] for row in thai_hoa.sessions()}, today_unit__code__in=THAI_HOA_TODAY
    )}  # fmt: skip
    for row in thai_hoa.sessions():
        unit = old[row["commune"]]
        _thai_hoa_session(unit, row, crews[unit.today_unit_id].officers["ca"])
    for row in thai_hoa.counts():
        unit = old[row["commune"]]
        _thai_hoa_count(unit, row, crews[unit.today_unit_id].officers["ca"])
    obligation = ReportingObligation.objects.get(
        programme=CoordinationProgram.objects.get(number="09/CTr-BCA-MTTW", level="nation"),
        report_type__slug="commune-custom",
    )
    period = calendar.custom(thai_hoa.START, thai_hoa.END, calendar=obligation.calendar)
    for report in _open(obligation, period, province, communes=list(old.values())):
        _bring_to(report, State.ACCEPTED, crews[report.unit.today_unit_id], province)
    return _compile_and_freeze(obligation, period, province, situation=thai_hoa.ILLUSTRATION)


def ha_tinh_months() -> None:
    """Five communes of Hà Tĩnh: last month in every state, the month before compiled and frozen."""
    province, crews = ha_tinh_crews()
    today = timezone.localdate()
    for crew_ in crews.values():
        since, until = today - timedelta(days=30 * MONTHS_LOGGED), today - timedelta(days=1)
        log_entries.fill(crew_, since, until)
        kind_entries.fill(crew_, since, until)
    pictures.add_to(next(iter(crews.values())))
    obligation = ReportingObligation.objects.get(
        programme=CoordinationProgram.objects.get(number="07/CTrPH-BCA-MTTW", level="nation"),
        report_type__slug="commune-month",
    )
    last = calendar.last_closed("month", obligation.calendar, today)
    _all_accepted(obligation, last.previous(), province, crews)
    _every_state(obligation, last, province, crews)


def ha_tinh_crews() -> tuple[Crew, dict[int, Crew]]:
    """The people of Hà Tĩnh and of the five communes whose work the demo shows."""
    return _crews(HA_TINH, HA_TINH_COMMUNES, 4)


def _all_accepted(obligation, period, province, crews) -> None:
    for report in _open(obligation, period, province):
        if report.unit_id in crews:
            _bring_to(report, State.ACCEPTED, crews[report.unit_id], province)
    _compile_and_freeze(obligation, period, province)


def _every_state(obligation, period, province, crews) -> None:
    reports = {report.unit_id: report for report in _open(obligation, period, province)}
    states = (State.DRAFT, State.AWAITING, State.SENT, State.RETURNED, State.ACCEPTED)
    for (unit_id, crew_), state in zip(crews.items(), states, strict=True):
        _bring_to(reports[unit_id], state, crew_, province)


def _crews(province_code: str, commune_codes, number: int) -> tuple[Crew, dict[int, Crew]]:
    """The province's crew, and those of its communes by unit id, in the order of the codes."""
    today = AdminUnit.objects.today()
    communes = {unit.code: unit for unit in today.communes().filter(code__in=commune_codes)}
    province = crew(today.provinces().get(code=province_code), number)
    made = [crew(communes[code], number + place) for place, code in enumerate(commune_codes, 1)]
    return province, {one.unit.pk: one for one in made}


def _thai_hoa_session(unit, row, by) -> None:
    data = {
        "unit": unit,
        "held_on": calendar.date.fromisoformat(row["held_on"]),
        "title": row["title"],
        "topics": [row["topic"]],
        "form": row["form"],
        "audience": "residents",
        "attendances": int(row["attendances"]),
        "valuable_tips": int(row["valuable_tips"]),
        "narrative": thai_hoa.ILLUSTRATION,
    }
    log_entries.write("tuyen-truyen", data, by)


def _thai_hoa_count(unit, row, by) -> None:
    counted = {"work": row["work"], "amount": int(row["amount"])} if row["work"] else {}
    data = {
        "unit": unit,
        "held_on": calendar.date.fromisoformat(row["held_on"]),
        "title": row["title"],
        "narrative": thai_hoa.COUNTS_ILLUSTRATION,
        **counted,
    }
    log_entries.write(row["kind"], data, by)


def _open(obligation, period, province: Crew, communes=None) -> list[Report]:
    """Draft the period's reports here and now, by the same job that the worker would run."""
    by = province.officers["ca"]
    job = actions.open_period(
        obligation=obligation, period=period, province=province.unit, by=by, communes=communes
    )
    run(job.pk)
    opened = Report.objects.owed(obligation, period).in_province(province.unit)
    return list(opened.latest().select_related("unit", "report_type", "programme"))


def _bring_to(report: Report, state: State, crew_: Crew, province: Crew) -> None:
    """Lead a draft to a state the way its people would. A second load finds it there and leaves it."""
    if report.state != State.DRAFT or state == State.DRAFT:
        return
    actions.confirm(report=report, side=Side.FRONT, password=password(), by=crew_.leaders["mt"])
    if state == State.AWAITING:
        return
    actions.confirm(report=report, side=Side.POLICE, password=password(), by=crew_.leaders["ca"])
    actions.send(report=report, by=crew_.officers["ca"])
    if state == State.RETURNED:
        notes = [("sessions", RETURN_REASON)]
        actions.return_report(report=report, notes=notes, by=province.officers["ca"])
    elif state == State.ACCEPTED:
        actions.accept(report=report, by=province.officers["ca"])


def _compile_and_freeze(obligation, period, province: Crew, situation: str = "") -> Report:
    """`situation` takes the place of the drafted first section of the remarks."""
    by = province.officers["ca"]
    owed = Report.objects.owed(obligation.compiled(), period)
    if frozen := owed.filter(unit=province.unit, state=State.FROZEN).first():
        return frozen
    report = actions.compile_province(obligation=obligation, period=period, province=province.unit, by=by)
    if situation:
        actions.edit_section(report=report, key="situation", text=situation, by=by)
    for prefix, side in (("ca", Side.POLICE), ("mt", Side.FRONT)):
        actions.confirm(report=report, side=side, password=password(), by=province.leaders[prefix])
    report.refresh_from_db()
    return report
