"""One view of the database for a whole piece of work, and one winner where two people press at once."""

from contextlib import contextmanager

from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg import IsolationLevel
from psycopg.errors import DeadlockDetected, LockNotAvailable, SerializationFailure, UniqueViolation

from reports.errors import ReportError

BUSY = "Có người khác vừa thao tác với báo cáo này. Hãy tải lại trang để xem trạng thái mới nhất."


@contextmanager
def repeatable_read():
    """A transaction that sees one snapshot. Inside a caller's transaction the caller's isolation holds."""
    if connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    connection.cursor().close()  # connects anew here if the connection has died, not after the next line
    raw = connection.connection
    raw.isolation_level = IsolationLevel.REPEATABLE_READ
    try:
        with transaction.atomic():
            yield
    finally:
        raw.isolation_level = None


@contextmanager
def one_wins():
    """ReportError for whoever comes second; wrap it around the transaction, not inside."""
    try:
        yield
    except (OperationalError, IntegrityError) as error:
        if isinstance(
            error.__cause__, (SerializationFailure, DeadlockDetected, LockNotAvailable, UniqueViolation)
        ):
            raise ReportError(BUSY) from error
        raise
