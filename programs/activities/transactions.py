"""Reading many figures as of one moment, and trying again where two writers stood in each other's way."""

import functools
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

from portal.refusals import sqlstate

DEADLOCK, SERIALISATION = "40P01", "40001"


@contextmanager
def snapshot(*, read_only: bool = True) -> Iterator[None]:
    """A REPEATABLE READ transaction: all queries inside see one moment of the database.

    Inside a transaction that is already open the caller's isolation stands: PostgreSQL sets it before the
    first query only.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            mode = "READ ONLY" if read_only else "READ WRITE"
            cursor.execute(f"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, {mode}")
        yield


def retry_on_deadlock(write: Callable, *, attempts: int = 8) -> Callable:
    """Decorator for writes that touch several units: run again, a little later, after a deadlock.

    The whole transaction is repeated, so the function must be its outermost part: inside an open
    transaction it is called once and the error goes up to whoever opened it.
    """

    @functools.wraps(write)
    def wrapper(*args, **kwargs):
        for attempt in range(attempts):
            try:
                return write(*args, **kwargs)
            except OperationalError as error:
                if connection.in_atomic_block or attempt == attempts - 1 or not _worth_another_try(error):
                    raise
            time.sleep(random.uniform(0, 0.05) * 2**attempt)

    return wrapper


def _worth_another_try(error: OperationalError) -> bool:
    return sqlstate(error) in {DEADLOCK, SERIALISATION}
