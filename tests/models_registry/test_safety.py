"""Certification: what is registered, assessed and decided, and what the rates divide by."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from models_registry.actions import save_row
from models_registry.errors import Overtaken, RegistryError
from models_registry.models import (
    CertificationBase,
    CertificationRule,
    GradeLevel,
    MovementGrading,
    SafetyCertification,
    SubjectKind,
)
from models_registry.safety import actions
from models_registry.safety.rates import Table, gradings
from tests.factories.registry import area
from tests.factories.user import TRAN_PHU, commune, province
from tests.models_registry.test_pages import client_of

YEAR = 2026
SCHOOL = "Trường Trung học phổ thông Phan Đình Phùng"


def book_of(response):
    return openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))


def registered(by, kind="school", names=(SCHOOL,), areas=(), unit=None, on=date(2026, 1, 10), year=YEAR):
    write = {"kind": kind, "year": year, "registered_on": on, "names": names, "areas": areas, "by": by}
    return actions.register(unit=unit or commune(), **write)


def decided(row, by, result="met", answers=((("Tiêu chí 1"), True),)):
    row = actions.assess(
        certification=row, assessed_on=date(2026, 11, 1), answers=answers,
        expected_revision=row.revision, by=by,
    )  # fmt: skip
    row.refresh_from_db()
    met = result == "met"
    outcome = {"grade": None, "decision_number": "125/QĐ-UBND" if met else ""}
    outcome["decided_on"] = date(2026, 11, 20) if met else None
    return actions.decide(certification=row, expected_revision=row.revision, by=by, result=result, **outcome)


def base(by, total, left_out=0, kind="school", unit=None):
    row = CertificationBase(unit=unit or commune(), kind=kind, year=YEAR, total=total, left_out=left_out)
    return save_row(row=row, by=by)


def test_windows_and_criteria_are_dated_settings(cast):
    rule = actions.rule_of("area", YEAR)
    assert rule.window(YEAR) == (date(2025, 11, 1), date(2026, 10, 31))
    assert actions.rule_of("school", YEAR).window(YEAR) == (date(2025, 11, 16), date(2026, 11, 15))
    assert len(rule.criteria_list) == 5
    CertificationRule.objects.filter(kind="school").update(valid_to=date(2026, 12, 31))
    CertificationRule.objects.create(
        kind="school", start_day=1, start_month=9, criteria="Mới", basis="Quy định mới",
        valid_from=date(2027, 1, 1),
    )  # fmt: skip
    assert actions.rule_of("school", 2027).window(2027) == (date(2026, 9, 1), date(2027, 8, 31))
    assert actions.rule_of("school", YEAR).window(YEAR)[0] == date(2025, 11, 16)
    with pytest.raises(RegistryError, match="16/11/2025"):
        registered(cast.officer, on=date(2025, 11, 15))
    with pytest.raises(RegistryError, match="Chưa có quy định"):
        registered(cast.officer, year=2021, on=date(2021, 3, 1))


def test_registering_again_adds_only_what_is_new(cast):
    assert len(registered(cast.officer)) == 1
    assert len(registered(cast.colleague, names=[SCHOOL.lower(), "Trường Chính trị Trần Phú"])) == 1
    five = area("5")
    assert len(registered(cast.officer, "area", areas=[five, area("6")])) == 2
    assert registered(cast.officer, "area", areas=[five]) == []
    assert len(registered(cast.officer, "commune")) == 1
    with pytest.raises(PermissionDenied):
        registered(cast.neighbour)
    with pytest.raises(IntegrityError), transaction.atomic():
        registered(cast.officer, "area", areas=[area("1", commune(TRAN_PHU))])


def test_a_subject_meets_when_it_meets_every_criterion(cast):
    row = registered(cast.officer)[0]
    answers = [("Có nghị quyết", True), ("Không để xảy ra vụ việc", False)]
    done = actions.assess(
        certification=row,
        assessed_on=date(2026, 11, 1),
        answers=answers,
        expected_revision=1,
        by=cast.officer,
    )
    assert done.self_assessment == "not_met"
    assert [answer.is_met for answer in row.answers.all()] == [True, False]
    with pytest.raises(Overtaken):
        actions.assess(
            certification=row, assessed_on=date(2026, 11, 2), answers=answers, expected_revision=1,
            by=cast.officer,
        )  # fmt: skip
    row.refresh_from_db()
    decided(row, cast.officer)
    with pytest.raises(RegistryError, match="Đã có kết quả"):
        actions.cancel(certification=row, reason="Nhập nhầm", by=cast.officer)


def test_met_needs_an_assessment_and_a_numbered_decision(cast):
    row = registered(cast.officer)[0]
    for outcome in (
        {"result": "met", "decision_number": "1/QĐ-UBND", "decided_on": date(2026, 11, 20)},
        {"result": "not_met", "decision_number": "", "decided_on": None},
        {"result": "pending", "decision_number": "1/QĐ-UBND", "decided_on": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            actions.decide(certification=row, grade=None, expected_revision=1, by=cast.officer, **outcome)


def test_a_rate_divides_what_is_known_and_says_what_it_leaves_out(cast):
    schools = registered(cast.officer, names=[f"Trường số {n}" for n in range(1, 5)])
    for row in schools[:3]:
        decided(row, cast.officer)
    decided(schools[3], cast.officer, "not_met")
    elsewhere = registered(cast.neighbour, unit=commune(TRAN_PHU))[0]
    decided(elsewhere, cast.neighbour)
    rate = Table(province(), YEAR).of("school")
    assert (rate.met, rate.share, rate.eligible, rate.share_text) == (4, None, None, "–")

    base(cast.officer, total=9, left_out=3)
    rate = Table(province(), YEAR).of("school")
    assert (rate.registered, rate.assessed, rate.met, rate.not_met, rate.pending) == (5, 5, 4, 1, 0)
    assert (rate.total, rate.left_out, rate.eligible, rate.share_text) == (9, 3, 6, "50% (3/6)")
    assert "mầm non và tiểu học" in rate.left_out_text
    assert "Đã trừ 3" in rate.left_out_text and "Có 1 đối tượng đạt" in rate.left_out_text
    assert "Chưa tính 68 đơn vị" in rate.left_out_text

    base(cast.neighbour, total=2, unit=commune(TRAN_PHU))
    assert Table(province(), YEAR).of("school").share_text == "50% (4/8)", "sums, not a mean of 50 and 50"
    by_commune = dict((unit.code, rate) for unit, rate in Table(province(), YEAR).by_commune("school"))
    assert by_commune[TRAN_PHU].share_text == "50% (1/2)" and by_commune["18073"].share_text == "50% (3/6)"
    assert Table(commune(), YEAR + 1).of("school").registered == 0


def test_communes_divide_by_those_of_the_windows_end(cast):
    assert Table(province(), YEAR).of("commune").eligible == 69
    assert Table(commune(), YEAR).of("commune").eligible == 1
    decided(registered(cast.officer, "commune")[0], cast.officer)
    assert Table(province(), YEAR).of("commune").share_text == "1,45% (1/69)"


def test_the_movement_is_graded_beside_it(cast):
    best = GradeLevel.objects.get(scheme="movement", place=1)
    save_row(row=MovementGrading(unit=commune(), year=YEAR, grade=best), by=cast.officer)
    found = {one.name: one.communes for one in gradings(province(), YEAR)}
    assert found == {best.name: 1, None: 68}
    assert Table(province(), YEAR).of("commune").met == 0


def test_pages_lead_from_registering_to_the_rate_and_its_excel(cast):
    client = client_of(cast.officer)
    url = reverse("registry:safety_register", args=[YEAR, "firm"])
    sent = {
        "unit": commune().pk,
        "registered_on": "05/02/2026",
        "names": "Công ty Dệt may\n\nCông ty Đúc Hòa Bình\n",
    }
    assert client.post(url, sent | {"registered_on": "05/02/2025"}).context["form"].errors
    page = client.post(url, sent, follow=True).content.decode()
    assert "Công ty Đúc Hòa Bình" in page
    assert client.post(url, sent).status_code == 302 and SafetyCertification.objects.count() == 2

    row = SafetyCertification.objects.get(subject_key__contains="det may")
    assess = reverse("registry:safety_assess", args=[row.pk])
    fields = {
        name: "yes" for name in client.get(assess).context["form"].fields if name.startswith("criterion")
    }
    assert fields and client.post(assess, {"assessed_on": "01/11/2026", "revision": 1}).context["form"].errors
    client.post(assess, fields | {"assessed_on": "01/11/2026", "revision": 1})
    decide = reverse("registry:safety_decide", args=[row.pk])
    revision = client.get(decide).context["form"].initial["revision"]
    met = {
        "revision": revision,
        "result": "met",
        "decision_number": "125/QĐ-UBND",
        "decided_on": "20/11/2026",
    }
    assert client.post(decide, met | {"decision_number": ""}).context["form"].errors
    assert client.post(decide, met, follow=True).status_code == 200
    number_of = reverse("registry:safety_base", args=[YEAR])
    for total in ("12", "10"):  # the second corrects the first
        client.post(number_of, {"unit": commune().pk, "kind": "firm", "total": total, "left_out": "6"})
    assert CertificationBase.objects.get().total == 10
    assert CertificationBase.pgh_event_model.objects.count() == 2

    staff = client_of(cast.province)
    for name in ("safety", "safety_communes"):
        page = staff.get(reverse(f"registry:{name}"), {"year": YEAR, "kind": "firm"}).content.decode()
        assert "25% (1/4)" in page and "doanh nghiệp nhỏ và siêu nhỏ" in page
    book = book_of(staff.get(reverse("registry:safety_excel"), {"year": YEAR}))
    by_kind = {line[0]: line for line in book["Theo đối tượng"].iter_rows(min_row=4, values_only=True)}
    assert by_kind["Doanh nghiệp"][1:11] == (2, 1, 1, 0, 1, 10, 6, 4, 1, 25)
    assert book["Theo đơn vị"].max_row == 3 + 69 * len(SubjectKind.values)
    assert client_of(cast.neighbour).get(assess).status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_pages_ask_a_bounded_number_of_queries(count, cast, django_assert_max_num_queries):
    registered(cast.officer, names=[f"Trường số {n}" for n in range(count)])
    client = client_of(cast.province)
    for name in ("safety", "safety_communes", "safety_excel"):
        with django_assert_max_num_queries(30):
            assert (
                client.get(reverse(f"registry:{name}"), {"year": YEAR, "kind": "school"}).status_code == 200
            )


def assessed(cast, count=3, **more):
    """Schools of the commune that have assessed themselves on 1/11/2026."""
    rows = registered(cast.officer, names=[f"Trường số {n}" for n in range(1, count + 1)], **more)
    for row in rows:
        actions.assess(
            certification=row, assessed_on=date(2026, 11, 1), answers=[("Tiêu chí 1", True)],
            expected_revision=1, by=cast.officer,
        )  # fmt: skip
    return rows


def sent_for(page, rows, **typed):
    form = page.context["form"]
    given = {"result": "met", "decision_number": "125/QĐ-UBND", "decided_on": "20/11/2026"}
    return given | {"subjects": [row.pk for row in rows], "seen": form["seen"].value()} | typed


def test_one_decision_is_entered_once_for_the_ticked_subjects(cast):
    rows = assessed(cast)
    client, url = client_of(cast.officer), reverse("registry:safety_decide_many", args=[YEAR, "school"])
    assert "Nhà trường: 3 chờ kết quả" in client.get(reverse("registry:safety")).content.decode()
    page = client.get(url)
    assert "Trường số 1 · Tự đánh giá đạt, 01/11/2026" in page.content.decode()
    sent = sent_for(page, rows[:2])
    for wrong in (
        {"subjects": []}, {"decision_number": ""}, {"decided_on": "31/10/2026"}, {"result": "pending"},
        {"decided_on": "20/11/2027"}, {"subjects": [rows[0].pk, 10**9]},
    ):  # fmt: skip
        refused = client.post(url, sent | wrong)
        assert refused.status_code == 200 and refused.context["form"].errors
    assert not SafetyCertification.objects.exclude(result="pending").exists()
    for _ in range(2):  # the same POST again is the same decision
        page = client.post(url, sent, follow=True)
        assert "Đã ghi kết quả của 2 đối tượng" in page.content.decode()
    for row in rows:
        row.refresh_from_db()
    assert [row.result for row in rows] == ["met", "met", "pending"]
    assert {(row.decision_number, row.decided_on, row.revision) for row in rows[:2]} == {
        ("125/QĐ-UBND", date(2026, 11, 20), 3)
    }
    history = client.get(reverse("registry:safety_history", args=[rows[0].pk])).content.decode()
    assert "125/QĐ-UBND" in history and cast.officer.full_name in history
    assert "1 chờ kết quả" in client.get(reverse("registry:safety")).content.decode()


def test_a_subject_changed_meanwhile_is_named_and_nobody_is_decided(cast):
    rows = assessed(cast)
    client, url = client_of(cast.officer), reverse("registry:safety_decide_many", args=[YEAR, "school"])
    sent = sent_for(client.get(url), rows)
    actions.assess(
        certification=rows[1], assessed_on=date(2026, 11, 5), answers=[("Tiêu chí 1", False)],
        expected_revision=2, by=cast.colleague,
    )  # fmt: skip
    page = client.post(url, sent)
    assert "hoặc đã có kết quả: Trường số 2." in page.content.decode()
    assert not SafetyCertification.objects.exclude(result="pending").exists()
    again = sent_for(page, rows)
    rows[2].refresh_from_db()
    decided_alone = {"result": "not_met", "grade": None, "decision_number": "", "decided_on": None}
    actions.decide(certification=rows[2], expected_revision=2, by=cast.colleague, **decided_alone)
    page = client.post(url, again)
    assert "hoặc đã có kết quả: Trường số 3." in page.content.decode()
    assert "Trường số 3 ·" not in page.content.decode()
    actions.cancel(certification=rows[0], reason="Đăng ký nhầm", by=cast.colleague)
    assert "vừa bị hủy đăng ký" in client.post(url, again | {"subjects": [rows[0].pk]}).content.decode()
    client.post(url, sent_for(page, rows[1:2]))
    found = SafetyCertification.objects.order_by("pk").values_list("subject_name", "result")
    assert list(found) == [("Trường số 2", "met"), ("Trường số 3", "not_met")]


def test_a_decision_reaches_no_further_than_the_own_commune(cast):
    (theirs,) = registered(cast.neighbour, unit=commune(TRAN_PHU))
    actions.assess(
        certification=theirs, assessed_on=date(2026, 11, 1), answers=[("Tiêu chí 1", True)],
        expected_revision=1, by=cast.neighbour,
    )  # fmt: skip
    own = assessed(cast, 1)
    client, url = client_of(cast.officer), reverse("registry:safety_decide_many", args=[YEAR, "school"])
    page = client.get(url)
    assert SCHOOL not in page.content.decode()
    sent = sent_for(page, [*own, theirs], seen=f"{own[0].pk}:2 {theirs.pk}:2 x 1:y")
    assert client.post(url, sent).context["form"].errors
    outcome = {"result": "not_met", "grade": None, "decision_number": "", "decided_on": None}
    with pytest.raises(PermissionDenied):
        actions.decide_many(
            certifications=[*own, theirs], seen={own[0].pk: 2, theirs.pk: 2}, by=cast.officer, **outcome
        )
    assert not SafetyCertification.objects.exclude(result="pending").exists()
    assert client_of(cast.province).get(url).status_code == 403
    for elsewhere in ([2021, "school"], [YEAR, "house"]):
        assert client.get(reverse("registry:safety_decide_many", args=elsewhere)).status_code == 404
