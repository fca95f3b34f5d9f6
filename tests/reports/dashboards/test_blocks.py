"""What stands beside the figures of the log: each block says what the page that it leads to says."""

import io
from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from models_registry.models import CertificationBase
from models_registry.safety.rates import Table
from programs.tips.models import Tip
from reports.dashboards.blocks import blocks_of, tips
from reports.dashboards.blocks.shape import Scene
from tests.factories import plans, registry
from tests.factories import reports as make
from tests.factories.festivals import area, festival
from tests.factories.user import TRAN_PHU, commune, province
from tests.programs.tips.make import tip as make_tip
from tests.reports.browsing import signed_in, text_of

NOVEMBER = {"ky": make.NOVEMBER.key}


def answer(user, name="reports:dashboard", **query):
    return signed_in(user).get(reverse(name), NOVEMBER | query)


def block(user, slug: str):
    return next(each for each in answer(user).context["blocks"] if each.slug == slug)


def sheet(user, title: str) -> list[tuple]:
    book = load_workbook(io.BytesIO(answer(user, "reports:dashboard_excel").content))
    name = next(name for name in book.sheetnames if name.startswith(title))
    return list(book[name].iter_rows(values_only=True))


def test_festivals_are_those_of_the_page_of_coverage(cast):
    held, _missing = area("Tổ dân phố 1"), area("Tổ dân phố 2")
    area("Tổ dân phố 1", commune(TRAN_PHU))
    festival(cast.officer, held)
    found = block(cast.province, "ngay-hoi")
    rows = {row.name: row.cells for row in found.rows}
    assert rows["Phường Thành Sen"] == (2, 1, 0, 1, "50% (1/2)") and len(rows) == 69
    linked = signed_in(cast.province).get(found.facts[0].url).context
    assert found.facts[0].figure == "33,33% (1/3)" and linked["whole"].held == 1
    assert found.rows[0].name == "Phường Trần Phú" == linked["rows"][0].unit.full_name
    assert ("Phường Thành Sen", 2, 1, 0, 1, "50% (1/2)") in sheet(cast.province, "Ngày hội")


def test_models_are_counted_as_on_their_pages_and_never_mixed(cast):
    here, _other = registry.area("5"), registry.area("6")
    registry.new_model(cast.officer, areas=[here], points=4)
    registry.new_model(cast.officer, name="Camera Tổ 6", status="pilot")
    found = block(cast.province, "mo-hinh")
    facts = {fact.name: (fact.figure, fact.url) for fact in found.facts}
    assert [figure for figure, _url in facts.values()] == ["1,45% (1/69)", "50% (1/2)", "1", "2", "4"]
    rows = {row.name: row.cells for row in found.rows}
    assert rows["Phường Thành Sen"] == ("Có", 1, 2, 2, 1) and found.rows[-1].name == "Phường Thành Sen"
    counted = signed_in(cast.province).get(facts["Khu dân cư có mô hình đang hoạt động"][1]).context
    assert (counted["coverage"].communes_with, counted["coverage"].areas_with) == (1, 1)
    listed = signed_in(cast.province).get(next(r.url for r in found.rows if r.name == "Phường Thành Sen"))
    assert len(listed.context["page"].object_list) == 2
    assert ("Phường Thành Sen", "Có", 1, 2, 2, 1) in sheet(cast.province, "Độ phủ mô hình")


def test_models_stand_as_of_the_end_of_the_period(cast):
    registry.new_model(cast.officer, on=date(2026, 11, 15))
    assert block(cast.province, "mo-hinh").facts[3].figure == "0"


def test_certification_says_what_it_divides_by_and_leaves_out(cast):
    year = {"year": 2026, "unit": commune(), "kind": "agency"}
    CertificationBase.objects.create(**year, total=10, left_out=2, logged_by=cast.officer)
    found = block(cast.province, "an-toan")
    rows = {row.name: row for row in found.rows}
    agencies = next(rate for rate in Table(province(), 2026).by_kind() if rate.kind == "agency")
    row = rows[agencies.label]
    assert row.cells[3] == agencies.eligible == 8 and row.cells[4] == agencies.share_text == "0% (0/8)"
    assert "Đã trừ 2 đối tượng" in row.cells[6] and "68 đơn vị chưa nhập" in row.cells[6]
    assert signed_in(cast.province).get(row.url).context["whole"] == agencies
    assert [fact.figure for fact in found.facts] == ["69"]


