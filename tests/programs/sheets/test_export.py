"""The filtered list as a file: the same rows, days as days, nothing that a spreadsheet would execute."""

import csv
import io
from datetime import date, datetime

import openpyxl
import pytest
from django.urls import reverse

from programs.activities.models import EntryArea
from programs.awareness.models import AwarenessSession
from programs.sheets import views
from programs.sheets.export import LogTable, as_csv
from tests.factories.activities import commune, session_fields
from tests.programs.activities.pages import SESSION, area, log, thanh_sen, tran_phu, typed

pytestmark = pytest.mark.django_db
ALL, OF_KIND = "sheets:export", "sheets:export_kind"


def bulk(by, count: int, **fields) -> list[AwarenessSession]:
    common = session_fields(**fields) | {"side": "police", "logged_by": by}
    title = common.pop("title")
    rows = [AwarenessSession(title=f"{title} {n}" if count > 1 else title, **common) for n in range(count)]
    return AwarenessSession.objects.bulk_create(rows)


def sheet_of(response) -> list[tuple]:
    content = b"".join(response.streaming_content)
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))


def lines_of(response) -> list[list[str]]:
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def get(client, name, format, of=None, **filters):
    return client.get(reverse(f"{name}_{format}", args=[of] if of else []), filters)


def test_the_list_as_it_is_filtered(client, cast):
    place = area(thanh_sen(), "5")
    wanted = log(client, cast.officer, title="Tuyên truyền tại chợ Vườn Ươm", areas=[place.pk])
    log(client, cast.officer, title="Họp tổ dân phố")
    log(client, cast.officer, kind="hoa-giai", title="Tranh chấp ở chợ Vườn Ươm")
    head, *rows = sheet_of(get(client, ALL, "xlsx", q="cho vuon uom"))
    assert head[:4] == ("Số", "Ngày", "Loại hoạt động", "Nội dung") and len(rows) == 2
    row = dict(zip(head, rows[0], strict=True))
    assert row["Số"] == wanted.pk and row["Ngày"] == datetime(*wanted.held_on.timetuple()[:3])
    assert (row["Khu dân cư"], row["Bên ghi"], row["Đơn vị"]) == (
        "Tổ dân phố 5",
        "Công an",
        "Phường Thành Sen",
    )
    assert "1.012 lượt người" in row["Số lượng"]
    assert [r[2] for r in sheet_of(get(client, ALL, "xlsx", kind="hoa-giai"))[1:]] == [
        "Tranh chấp ở chợ Vườn Ươm"
    ]


def test_one_kind_with_its_own_columns(client, cast):
    record = log(client, cast.officer)
    for format, read in (("xlsx", sheet_of), ("csv", lines_of)):
        head, row = read(get(client, OF_KIND, format, SESSION))
        found = dict(zip(head, row, strict=True))
        assert found["Chủ đề"] == "Vũ khí, vật liệu nổ, pháo, Phòng, chống tội phạm"
        assert found["Lượt người tham dự"] in (1012, "1012")
        assert found["Nguồn tin có giá trị thu được"] in (None, "")
        assert found["Ngày"] in (datetime(*record.held_on.timetuple()[:3]), typed(record.held_on))


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_formulas_are_neutralised(client, cast, start):
    text = f"{start}cmd|' /C calc'!A0"
    record = log(client, cast.officer, title=text, narrative='=HYPERLINK("http://x";"Xem")')
    row = lines_of(get(client, OF_KIND, "csv", SESSION))[1]
    assert f"'{text}" in row and '\'=HYPERLINK("http://x";"Xem")' in row
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(get(client, OF_KIND, "xlsx", SESSION).streaming_content))
    )
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value == record.title]
    assert cells and all(cell.data_type in ("s", "inlineStr") for cell in cells)
    assert not [c for row in book.active.iter_rows() for c in row if c.data_type == "f" or c.hyperlink]


@pytest.mark.parametrize("text", ["\t=1", "\r=1"])
def test_hidden_starts_of_formulas(text, cast):
    from programs.sheets.export import _plain

    assert _plain(text).startswith("'")


def test_only_what_the_person_sees(client, cast):
    bulk(cast.officer, 1, title="Của Thành Sen")
    bulk(cast.neighbour, 1, title="Của Trần Phú", unit=tran_phu())
    bulk(cast.officer, 1, title="Của Vinh", unit=commune("16690"))
    for user, seen in ((cast.officer, {"Của Thành Sen"}), (cast.province, {"Của Thành Sen", "Của Trần Phú"})):
        client.force_login(user)
        assert {row[3] for row in sheet_of(get(client, ALL, "xlsx"))[1:]} == seen


def test_questions_do_not_grow_with_the_rows(client, cast, django_assert_max_num_queries):
    records = bulk(cast.officer, 600)
    place = area(thanh_sen(), "5")
    EntryArea.objects.bulk_create(EntryArea(entry_id=record.pk, area=place) for record in records)
    client.force_login(cast.officer)
    for name, kind in ((ALL, None), (OF_KIND, SESSION)):
        for format, read in (("xlsx", sheet_of), ("csv", lines_of)):
            with django_assert_max_num_queries(25):
                assert len(read(get(client, name, format, kind))) == 601


def test_too_many_are_to_be_narrowed_down(client, cast, monkeypatch):
    monkeypatch.setattr(views, "MOST_ROWS", 2)
    bulk(cast.officer, 3)
    client.force_login(cast.officer)
    page = client.get(reverse("sheets:export_csv"), {"since": "01/01/2026"}, follow=True)
    assert page.redirect_chain[0][0].endswith("?since=01%2F01%2F2026")
    assert "thu hẹp điều kiện lọc" in page.content.decode()


def test_a_long_csv_comes_line_by_line_also_when_packed(client, cast):
    """The first bytes leave before the last row was asked for, through the packing middleware too."""
    bulk(cast.officer, 5000)
    client.force_login(cast.officer)
    response = client.get(reverse("sheets:export_csv"), headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip" and response.streaming
    sizes = [len(part) for part in response.streaming_content]
    assert len(sizes) >= 3
    packed = client.get(reverse("sheets:export_xlsx"), headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "identity" and int(packed["Content-Length"]) > 1000


def test_the_list_offers_the_files_with_its_filters(client, cast):
    client.force_login(cast.officer)
    page = client.get(
        reverse("activities:list_kind", args=[SESSION]), {"q": "chợ", "page": "2"}
    ).content.decode()
    assert "/bang-tinh/xuat/tuyen-truyen.xlsx?q=ch%E1%BB%A3" in page
    page = client.get(reverse("activities:list"), {"q": "a"}).content.decode()
    assert "/bang-tinh/xuat.csv?q=a" in page


def test_days_are_written_as_people_write_them(cast):
    bulk(cast.officer, 1, held_on=date(2026, 11, 3))
    from programs.activities.models import ActivityEntry

    text = b"".join(as_csv(LogTable(ActivityEntry.objects.latest_first()))).decode("utf-8-sig")
    assert ",03/11/2026," in text.splitlines()[1]
