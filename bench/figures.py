"""A report's figures at a million activities against ten thousand, of the same communes and the same year."""

from datetime import date
from statistics import median
from time import perf_counter

from django.db import connection

FEW, MANY, ROUNDS, LIMIT = 10_000, 1_000_000, 60, 1.3
HISTORY = "pgtrigger_insert_insert%"
FILL = """
INSERT INTO awareness_awarenesssession
    (unit_id, programme_id, side, title, logged_by_id, held_on, form, topics, attendances, valuable_tips)
SELECT (%(units)s::bigint[])[1 + n %% cardinality(%(units)s::bigint[])], %(programme)s, 'police',
    'Tuyên truyền phòng, chống lừa đảo trên không gian mạng', %(officer)s,
    date '2026-01-01' + (n / 7 %% 318)::int, 'gathering', '{fraud}', 20 + n %% 180, n %% 3
FROM generate_series(%(first)s, %(last)s) AS n
"""


def main() -> bool:
    """Print the median of a commune's and a province's figures at both sizes; False above the limit."""
    from portal.units.models import AdminUnit
    from programs.activities import figures
    from programs.coordination.models import CoordinationProgram
    from tests.factories.cast import make_cast

    officer = make_cast().officer
    units = list(AdminUnit.objects.today().communes().filter(parent__code="42").values_list("pk", flat=True))
    programme = CoordinationProgram.objects.get(number="07/CTrPH-BCA-MTTW")
    # Half-year up to the fourteenth, and cut inside a slot so that rows of an edge are counted too.
    periods = [(date(2026, 4, 15), date(2026, 10, 14)), (date(2026, 4, 15), date(2026, 10, 9))]
    questions = {
        f"{name}, {'whole slots' if end.day == 14 else 'with an edge'}": (scope, start, end)
        for name, scope in (("commune", units[:1]), ("province", units))
        for start, end in periods
    }
    times, done = {}, 0
    for size in (FEW, MANY):
        place = {"units": units, "programme": programme.pk, "officer": officer.pk}
        _fill(place | {"first": done + 1, "last": size})
        done = size
        for name, (scope, start, end) in questions.items():
            times.setdefault(name, []).append(_median_ms(figures, scope, start, end))
    kept = True
    for name, (few, many) in times.items():
        # An edge counts rows by nature: it is shown, the promise is about the tally.
        promised = name.endswith("whole slots")
        kept &= not promised or many / few <= LIMIT
        promise = f" (at most {LIMIT})" if promised else ""
        print(f"{name:>24}: {few:.2f} ms at {FEW}, {many:.2f} ms at {MANY}, {many / few:.2f} x{promise}")
    return kept


def _fill(params: dict) -> None:
    """Rows in statements of fifty thousand; the tally counts them, the history is not asked."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE %s",
            ["awareness_awarenesssession", HISTORY],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE awareness_awarenesssession DISABLE TRIGGER "{name}"')
        for first in range(params["first"], params["last"] + 1, 50_000):
            cursor.execute(FILL, params | {"first": first, "last": min(first + 49_999, params["last"])})
        cursor.execute("VACUUM ANALYZE")


def _median_ms(figures, units, start, end) -> float:
    spent = []
    for _ in range(ROUNDS):
        began = perf_counter()
        figures.totals(units=units, start=start, end=end)
        spent.append((perf_counter() - began) * 1000)
    return median(spent)