def test_targets_of_the_own_plans_most_behind_first(cast):
    own = plans.plan(cast.province, province(), state="issued", signed_on=plans.START)
    plans.target(own, "session_attendances", 100)
    plans.target(own, "sessions", 1, due_on=date(2026, 3, 31))
    plans.target(own, "mediations_succeeded", 50, due_on=date(2026, 6, 30))
    plans.target(plans.plan(cast.province, province()), "patrols", 5)
    plans.target(plans.plan(cast.officer, state="issued", signed_on=plans.START), "sessions", 5)
    make.hold_session(cast.officer, date(2026, 2, 3), attendances=60)
    found = block(cast.province, "chi-tieu-phan-dau")
    assert [row.cells[2] for row in found.rows] == [0, 60, 100] and found.facts[0].figure == "1/3"
    linked = signed_in(cast.province).get(found.rows[1].url).context["progress"]
    assert found.rows[1].cells[0] == linked.figure
    assert found.rows[0].cells[3] == date(2026, 6, 30)


def test_a_commune_sees_its_own_blocks_and_no_other(cast):
    held, missing = area("Tổ dân phố 1"), area("Tổ dân phố 2")
    festival(cast.officer, held)
    shown = answer(cast.officer, "reports:commune_board").context
    found = {each.slug: each for each in shown["blocks"]}
    assert shown["unit"] == commune() and set(found) == {"ngay-hoi", "mo-hinh", "an-toan"}
    assert found["ngay-hoi"].facts[0].figure == "50% (1/2)"
    assert [row.name for row in found["ngay-hoi"].rows] == [missing.full_name, held.full_name]
    for fact in (fact for each in shown["blocks"] for fact in each.facts if fact.url):
        assert signed_in(cast.officer).get(fact.url).status_code == 200
    stranger = {"don-vi": commune().code}
    assert answer(cast.neighbour, "reports:commune_board", **stranger).status_code == 404
    assert answer(cast.other_province, "reports:commune_board", **stranger).status_code == 404
    assert answer(cast.province, "reports:commune_board", **stranger).context["unit"] == commune()
    book = load_workbook(io.BytesIO(answer(cast.officer, "reports:commune_board_excel").content))
    assert len(book.sheetnames) == 3


def overdue(tips):
    Tip.objects.update(answer_by=date(2026, 12, 31))
    Tip.objects.filter(pk__in=[tip.pk for tip in tips]).update(answer_by=date(2026, 1, 5))


def test_late_tips_are_said_in_steps_to_the_police_of_the_province_alone(cast):
    shown = [make_tip() for _ in range(6)] + [make_tip(about_officer=True)]
    hidden = [make_tip(commune(TRAN_PHU)) for _ in range(4)]
    said, scene = set(), Scene(province(), make.NOVEMBER, cast.province, date(2026, 11, 24))
    for late in range(5):  # whatever the small desk has, what is shown is the same
        overdue(shown + hidden[:late])
        said.add(repr(tips.block(scene)))
    assert len(said) == 1
    assert [(row.name, row.cells) for row in tips.block(scene).rows] == [
        ("Phường Thành Sen", ("Từ 5 đến 9",))
    ]
    assert ("Phường Thành Sen", "Từ 5 đến 9") in [row[:2] for row in sheet(cast.province, "Nguồn tin")]
    assert "Từ 5 đến 9" not in text_of(answer(cast.other_province))
    for page in (answer(cast.province_front), answer(cast.officer, "reports:commune_board")):
        assert "nguon-tin-qua-han" not in {each.slug for each in page.context["blocks"]}


def test_queries_do_not_grow_with_what_is_shown(cast, django_assert_max_num_queries):
    scene = Scene(province(), make.NOVEMBER, cast.province, date(2026, 11, 24))
    own = plans.plan(cast.province, province(), state="issued", signed_on=plans.START)
    grow(cast, own, "1", "sessions")
    with CaptureQueriesContext(connection) as few:
        assert len(blocks_of(scene)) == 5
    for n, slug in enumerate(("patrols", "mediations_succeeded", "session_tips"), 2):
        grow(cast, own, str(n), slug)
    with django_assert_max_num_queries(len(few)):
        assert len(blocks_of(scene)) == 5
    assert len(few) <= 37


def grow(cast, plan, name: str, slug: str):
    festival(cast.officer, held := registry.area(name))
    registry.new_model(cast.officer, name=f"Camera Tổ {name}", areas=[held], points=1)
    plans.target(plan, slug)
