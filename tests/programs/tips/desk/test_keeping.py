"""What is over is deleted with its files, leaving a number; what is held stays; no backup brings it back."""

from datetime import timedelta
from io import StringIO

import pytest
from django.utils import timezone

from portal.backup.management.commands.restore import Command as Restore
from programs.tips import handling, keeping
from programs.tips.files import JPEG, Prepared
from programs.tips.models import SealedContact, Tip, TipFile, Tombstone
from programs.tips.states import Category, Outcome
from tests.programs.tips import make


def ended(cast, **fields) -> Tip:
    """A tip with a file and a duplicate, closed today."""
    tip = make.tip(
        category=Category.OTHER, files=[Prepared(JPEG, b"\xff\xd8")], contact={"name": "A"}, **fields
    )
    twin = make.tip(category=Category.OTHER)
    handling.merge(tip=twin, seen=twin.revision, into=tip, by=cast.officer)
    tip.refresh_from_db()
    handling.triage(tip=tip, seen=tip.revision, category=Category.OTHER, by=cast.officer)
    handling.close(tip=tip, seen=tip.revision, outcome=Outcome.NOT_VERIFIED, by=cast.officer)
    return tip


def after(tip) -> object:
    return tip.purge_after + timedelta(days=1)


def test_what_is_over_goes_and_counts_on(cast):
    tip = ended(cast)
    assert keeping.purge(tip.purge_after) == 0
    assert keeping.purge(after(tip)) == 2
    assert not Tip.objects.exists() and not TipFile.objects.exists() and not SealedContact.objects.exists()
    assert sorted(Tombstone.objects.values_list("merged", "outcome")) == [(False, "not_verified"), (True, "")]


def test_what_is_held_stays_with_its_duplicates(cast):
    tip = ended(cast)
    keeping.hold(tip=tip, seen=tip.revision, reason="Khiếu nại số 3", by=cast.leader)
    assert keeping.purge(after(tip)) == 0
    keeping.release(tip=tip, seen=tip.revision, by=cast.leader)
    assert keeping.purge(after(tip)) == 2


def test_a_restored_backup_deletes_again(cast, monkeypatch):
    tip = ended(cast)
    Tombstone.objects.create(  # written before, and brought back with the row
        tip=tip.pk, unit=tip.unit, category=tip.category, channel=tip.channel, received_on=tip.received_on,
        purged_on=after(tip),
    )  # fmt: skip
    monkeypatch.setattr(timezone, "localdate", lambda *args: after(tip))
    said = StringIO()
    Restore(stdout=said).verify()
    assert "Đã xóa 2 nguồn tin" in said.getvalue()
    assert not Tip.objects.exists() and Tombstone.objects.count() == 2


@pytest.mark.parametrize("outcome", Outcome.values)
def test_every_outcome_has_a_term(db, outcome):
    from programs.tips.clocks import purge_day

    assert purge_day(outcome, timezone.localdate()) > timezone.localdate()
