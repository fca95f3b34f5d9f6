"""Forty planted faults: every one named by its cell, nothing written; the mended table goes in once."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from programs.activities import tally
from programs.activities.models import ActivityEntry
from programs.sheets import actions
from programs.sheets.models import ImportBatch
from tests.programs.activities.pages import area, thanh_sen
from tests.programs.sheets.books import book

pytestmark = pytest.mark.django_db
HEAD = [
    *("Ngày tiếp nhận", "Nội dung vụ việc", "Loại mâu thuẫn", "Kết quả", "Ngày kết thúc"),
    *("Thành phần tổ hòa giải", "Số vụ", "Diễn biến, kết quả", "Khu dân cư"),
]


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


GOOD = [
    *(
        days_ago(20),
        "Tranh chấp ranh giới đất giữa hai hộ",
        "Đất đai, ranh giới",
        "Hòa giải thành",
        days_ago(9),
    ),
    *("Công an; Mặt trận", 1, "Hai bên ký biên bản.", "Tổ dân phố 5"),
]


def but(**changes) -> list:
    """The good row with cells changed, by the letter of their column."""
    row = list(GOOD)
    for column, value in changes.items():
        row[ord(column) - 65] = value
    return row


TOMORROW = timezone.localdate() + timedelta(days=1)
# (the row, the letters of its faulty cells, a word of what is said); "" is the whole row.
FAULTS = [
    (but(A=TOMORROW, D="Đang hòa giải", E=""), "A", "từ hôm nay"),
    (but(A="31/02/2026"), "A", "ngày/tháng/năm"),
    (but(A="05/06/26"), "A", "bốn chữ số"),
    (but(A="hôm qua"), "A", "ngày/tháng/năm"),
    (but(A=46349), "A", "không phải ngày"),
    (but(A=""), "A", "Chưa điền mục này"),
    (but(A=date(1999, 12, 31)), "A", "không có vào ngày"),
    (but(A="03/11/1850"), "A", "1900"),
    (but(B=""), "B", "Chưa điền mục này"),
    (but(B="x" * 301), "B", "300"),
    (but(B="   "), "B", "Chưa điền mục này"),
    (but(C="Hàng xóm láng giềng"), "C", "danh sách"),
    (but(C=""), "C", "Chưa điền mục này"),
    (but(C=3), "C", "danh sách"),
    (but(D="Xong"), "D", "danh sách"),
    (but(D="Đang hòa giải"), "D", "chọn kết quả"),
    (but(D=True), "D", "danh sách"),
    (but(E=""), "E", "ngày kết thúc"),
    (but(E=TOMORROW), "E", "từ hôm nay"),
    (but(E=days_ago(21)), "E", "trước ngày tiếp nhận"),
    (but(E="9-13-2026"), "E", "ngày/tháng/năm"),
    (but(E=12.5), "E", "không phải ngày"),
    (but(F="Công an; Hội Khuyến học"), "F", "danh sách"),
    (but(F="Mặt trận và Công an"), "F", "danh sách"),
    (but(F=7), "F", "danh sách"),
    (but(G=0), "G", "1"),
    (but(G=-4), "G", "1"),
    (but(G=2.5), "G", "số nguyên"),
    (but(G="1.50"), "G", "số nguyên"),
    (but(G="hai"), "G", "số nguyên"),
    (but(G=10_001), "G", "10.000"),
    (but(G=date(2026, 11, 3)), "G", "số nguyên"),
    (but(H="y" * 5001), "H", "5000"),
    (but(I="Tổ dân phố 6"), "I", "danh sách"),
    (but(I="Tổ dân phố 5; Thôn Lạ"), "I", "danh sách"),
    (but(I="Tổ dân phố 9"), "I", "không thuộc"),
    (but(C="Lạ", D="Lạ"), "CD", "danh sách"),
    (but(G="x", E=TOMORROW), "EG", ""),
]


def test_forty_faults_are_all_named_by_cell_and_the_mended_table_goes_in_once(cast):
    unit = thanh_sen()
    area(unit, "5")
    area(unit, "9", valid_to=date(2026, 3, 31))
    assert sum(len(cells) for _, cells, _ in FAULTS) == 40
    sheet = [HEAD, *(row for row, _, _ in FAULTS), GOOD]

    batch = actions.receive(
        file_name="hoa-giai.xlsx", content=book(sheet), subject="hoa-giai", unit=unit, by=cast.officer
    )
    planted = [
        (f"Ô {cell}{number}", said) for number, (_, cells, said) in enumerate(FAULTS, 2) for cell in cells
    ]
    named = {finding["where"]: finding["text"] for finding in batch.findings}
    assert sorted(named) == sorted(where for where, _ in planted)
    unsaid = [(said, named[where]) for where, said in planted if said not in named[where]]
    assert unsaid == []
    assert (batch.state, batch.error_count) == ("faulty", 40)
    actions.write(batch=batch, by=cast.officer)
    assert not ActivityEntry.objects.exists() and ImportBatch.objects.get().state == "faulty"

    mended = [HEAD, *(but(B=f"Vụ việc số {n}") for n in range(len(FAULTS))), GOOD]
    sent = {"file_name": "hoa-giai.xlsx", "subject": "hoa-giai", "unit": unit, "by": cast.officer}
    batch = actions.receive(content=book(mended), **sent)
    assert (batch.state, batch.findings) == ("ready", [])
    actions.write(batch=batch, by=cast.officer)
    assert ActivityEntry.objects.count() == len(FAULTS) + 1
    assert actions.receive(content=book(mended), **sent).pk == batch.pk
    assert ActivityEntry.objects.count() == len(FAULTS) + 1
    assert tally.verify() == ([], [])
