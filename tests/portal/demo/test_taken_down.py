"""The demo's record whose words were taken down: once, with its figure still counted."""

from portal.accounts.models import User
from portal.demo import people, taken_down
from portal.secrecy.erasing import MARK
from portal.secrecy.tombstones import Takedown
from portal.units.models import AdminUnit
from programs.activities import tally
from programs.awareness.models import AwarenessSession


def test_it_is_taken_down_once_and_still_counts(db, settings, tmp_path):
    settings.DEMO_PASSWORD, settings.TAKEDOWN_LIST = "Thanh-Sen-2026", str(tmp_path / "list")
    people.admin()
    people.crew(AdminUnit.objects.today().communes().get(code=taken_down.UNIT), 0)
    for _ in range(2):
        taken_down.load()
    made = Takedown.objects.get()
    record = AwarenessSession.objects.get(pk=made.subject)
    assert (record.title, record.narrative, record.attendances) == (MARK, MARK, 35)
    assert tally.verify() == ([], [])
    assert people.province_admin("42").is_staff and User.objects.filter(username="qt.42").count() == 1
