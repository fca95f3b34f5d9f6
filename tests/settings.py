"""The portal's settings for tests: demo secrets, cheap passwords, state of its own under var/tests."""

import os
from pathlib import Path

_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ["DEMO"] = "1"
_TESTS = Path(__file__).resolve().parent.parent / "var" / "tests"
# Whoever runs tests in parallel inherits the folder of the one that started him: with a broker in common, one
# test's worker would take another's messages to a database that knows nothing of them.
if Path(os.environ.get("VAR_DIR") or _TESTS).is_relative_to(_TESTS):
    os.environ["VAR_DIR"] = str(_TESTS / _WORKER)
# Set by tests/conftest.py once this session has a database; subprocesses of tests inherit it.
os.environ.setdefault("DATABASE_URL", "postgresql://postgres@/none?host=/nonexistent")
os.environ.pop("REDIS_URL", None)
if "TEST_REDIS_URL" in os.environ:
    os.environ["REDIS_URL"] = os.environ["TEST_REDIS_URL"]

from portal.settings import *  # noqa: E402, F403
from portal.settings import CELERY_BEAT_SCHEDULE, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TIP_SCRYPT_N = 2
# Tests with a real worker wait for the sweeper; how long people wait is said in portal/settings.py.
CELERY_BEAT_SCHEDULE["sweep-jobs"]["schedule"] = 1.0
# No collectstatic before the browser's tests: whitenoise serves what the finders find.
WHITENOISE_USE_FINDERS = True
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Static files as they lie in the source: browser tests need no collectstatic.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
