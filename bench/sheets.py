"""Excel in and out: 20,000 rows into the log within a minute, 100,000 rows out within 150 MB."""

import io
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

import django

ROWS_IN, SECONDS_IN = 20_000, 60
ROWS_OUT, LIMIT_MB = 100_000, 150
START = date(2025, 7, 2)


def main() -> bool:
    """Print rows per second in, and seconds and peak memory out; False when a promise is broken."""
    django.setup()
    from tests.factories.cast import make_cast

    people = make_cast()
    kept = _measure_import(people.officer)
    _fill(people.officer, ROWS_OUT - ROWS_IN)
    return all([kept, *(_measure_export(people.officer, format) for format in ("csv", "xlsx"))])


def _measure_import(by) -> bool:
    """A dry run and the writing after it, as the worker does both."""
    from programs.sheets import actions
    from programs.sheets.models import ImportBatch
    from tests.factories.activities import commune

    actions.AT_ONCE = ROWS_IN
    sent = {"file_name": "bench.xlsx", "subject": "tuyen-truyen", "unit": commune(), "by": by}
    content, begun = _workbook(ROWS_IN), perf_counter()
    batch = actions.receive(content=content, **sent)
    checked = perf_counter()
    assert batch.state == ImportBatch.State.READY, batch.findings[:5]
    actions.write(batch=batch, by=by)
    written = perf_counter()
    whole = written - begun
    print(
        f"import of {ROWS_IN:,} rows: {whole:.1f} s (at most {SECONDS_IN}): dry run {checked - begun:.1f} s,"
        f" judged again and written {written - checked:.1f} s; {ROWS_IN / whole:,.0f} rows/s"
    )
    return whole <= SECONDS_IN


def _measure_export(by, format: str) -> bool:
    """In a process of its own, whose peak memory nothing else has raised."""
    command = [sys.executable, "-c", f"from bench import sheets; sheets.export_once({by.pk}, {format!r})"]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    seconds, megabytes, rows = (float(word) for word in run.stdout.split())
    peak = f"peak {megabytes:.0f} MB (at most {LIMIT_MB})"
    print(f"export of {rows:,.0f} rows as .{format}: {seconds:.1f} s, {peak}")
    return megabytes <= LIMIT_MB and rows == ROWS_OUT


def export_once(user: int, format: str) -> None:
    """Print seconds, peak memory (MB) and rows of one export by the page itself, packed as browsers ask."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.test import Client
    from django.urls import reverse

    from portal.accounts.models import User
    from programs.activities.models import ActivityEntry

    client, begun = Client(SERVER_NAME="localhost"), perf_counter()
    client.force_login(User.objects.get(pk=user))
    url = reverse(f"sheets:export_kind_{format}", args=["tuyen-truyen"])
    response = client.get(url, headers={"accept-encoding": "gzip"})
    assert response.status_code == 200, response.status_code
    size = sum(len(part) for part in response.streaming_content)
    assert size > 100_000
    print(perf_counter() - begun, _peak_mb(), ActivityEntry.objects.count())


def _peak_mb() -> float:
    """The most memory that this process ever held; getrusage would count what its parent held before."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024


def _workbook(rows: int) -> bytes:
    """A table as an officer keeps it, a little of everything."""
    import xlsxwriter

    heads = [
        "Ngày tổ chức",
        "Nội dung tuyên truyền",
        "Lượt người tham dự",
        "Chủ đề",
        "Hình thức",
        "Đối tượng",
    ]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, day = book.add_worksheet("Dữ liệu"), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, heads)
        for row in range(1, rows + 1):
            sheet.write_datetime(row, 0, START + timedelta(days=row % 480), day)
            topics = "Phòng, chống ma túy; Phòng, chống tội phạm"
            title = f"Tuyên truyền lưu động lần {row} tại tổ dân phố"
            sheet.write_row(row, 1, [title, row % 900, topics, "Tập trung", "Nhân dân"])
    return out.getvalue()


def _fill(by, rows: int) -> None:
    from programs.awareness.models import AwarenessSession
    from tests.factories.activities import session_fields

    common = session_fields() | {"side": "police", "logged_by": by}
    common |= {"narrative": "Phối hợp với Ban công tác Mặt trận và nhà trường. " * 4}
    title = common.pop("title")
    for start in range(0, rows, 5000):
        AwarenessSession.objects.bulk_create(
            AwarenessSession(**common | {"title": f"{title} {n}", "held_on": START + timedelta(days=n % 480)})
            for n in range(start, min(start + 5000, rows))
        )


if __name__ == "__main__":
    main()
