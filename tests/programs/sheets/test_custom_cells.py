"""A custom indicator is a column of the template, of the log and of the exported file, without code."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from programs.activities import tally
from programs.activities.custom.models import CustomAmount, CustomIndicator
from programs.sheets import actions
from programs.sheets.subjects import subject_of
from tests.programs.activities.pages import thanh_sen
from tests.programs.sheets.books import book

pytestmark = pytest.mark.django_db
HEAD = ["Ngày tổ chức", "Nội dung tuyên truyền", "Pháo giao nộp (kg)"]


def receive(cast, rows):
    sent = {"file_name": "a.xlsx", "subject": "tuyen-truyen", "unit": thanh_sen(), "by": cast.officer}
    return actions.receive(content=book([HEAD, *rows]), **sent)


@pytest.fixture
def fireworks(cast):
    return CustomIndicator.objects.create(
        name="Pháo giao nộp", measure_unit="kg", decimals=1, active_from=date(2026, 1, 1)
    )


def test_in_and_out(client, cast, fireworks):
    columns = subject_of("tuyen-truyen", unit=thanh_sen(), user=cast.officer).columns
    assert columns[-1].header == "Pháo giao nộp (kg)"
    rows = [
        [date(2026, 11, 3), "Vận động giao nộp pháo 1", 2.5],
        [date(2026, 11, 3), "Vận động giao nộp pháo 2", "1.012,5"],
        [date(2026, 11, 3), "Vận động giao nộp pháo 3", 0],
        [date(2026, 11, 3), "Vận động giao nộp pháo 4", ""],
    ]
    batch = receive(cast, rows)
    assert batch.findings == []
    actions.write(batch=batch, by=cast.officer)
    amounts = CustomAmount.objects.order_by("entry_id").values_list("amount", flat=True)
    assert list(amounts) == [Decimal("2.5"), Decimal("1012.5"), Decimal(0)]
    assert tally.verify() == ([], [])
    client.force_login(cast.officer)
    content = b"".join(client.get(reverse("sheets:export_kind_csv", args=["tuyen-truyen"])).streaming_content)
    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert sorted(line["Pháo giao nộp (kg)"] for line in lines) == ["", "0", "1012,5", "2,5"]


def test_faults(cast, fireworks):
    rows = [
        [date(2026, 11, 3), "Quá số lẻ", "2,55"],
        [date(2026, 11, 3), "Số âm", -1],
        [date(2025, 11, 3), "Trước khi dùng", 2],
        [date(2026, 11, 3), "Chữ", "nhiều"],
    ]
    batch = receive(cast, rows)
    assert [finding["where"] for finding in batch.findings] == ["Ô C2", "Ô C3", "Ô C4", "Ô C5"]
