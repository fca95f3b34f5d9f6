"""Fixtures for all tests: the database of the session, and the database that a test may commit to."""

import contextlib
import gc
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from tests.database import TestDatabase


def pytest_configure(config: pytest.Config) -> None:
    """Under xdist the template is built while the workers start and collect, not when all wait for it."""
    leads = not hasattr(config, "workerinput") and config.getoption("numprocesses", None)
    if leads and not config.option.collectonly:
        database = TestDatabase()
        building = threading.Thread(target=_prepare, args=[database])
        building.start()
        config.add_cleanup(database.leave)
        config.add_cleanup(building.join)


def _prepare(database: TestDatabase) -> None:
    # Whoever needs the template meets the same error, and tells it with a test.
    with contextlib.suppress(Exception):
        database.prepare()


def pytest_collection_finish() -> None:
    """What was imported and collected stays: the collector of garbage need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def test_database(django_db_blocker) -> Iterator[TestDatabase]:
    """This session's database; the environment's DATABASE_URL names it for subprocesses."""
    database = TestDatabase()
    database.open()
    database.use()
    yield database
    with django_db_blocker.unblock():
        connections.close_all()
    database.close()


@pytest.fixture(scope="session")
def django_db_setup(test_database: TestDatabase) -> None:
    """Replaces pytest-django's: `db` runs in a transaction on the clone and is rolled back."""


@pytest.fixture
def live_db(test_database: TestDatabase, django_db_blocker, request) -> Iterator[TestDatabase]:
    """A database that the test commits to, from threads, subprocesses and workers; thrown away afterwards."""
    if {"db", "transactional_db"} & set(request.fixturenames):
        raise pytest.UsageError("live_db commits, db rolls back: a test takes one of them")
    shutil.rmtree(settings.BROKER_DIR, ignore_errors=True)
    for folder in ("queue", "control"):
        (Path(settings.BROKER_DIR) / folder).mkdir(parents=True)
    with django_db_blocker.unblock():
        yield test_database
        connections.close_all()
        test_database.renew()


@pytest.fixture
def cast(db):
    """The people of the tests (tests/factories/cast.py); tests with live_db call make_cast() themselves."""
    from tests.factories.cast import make_cast

    return make_cast()
