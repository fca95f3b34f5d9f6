"""What the tally costs a save, and what it saves a report.

1. An ORM save with the triggers of the log and the tally, and with history as well, against a bare one into
   the same table, each in its own transaction. The arms take turns (A B C A B C …): whatever else the machine
   does meets all alike. Commits do not wait for the disk: that wait would hide the difference.
2. The figures of a report at 1,000,000 activities against 10,000, in two databases, taking turns: the log of
   one province, where every commune has logged in every slot, against the same inside that of the nation.

`python -m bench.tally` starts an embedded PostgreSQL of its own; `main()` runs in Django's database.
"""

import statistics
import time
from contextlib import contextmanager, nullcontext
from datetime import date

from django.db import connection, connections

FEW, MANY = 10_000, 1_000_000
ROUNDS, SAVES_A_TURN, WARMING = 25, 60, 10
QUESTIONS = 150
WITH_TALLY, WITH_HISTORY, GROWTH = 1.3, 1.8, 1.3
LOG = ("log_guard", "log_insert", "log_update", "log_delete", "log_truncate")
HISTORY = ("insert_insert", "update_update", "delete_delete")
PROVINCE = "42"  # Hà Tĩnh, 69 communes
# Spread evenly over communes and the 500 days since 1/7/2025.
FILL = """
    WITH communes AS (
        SELECT array_agg(id ORDER BY code) AS ids FROM units_adminunit
        WHERE level = 'commune' AND valid_to IS NULL AND id = ANY(%(communes)s)
    ), numbers AS (
        SELECT n, ids[1 + (n * 7919::bigint) %% cardinality(ids)] AS unit_id,
            date '2025-07-01' + ((n * 104729::bigint) %% 500)::int AS day
        FROM generate_series(%(low)s::bigint, %(high)s) n, communes
    )
"""
SESSIONS = """
    INSERT INTO awareness_awarenesssession
        (unit_id, programme_id, side, title, logged_by_id, held_on, form, topics, attendances, valuable_tips)
    SELECT unit_id, %(programme)s, 'police', 'Tuyên truyền phòng, chống tội phạm tại khu dân cư số ' || n,
        %(by)s, day, 'gathering', '{crime}', 20 + n %% 200, n %% 3 FROM numbers WHERE n %% 3 > 0
"""
MEDIATIONS = """
    INSERT INTO grassroots_mediation
        (unit_id, programme_id, side, title, logged_by_id, received_on, concluded_on, outcome,
        dispute_kind, team)
    SELECT unit_id, %(programme)s, 'front', 'Hòa giải mâu thuẫn ở khu dân cư số ' || n, %(by)s, day,
        CASE WHEN n %% 4 > 0 THEN day + 5 END,
        (ARRAY['pending', 'succeeded', 'failed', 'transferred'])[1 + n %% 4],
        'land', '{police,front}' FROM numbers WHERE n %% 3 = 0
"""


def main() -> bool:
    """Measure, print, and say whether all promises hold."""
    saves = saving()
    held = [
        promise("An ORM save with the tally, against a bare one", saves["tally"], saves["bare"], WITH_TALLY),
        promise("… with the tally and history", saves["history"], saves["bare"], WITH_HISTORY),
    ]
    for name, (few, many, promised) in reading().items():
        held.append(promise(f"{name}, at {MANY:,} activities against {FEW:,}", many, few, promised))
    return all(held)


def saving() -> dict[str, float]:
    """{arm: median seconds of one save in its own transaction}."""
    import pghistory

    arms = {
        "bare": ((), nullcontext),
        "tally": (LOG, nullcontext),
        "history": (LOG + HISTORY, pghistory.context),
    }
    times: dict[str, list[float]] = {arm: [] for arm in arms}
    programme, by, units = _place()
    try:
        connection.cursor().execute("SET synchronous_commit = off")
        for _ in range(ROUNDS):
            for arm, (triggers, context) in arms.items():
                _enable(triggers)
                with context(user=by.pk) if triggers == LOG + HISTORY else context():
                    taken = [_save(programme, by, units[n % len(units)]) for n in range(SAVES_A_TURN)]
                times[arm] += taken[WARMING:]  # switching triggers makes PostgreSQL plan anew
    finally:
        _enable(LOG + HISTORY)
        _forget()
    return {arm: statistics.median(taken) for arm, taken in times.items()}


def _save(programme, by, unit) -> float:
    from programs.awareness.models import AwarenessSession

    row = AwarenessSession(
        unit=unit,
        programme=programme,
        side="police",
        title="Tuyên truyền phòng, chống lừa đảo trên không gian mạng",
        narrative="Phổ biến thủ đoạn giả danh công an, ngân hàng; hướng dẫn cách báo tin.",
        logged_by=by,
        held_on=date(2026, 11, 3),
        form="gathering",
        topics=["fraud", "crime"],
        attendances=120,
        valuable_tips=2,
    )
    start = time.perf_counter()
    row.save()
    return time.perf_counter() - start


