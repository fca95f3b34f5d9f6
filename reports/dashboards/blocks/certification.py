"""Certification "An toàn về ANTT" by kind of subject, with what each rate divides by and leaves out.

Thông tư 124/2021/TT-BCA: a yearly matter. The year is that of the period's end, last year's rate stands
beside it. The grading of the movement is another scheme: it is said beside, never mixed in.
"""

from urllib.parse import urlencode

from django.urls import reverse

from models_registry.safety.rates import Rate, Table, gradings
from portal.ui.charts import Bar, bars
from portal.ui.numbers import number
from reports.dashboards.blocks.shape import Block, Fact, Row, Scene

COLUMNS = ("Đối tượng", "Đăng ký", "Đạt", "Không đạt", "Thuộc diện xét", "Tỷ lệ đạt", "Năm trước", "Ghi chú")
NOT_GRADED = "Chưa phân loại"


def block(scene: Scene) -> Block:
    """The five kinds of subjects of a place."""
    year = scene.period.end.year
    rates, before = Table(scene.place, year).by_kind(), Table(scene.place, year - 1).by_kind()
    return Block(
        slug="an-toan",
        title=f"Đạt chuẩn “An toàn về ANTT”, năm {year}",
        lead="Tỷ lệ = số đạt trên số thuộc diện xét, chỉ của những đơn vị đã nhập số đối tượng.",
        facts=_graded(scene, year),
        columns=COLUMNS,
        rows=[_row(scene, year, now, then) for now, then in zip(rates, before, strict=True)],
        picture=_picture(rates, year),
        links=[("Xem kết quả xét và đối tượng", _url(scene, "registry:safety", year))],
    )


def _row(scene: Scene, year: int, rate: Rate, before: Rate) -> Row:
    counts = (rate.registered, rate.met, rate.not_met, rate.eligible)
    url = _url(scene, "registry:safety_communes", year, kind=rate.kind)
    return Row(rate.label, (*counts, rate.share_text, before.share_text, rate.left_out_text), url)


def _graded(scene: Scene, year: int) -> list[Fact]:
    return [
        Fact(f"Phân loại phong trào: {graded.name or NOT_GRADED}", number(graded.communes), "đơn vị")
        for graded in gradings(scene.place, year)
        if graded.communes or graded.name
    ]


def _picture(rates: list[Rate], year: int) -> str:
    known = [Bar(rate.label, rate.share) for rate in rates if rate.share is not None]
    return bars(known, title=f"Tỷ lệ đạt năm {year} theo đối tượng", unit="%") if known else ""


def _url(scene: Scene, name: str, year: int, **query) -> str:
    query |= {"year": year} | ({"unit": scene.place.pk} if scene.is_commune else {})
    return f"{reverse(name)}?{urlencode(query)}"
