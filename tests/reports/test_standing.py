"""What stands at the end of a period: a line is the sum of its rows, frozen, summed up and exported."""

import io
import json
from datetime import date

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from models_registry.actions import save_row, take_step
from models_registry.models import CertificationBase, CoreForce
from models_registry.standing import ORDER
from reports.content import content_of
from reports.diff import late_difference
from reports.exports import render_report
from tests.factories import reports as make
from tests.factories.registry import area, model_type, new_model
from tests.factories.user import TRAN_PHU, commune
from tests.models_registry.test_safety import decided, registered
from tests.reports.browsing import signed_in, text_of
from tests.reports.test_compiling import of_neighbour

BEGUN = date(2026, 10, 20)


def standing(report) -> dict:
    return {line["indicator"]: line for line in content_of(report)["lines"] if line.get("as_of")}


def fill(cast):
    """Two models of one type, ten points, two areas; a team; one area of four certified."""
    first = new_model(cast.officer, points=10, areas=[area("1"), area("2")])
    new_model(cast.officer, copied_from=first, on=BEGUN, name="Camera liên tổ", areas=[area("1")])
    fields = {"kind": "mediation_team", "teams": 12, "people": 66, "as_of": date(2026, 11, 1)}
    save_row(row=CoreForce(unit=commune(), **fields), by=cast.officer)
    row = registered(cast.officer, "area", areas=[area("1")])[0]
    decided(row, cast.officer)
    type(row).objects.filter(pk=row.pk).update(decided_on=date(2026, 11, 10))
    base = CertificationBase(unit=commune(), kind="area", year=2026, total=5, left_out=1)
    save_row(row=base, by=cast.officer)
    return first


def test_a_line_is_the_sum_of_its_rows(cast):
    fill(cast)
    report = make.draft()
    lines = standing(report)
    assert {slug: line["current"] for slug, line in lines.items()} == {
        **{"model_types": 1, "models": 2, "model_points": 10, "model_communes": 1, "model_areas": 2},
        **{"safety_area_eligible": 4, "safety_area_met": 1},
        **{"force_mediation_team": 66, "force_mediation_team_teams": 12},
    }
    assert [slug for slug in ORDER if slug in lines] == list(lines), "in the order of the table"
    assert "Đầu kỳ 1, mới 0, nhân rộng 1, kết thúc 0" in lines["models"]["note"]
    assert "Tỷ lệ 25% (1/4)" in lines["safety_area_met"]["note"]
    assert lines["models"]["cumulative"] is None and "14/11/2026" in lines["models"]["note"]
    assert content_of(report)["nil"], "what stands is not what was done"
    client = signed_in(cast.officer)
    for slug, line in lines.items():
        page = client.get(reverse("reports:line", args=[report.pk, slug])).context
        assert page["total"] == page["line"].current, slug
        assert sum(int(row.amount) for row in page["rows"]) == line["current"], slug
    results = next(s["text"] for s in content_of(report)["sections"] if s["key"] == "results")
    assert "Đến hết ngày 14/11/2026, có 2 mô hình, thuộc 1 loại, với 10 điểm" in results


def test_what_was_confirmed_stays_though_the_registry_goes_on(cast):
    first = fill(cast)
    report = make.accepted(cast)
    frozen = standing(report)
    take_step(model=first, status="ended", on=date(2026, 11, 12), reason="Thôi hoạt động", by=cast.officer)
    first.name = "Tên khác"
    first.save()
    assert standing(make.fresh(report)) == frozen
    page = signed_in(cast.officer).get(reverse("reports:line", args=[report.pk, "models"])).context
    assert page["total"] == "2" and [row.changed for row in page["rows"]].count("đã sửa sau khi chốt") == 1
    late = [(line.indicator, line.words) for line in late_difference(make.fresh(report))]
    assert dict(late) == {"models": "−1 mô hình", "model_points": "−10 điểm", "model_areas": "−1 khu dân cư"}
    trace = json.loads(bytes(make.fresh(report).snapshot.trace))["standing"]
    assert "Camera" not in json.dumps(trace, ensure_ascii=False), "words stay where they can be taken down"


def test_a_province_adds_its_communes_and_counts_a_type_once(cast):
    fill(cast)
    new_model(cast.neighbour, unit=commune(TRAN_PHU), name="Camera Trần Phú", points=5)
    new_model(cast.neighbour, unit=commune(TRAN_PHU), name="Dòng họ Lê", type=model_type("Dòng họ tự quản"))
    make.accepted(cast)
    of_neighbour(cast, accept=True)
    report = make.compiled(cast)
    lines = standing(report)
    counted = [lines[slug]["current"] for slug in ("model_types", "models", "model_points")]
    assert counted == [2, 4, 15]
    assert (lines["model_communes"]["current"], lines["model_areas"]["current"]) == (2, 2)
    assert "Của 1/2 đơn vị" in lines["force_mediation_team"]["note"]
    assert lines["safety_area_met"]["rate"] == [1, 4]
    page = signed_in(cast.province).get(reverse("reports:line", args=[report.pk, "model_types"]))
    assert page.context["total"] == "2", "a type of two communes is one type"


@pytest.mark.parametrize("format", ["pdf", "docx", "xlsx"])
def test_it_stands_in_every_file(cast, format):
    fill(cast)
    report = make.accepted(cast)
    file = io.BytesIO(render_report(report, format))
    if format == "xlsx":
        rows = list(load_workbook(file)["Phụ lục I"].iter_rows(values_only=True))
        row = next(row for row in rows if row[1] == "Điểm mô hình")
        assert (row[3], row[7]) == (10, "–")
    elif format == "docx":
        cells = [[c.text for c in row.cells] for t in Document(file).tables for row in t.rows]
        assert any("Điểm mô hình" in row and "10" in row for row in cells)
    else:
        text = " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())
        assert "Điểm mô hình điểm 10" in text


def test_the_page_shows_it(cast):
    fill(cast)
    report = make.draft()
    page = text_of(signed_in(cast.officer).get(reverse("reports:detail", args=[report.pk])))
    assert "Điểm mô hình" in page and "Tỷ lệ 25% (1/4)" in page
