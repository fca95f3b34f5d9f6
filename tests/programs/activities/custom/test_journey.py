"""What an administrator adds is entered, imported, tallied, reported and exported, without code."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programs.activities import tally
from programs.activities.custom.models import CustomAmount, CustomIndicator, CustomTally
from programs.activities.models import ActivityEntry
from tests.factories import reports as make
from tests.factories.activities import new_session, saved
from tests.factories.cast import make_cast
from tests.factories.custom import assert_all_counted, enter, fireworks
from tests.factories.user import commune
from tests.programs.activities.custom.test_admin import ADD, filled
from tests.programs.activities.pages import session_post
from tests.programs.activities.test_races import WRITERS, all_at_once
from tests.reports.browsing import signed_in, text_of

NAME, KIND = "Pháo giao nộp (kg)", "tuyen-truyen"


def workbook(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return openpyxl.load_workbook(io.BytesIO(content))


def columns(sheet) -> dict:
    return {str(cell.value).strip(" *"): cell.column for cell in sheet[1] if cell.value}


def imported(client, amount) -> None:
    """The template as the portal gives it, filled in, sent and written."""
    book = workbook(client.get(reverse("sheets:template", args=[KIND])))
    sheet, out = book["Dữ liệu"], io.BytesIO()
    place = columns(sheet)
    for head, value in {
        "Ngày tổ chức": date(2026, 10, 21),
        "Nội dung tuyên truyền": "Vận động giao nộp pháo, từ bảng",
        NAME: amount,
    }.items():
        sheet.cell(2, place[head], value)
    book.save(out)
    sent = {"file": SimpleUploadedFile("a.xlsx", out.getvalue()), "unit": commune().pk}
    page = client.post(reverse("sheets:upload", args=[KIND]), sent, follow=True)
    # It resembles what was typed before: that is said, and does not stop it.
    assert [found["level"] for found in page.context["batch"].findings] == ["warning"]
    client.post(reverse("sheets:write", args=[page.context["batch"].pk]))


def test_from_the_admin_to_the_files(cast):
    signed_in(cast.admin).post(reverse(ADD), filled())
    added, officer = CustomIndicator.objects.get(), signed_in(cast.officer)
    field = f"chi-tieu-{added.slug}"
    entry = reverse("activities:create", args=[KIND])
    assert NAME in officer.get(entry).content.decode()
    officer.post(entry, session_post(held_on="20/10/2026", title="Vận động giao nộp pháo", **{field: "2,5"}))
    imported(officer, "10,4")
    assert sorted(CustomAmount.objects.values_list("amount", flat=True)) == [Decimal("2.5"), Decimal("10.4")]
    assert CustomTally.objects.get().amount == Decimal("12.9") and tally.verify() == ([], [])

    report = make.draft()
    assert "Pháo giao nộp kg 12,9" in text_of(officer.get(reverse("reports:detail", args=[report.pk])))
    behind = officer.get(reverse("reports:line", args=[report.pk, added.slug]))
    assert sorted(row.amount for row in behind.context["rows"]) == ["10,4", "2,5"]
    files = workbook(officer.get(reverse("reports:download", args=[report.pk, "xlsx"])))
    assert 12.9 in [cell for sheet in files for row in sheet.iter_rows(values_only=True) for cell in row]
    log = workbook(officer.get(reverse("sheets:export_kind_xlsx", args=[KIND]))).active
    exported = [row[columns(log)[NAME] - 1] for row in log.iter_rows(min_row=2, values_only=True)]
    assert sorted(exported) == [2.5, 10.4]


def test_racing_writers_of_amounts_lose_nothing(live_db):
    """Entered, corrected, moved to another half month with their activity, deleted: all at once."""
    cast, weighed, unit = make_cast(), fireworks(), commune()

    def write():
        for n in range(12):
            row = saved(new_session(cast.officer, unit=unit))
            line = enter(row, weighed, "2.5")
            if n % 3 == 0:
                CustomAmount.objects.filter(pk=line.pk).update(amount=Decimal("0.3"))
            if n % 4 == 1:
                type(row).objects.filter(pk=row.pk).update(held_on=date(2026, 11, 16))
            if n % 6 == 5:
                line.delete()

    assert all_at_once(*[write] * WRITERS) == [None] * WRITERS
    # Of twelve: four corrected to 0,3, two taken away again, six as they were; three moved.
    assert sum(cell.amount for cell in CustomTally.objects.all()) == WRITERS * (
        4 * Decimal("0.3") + 6 * Decimal("2.5")
    )
    assert ActivityEntry.objects.filter(day=date(2026, 11, 16)).count() == WRITERS * 3
    assert_all_counted()
