"""What the tally and the history cost a save: both against a save with neither, in one run."""

from statistics import median
from time import perf_counter

from django.db import connection

ROUNDS, SAVES = 30, 20
TABLE = "awareness_awarenesssession"
TALLY = "pgtrigger_log_%"
# Variant -> which of our triggers fire, as patterns of their names.
VARIANTS = {"bare": (), "with tally": (TALLY,), "with tally and history": ("%",)}
LIMITS = {"with tally": 1.3, "with tally and history": 1.8}


def main() -> bool:
    """Print milliseconds a save and the ratios; False when one is above its limit."""
    from programs.coordination.models import CoordinationProgram
    from tests.factories.activities import commune
    from tests.factories.cast import make_cast

    # The programme is named beforehand: looking it up would cost more than what is measured, and hide it.
    programme = CoordinationProgram.objects.get(number="07/CTrPH-BCA-MTTW")
    who = {"by": make_cast().officer, "unit": commune(), "programme": programme}
    times = {variant: [] for variant in VARIANTS}
    # In turn, so that a busy minute hits all three alike; the first round warms up.
    for round_ in range(ROUNDS + 1):
        for variant, patterns in VARIANTS.items():
            _fire_only(patterns)
            spent = _save(who)
            if round_:
                times[variant].append(spent)
    bare, kept = median(times["bare"]), True
    for variant, spent in times.items():
        ratio, limit = median(spent) / bare, LIMITS.get(variant)
        kept &= limit is None or ratio <= limit
        promise = f" (at most {limit})" if limit else ""
        print(f"{variant:>24}: {median(spent):.2f} ms a save, {ratio:.2f} x{promise}")
    return kept


def _save(who: dict) -> float:
    """Milliseconds a save, of SAVES new sessions, each committed as a request commits it."""
    from tests.factories.activities import new_session

    sessions = [new_session(**who) for _ in range(SAVES)]
    began = perf_counter()
    for session in sessions:
        session.save()
    return (perf_counter() - began) * 1000 / SAVES


def _fire_only(patterns: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgname LIKE ANY(%s) FROM pg_trigger"
            " WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [list(patterns), TABLE],
        )
        for name, fires in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {TABLE} {"ENABLE" if fires else "DISABLE"} TRIGGER "{name}"')
