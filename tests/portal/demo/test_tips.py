"""The demo's tips are a few desks' own, say that they are invented, and come once."""

from portal.demo import tips
from portal.demo.log_entries import ILLUSTRATION
from programs.tips.models import SealedContact, Tip
from tests.factories.user import commune


def test_they_come_once_and_say_what_they_are(cast):
    tips.load()
    tips.load()
    found = Tip.objects.filter(handling_unit=commune())
    assert sorted(found.values_list("state", flat=True)) == ["checking", "received", "received"]
    assert all(tip.story.startswith(ILLUSTRATION) for tip in found)
    assert SealedContact.objects.count() == len(tips.COMMUNES)