def _enable(triggers, table: str = "awareness_awarenesssession") -> None:
    """Only these of the table's triggers run; foreign keys are checked in every arm."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table]
        )
        for (name,) in cursor.fetchall():
            if any(name.startswith(f"pgtrigger_{trigger}_") for trigger in triggers):
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {name}")


def _forget() -> None:
    """The bare rows were never counted: the tally starts from nothing again."""
    with connection.cursor() as cursor:
        # Tables that only ever grow refer to these: a measurement's own database may forget them too.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE awareness_awarenesssession")
        cursor.execute("TRUNCATE activities_entryarea, activities_activityentry, activities_tally CASCADE")
        cursor.execute("SET session_replication_role = DEFAULT")


def _place():
    from portal.accounts.models import User
    from portal.units.models import AdminUnit
    from programs.coordination.models import CoordinationProgram

    by = User.objects.filter(username="do.toc.do").first()
    by = by or User.objects.create_user("do.toc.do", "Người Đo Tốc Độ", "chi-de-do-toc-do-2026")
    units = list(AdminUnit.objects.today().communes().order_by("code")[:8])
    return CoordinationProgram.objects.get(number="07/CTrPH-BCA-MTTW"), by, units


def reading() -> dict[str, tuple[float, float, float]]:
    """{question: (seconds at FEW, seconds at MANY, promised ratio)}, medians."""
    with two_databases() as (few, many):
        fill(few, FEW, communes(PROVINCE))
        fill(many, MANY, communes())
        found = {}
        for name, question in (
            ("A commune's report", _commune_report),
            ("A province's report", _province_report),
        ):
            times = {few: [], many: []}
            for number in range(QUESTIONS):
                for database in (few, many):
                    with as_default(database):
                        start = time.perf_counter()
                        question(number)
                        times[database].append(time.perf_counter() - start)
            found[name] = (statistics.median(times[few]), statistics.median(times[many]), GROWTH)
        return found


def _commune_report(number: int) -> None:
    """This month, the same month a year before, the month before, and cumulative, as a report prints them."""
    from programs.activities import figures

    for start, end in MONTHS_OF_A_REPORT:
        figures.totals(units=[communes(PROVINCE)[number % 69]], start=start, end=end)


def _province_report(number: int) -> None:
    """The same for all communes of Hà Tĩnh, and its appendix by commune."""
    from programs.activities import figures

    for start, end in MONTHS_OF_A_REPORT:
        figures.totals(units=communes(PROVINCE), start=start, end=end)
    figures.totals_by_unit(units=communes(PROVINCE), start=date(2026, 10, 15), end=date(2026, 11, 14))


MONTHS_OF_A_REPORT = (
    (date(2026, 10, 15), date(2026, 11, 14)),
    (date(2025, 10, 15), date(2025, 11, 14)),
    (date(2026, 9, 15), date(2026, 10, 14)),
    (date(2025, 12, 15), date(2026, 11, 14)),
)
REPORTS = {"A commune's report": _commune_report, "A province's report": _province_report}
_KNOWN: dict = {}


def communes(province: str = "") -> list[int]:
    from portal.units.models import AdminUnit

    if province not in _KNOWN:
        communes = AdminUnit.objects.today().communes().order_by("code")
        communes = communes.filter(parent__code=province) if province else communes
        _KNOWN[province] = list(communes.values_list("pk", flat=True))
    return _KNOWN[province]


def fill(database: str, count: int, communes: list[int], *, sessions: str = SESSIONS) -> None:
    """Rows enter as any writer's do, in statements of 50,000; without history, which no figure reads."""
    with as_default(database):
        programme, by, _ = _place()
        for table in ("awareness_awarenesssession", "grassroots_mediation"):
            _enable(LOG, table)
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            for low in range(1, count + 1, 50_000):
                place = {"low": low, "high": min(low + 49_999, count), "communes": communes}
                place |= {"programme": programme.pk, "by": by.pk}
                cursor.execute(FILL + sessions, place)
                cursor.execute(FILL + MEDIATIONS, place)
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("SELECT count(*) FROM activities_activityentry")
            assert cursor.fetchone() == (count,)


@contextmanager
def two_databases():
    """Two copies of the database, dropped afterwards."""
    name = connection.settings_dict["NAME"]
    copies = [f"{name}_few", f"{name}_many"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        for copy in copies:
            cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}" STRATEGY FILE_COPY')
            connections.databases[copy] = {**connections.databases["default"], "NAME": copy}
    try:
        yield copies
    finally:
        for copy in copies:
            connections[copy].close()
        with connection._nodb_cursor() as cursor:
            for copy in copies:
                cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')


@contextmanager
def as_default(database: str):
    """What asks the default database asks this one meanwhile."""
    before, connections["default"] = connections["default"], connections[database]
    try:
        yield
    finally:
        connections["default"] = before


def promise(name: str, measured: float, base: float, promised: float) -> bool:
    ratio = measured / base
    verdict = "ok" if ratio <= promised else "MISSED"
    times = f"{measured * 1000:.2f} ms / {base * 1000:.2f} ms = {ratio:.2f}"
    print(f"{name}: {times} (promised {promised}) {verdict}", flush=True)
    return ratio <= promised


def _standalone() -> bool:
    """On an embedded server under var/, thrown away afterwards."""
    import os
    import tempfile
    from pathlib import Path

    import django
    from django.core.management import call_command

    from portal.embedded.postgres import EmbeddedPostgres

    folder = Path(__file__).resolve().parent.parent / "var"
    folder.mkdir(exist_ok=True)
    server = EmbeddedPostgres(Path(tempfile.mkdtemp(prefix="bench-pg-", dir=folder))).start()
    try:
        os.environ |= {
            "DEMO": "1", "DATABASE_URL": server.url("postgres"), "DJANGO_SETTINGS_MODULE": "portal.settings",
        }  # fmt: skip
        django.setup()
        with connection.cursor() as cursor:
            cursor.execute("CREATE DATABASE bench")
        connection.close()
        connections.databases["default"]["NAME"] = connection.settings_dict["NAME"] = "bench"
        call_command("migrate", verbosity=0)
        call_command("load_units", verbosity=0)
        return main()
    finally:
        connections.close_all()
        server.destroy()


if __name__ == "__main__":
    raise SystemExit(0 if _standalone() else 1)
