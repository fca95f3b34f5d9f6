"""A storage of its own for each test, and an activity of Phường Thành Sen to hang files on."""

import pytest
from django.core.files.storage import default_storage

from programs.activities.models import ActivityEntry
from tests.factories.activities import new_session, saved


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    """The folder that files are kept in."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    for cached in ("base_location", "location"):
        default_storage.__dict__.pop(cached, None)
    assert str(tmp_path) in default_storage.path("x")
    return tmp_path / "media"


@pytest.fixture
def entry(cast):
    return ActivityEntry.objects.get(pk=saved(new_session(cast.officer)).pk)


@pytest.fixture
def other_entry(cast):
    return ActivityEntry.objects.get(pk=saved(new_session(cast.colleague)).pk)
