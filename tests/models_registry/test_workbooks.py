"""Lists of the registry as workbooks: what the page lists, as the person may read it, nothing that runs."""

from datetime import date, datetime

import openpyxl
from django.urls import reverse

from models_registry.actions import save_row
from models_registry.models import GradeLevel, MovementGrading
from tests.factories.registry import SINCE, area, new_model, step
from tests.factories.user import TRAN_PHU, commune, make_officer
from tests.models_registry.test_holdings import DAY, force, loan
from tests.models_registry.test_pages import client_of
from tests.models_registry.test_safety import YEAR, book_of, registered

FORMULA = '=HYPERLINK("http://x";"Xem")'


def lines_of(book: openpyxl.Workbook, sheet: str) -> list[dict]:
    """The rows of a sheet by the names of its columns."""
    head, *rows = book[sheet].iter_rows(min_row=3, values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def got(user, name, *args, **asked):
    response = client_of(user).get(reverse(f"registry:{name}", args=args), asked)
    assert response.status_code == 200 and ".xlsx" in response["Content-Disposition"]
    return book_of(response)


def assert_nothing_runs(book):
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    texts = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith("=")]
    assert texts and all(cell.data_type in ("s", "inlineStr") for cell in texts)


def test_the_models_of_the_list_with_what_they_had_that_day(cast):
    five = area("5")
    own = new_model(cast.officer, name=FORMULA, points=12, areas=[five], owners=[commune(TRAN_PHU)])
    ended = new_model(cast.officer, name="Tổ tự quản Bắc Hà")
    step(ended, "ended", date(2026, 3, 1), cast.officer)
    new_model(cast.neighbour, name="Camera Trần Phú", unit=commune(TRAN_PHU))
    new_model(make_officer(commune("16690")), name="Camera Vinh", unit=commune("16690"))
    book = got(cast.officer, "excel")
    (line,) = lines_of(book, "Mô hình")
    assert (line["Số"], line["Mô hình"], line["Số điểm"], line["Số thành viên"]) == (
        own.pk,
        FORMULA,
        12,
        None,
    )
    assert line["Từ ngày"] == datetime(SINCE.year, SINCE.month, SINCE.day)
    assert line["Khu dân cư"] == five.full_name and line["Đơn vị cùng thực hiện"] == "Phường Trần Phú"
    assert (line["Trạng thái"], line["Mã đơn vị"]) == ("Hoạt động", "18073")
    assert_nothing_runs(book)
    before = lines_of(got(cast.officer, "excel", day="28/02/2026"), "Mô hình")
    assert {one["Mô hình"] for one in before} == {FORMULA, "Tổ tự quản Bắc Hà"}
    all_of = {one["Mô hình"] for one in lines_of(got(cast.province, "excel"), "Mô hình")}
    assert all_of == {FORMULA, "Camera Trần Phú"}
    found = lines_of(got(cast.province, "excel", q="tran phu"), "Mô hình")
    assert [one["Mô hình"] for one in found] == ["Camera Trần Phú"]


def test_forces_and_loans_as_of_the_day_of_the_page(cast):
    force(cast.officer, 66, 12)
    force(cast.officer, 70, 13, as_of=date(2026, 9, 1))
    force(cast.neighbour, 20, 4, unit=commune(TRAN_PHU))
    book = got(cast.province, "holding_excel", "luc-luong", day="01/03/2026")
    totals = {line["Lực lượng"]: line for line in lines_of(book, "Tổng số")}
    assert totals["Tổ hòa giải"] == {
        "Lực lượng": "Tổ hòa giải", "Số người": 86, "Số tổ": 16, "Đơn vị có số liệu": 2
    }  # fmt: skip
    assert totals["Ban công tác Mặt trận"]["Số người"] is None
    rows = {line["Mã đơn vị"]: line for line in lines_of(book, "Từng đơn vị")}
    assert (rows["18073"]["Số người"], rows[TRAN_PHU]["Số người"]) == (66, 20)
    own = lines_of(got(cast.officer, "holding_excel", "luc-luong"), "Từng đơn vị")
    assert [(line["Đơn vị"], line["Số người"]) for line in own] == [("Phường Thành Sen", 70)]

    row = loan(cast.officer, 10, 500_000_000, DAY, commune())
    row.source = FORMULA
    save_row(row=row, by=cast.officer)
    loan(cast.other_province, 3, 9_000_000, DAY, commune("16690"))
    book = got(cast.province, "holding_excel", "vay-von")
    (line,) = lines_of(book, "Từng đơn vị")
    assert (line["Giai đoạn"], line["Số tiền (đồng)"]) == ("Đã giải ngân", 500_000_000)
    assert line["Tính đến ngày"] == datetime(2026, 3, 1) and line["Nguồn, ghi chú"] == FORMULA
    assert_nothing_runs(book)
    assert client_of(cast.officer).get("/mo-hinh/hien-co/gi-do/excel/").status_code == 404


def test_the_subjects_as_filtered_and_the_grading_of_the_movement(cast):
    registered(cast.officer, names=[FORMULA, "Trường Chính trị Trần Phú"])
    registered(cast.officer, "firm", names=["Công ty Dệt may"])
    registered(cast.neighbour, unit=commune(TRAN_PHU), names=["Trường số 1"])
    best = GradeLevel.objects.get(scheme="movement", place=1)
    for by, unit, number in ((cast.officer, commune(), "=1+1"), (cast.neighbour, commune(TRAN_PHU), "2/QĐ")):
        save_row(row=MovementGrading(unit=unit, year=YEAR, grade=best, decision_number=number), by=by)
    book = got(cast.officer, "safety_excel", year=YEAR, kind="school")
    subjects = lines_of(book, "Đối tượng đăng ký")
    assert [line["Đối tượng"] for line in subjects] == [FORMULA, "Trường Chính trị Trần Phú"]
    assert subjects[0]["Ngày đăng ký"] == datetime(2026, 1, 10) and subjects[0]["Ngày quyết định"] is None
    assert [line["Số văn bản"] for line in lines_of(book, "Phân loại phong trào")] == ["=1+1"]
    assert_nothing_runs(book)
    book = got(cast.province, "safety_excel", year=YEAR)
    assert len(lines_of(book, "Đối tượng đăng ký")) == 4 and len(lines_of(book, "Phân loại phong trào")) == 2


def test_questions_do_not_grow_with_the_rows(cast, django_assert_max_num_queries):
    for number in range(4):
        new_model(cast.officer, name=f"Camera {number}", points=number, areas=[area(str(number + 1))])
    client = client_of(cast.province)
    for name, args in (("excel", []), ("holding_excel", ["luc-luong"]), ("safety_excel", [])):
        with django_assert_max_num_queries(30):
            book_of(client.get(reverse(f"registry:{name}", args=args)))
