"""A unit whose officer a tip is about never gets it: by no merge, no later move, under no new name."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from portal.units.models import AdminUnit
from programs.tips import handling
from programs.tips.desk.forms import PassOnForm
from programs.tips.errors import TipError
from programs.tips.models import ContactOpening, Tip, TipConflict
from programs.tips.states import Category
from tests.factories.user import TRAN_PHU, commune, province
from tests.programs.tips import make


def at_the_province(unit=None, **fields) -> Tip:
    tip = make.tip(unit, category=Category.OTHER, **fields)
    Tip.objects.filter(pk=tip.pk).update(handling_unit=province())
    return Tip.objects.get(pk=tip.pk)


def merged(tip, into, by):
    handling.merge(tip=tip, seen=tip.revision, into=into, by=by)
    into.refresh_from_db()
    return into


def passed_on(tip, unit, by):
    handling.pass_on(tip=tip, seen=tip.revision, unit=unit, by=by)
    return tip


def passed_up(tip, by, *, is_conflict=True):
    handling.pass_up(tip=tip, seen=tip.revision, is_conflict=is_conflict, by=by)
    return tip


@pytest.fixture
def before_the_merger(cast) -> AdminUnit:
    """A unit that has become Thành Sen."""
    return AdminUnit.objects.filter(today_unit=commune()).exclude(pk=commune().pk).earliest("pk")


def test_a_tip_about_an_officer_is_merged_with_its_like_alone(cast, before_the_merger):
    plain, about = at_the_province(), at_the_province(about_officer=True)
    elsewhere = at_the_province(commune(TRAN_PHU), about_officer=True)
    pairs = ((about, plain, "thì không"), (plain, about, "thì không"), (about, elsewhere, "hai đơn vị"))
    for tip, into, said in pairs:
        with pytest.raises(TipError, match=said):
            merged(tip, into, cast.province)
        with pytest.raises(IntegrityError, match="not be merged"), transaction.atomic():
            Tip.objects.filter(pk=tip.pk).update(state="merged", merged_into=into)
    same = at_the_province(before_the_merger, about_officer=True)
    assert merged(same, about, cast.province).merged.get() == same


def test_what_was_merged_before_keeps_its_unit_away(cast):
    """Also where an older rule let both together, and where a conflict came after the merge."""
    plain, other = at_the_province(commune(TRAN_PHU)), at_the_province()
    merged(other, plain, cast.province)
    Tip.objects.filter(pk=other.pk).update(about_officer=True)
    with pytest.raises(TipError, match="không chuyển về"):
        passed_on(plain, commune(), cast.province)
    assert passed_on(plain, commune(TRAN_PHU), cast.province).handling_unit == commune(TRAN_PHU)


def test_the_unit_is_kept_away_under_its_new_name(cast, before_the_merger):
    tip = make.tip(before_the_merger, about_officer=True)
    with pytest.raises(TipError, match="không chuyển về"):
        passed_on(tip, commune(), cast.province)


def test_a_unit_that_passed_it_up_for_a_conflict_never_gets_it_back(client, cast):
    """The tip is about Thành Sen, was passed on to Trần Phú, and concerns an officer there."""
    tip = passed_up(passed_on(make.tip(), commune(TRAN_PHU), cast.officer), cast.neighbour)
    assert [row.unit for row in TipConflict.objects.filter(tip=tip)] == [commune(TRAN_PHU)]
    for unit in (commune(TRAN_PHU), commune()):
        with pytest.raises(TipError, match="không chuyển về"):
            passed_on(tip, unit, cast.province)
        with pytest.raises(IntegrityError, match="concerns"), transaction.atomic():
            Tip.objects.filter(pk=tip.pk).update(handling_unit=unit)
    client.force_login(cast.province)
    url = reverse("tip_desk:pass_on", args=[tip.pk])
    page = client.post(url, {"unit": "Phường Trần Phú, tỉnh Hà Tĩnh", "seen": tip.revision})
    assert page.status_code == 422 and "không chuyển về" in page.content.decode()


def test_the_unit_concerned_is_not_among_the_choices(cast):
    tip = make.tip(about_officer=True)
    form = PassOnForm({"unit": "Thành", "seen": tip.revision}, tip=tip, user=cast.province)
    assert not form.is_valid()
    offered = form.fields["unit"].widget.matches
    assert offered and commune() not in offered


def test_a_conflict_stays_when_the_tip_is_merged(cast):
    twin = passed_up(make.tip(category=Category.OTHER), cast.officer)
    tip = passed_up(make.tip(category=Category.OTHER), cast.officer)
    with pytest.raises(TipError, match="không chuyển về"):
        passed_on(merged(twin, tip, cast.province), commune(), cast.province)
    with pytest.raises(IntegrityError), transaction.atomic():
        TipConflict.objects.filter(tip=tip).update(unit=province())


def test_a_new_unit_asks_for_the_contact_anew(cast):
    """Agreements that nobody used go with the old unit, also those of duplicates; traces of answers stay."""
    tip, twin = make.tip(category=Category.OTHER), make.tip(category=Category.OTHER)
    for about, agreed in ((tip, True), (twin, None), (twin, True), (tip, False)):
        decided = {"decided_by": cast.leader, "decided_at": tip_time(), "agreed": agreed}
        asked = {"tip": about, "reason": "Hỏi thêm", "asked_by": cast.officer}
        ContactOpening.objects.create(**asked, **(decided if agreed is not None else {}))
    opened = ContactOpening.objects.create(
        **asked, **decided | {"agreed": True}, opened_at=tip_time(), answer=b"x"
    )
    passed_on(merged(twin, tip, cast.officer), commune(TRAN_PHU), cast.officer)
    left = ContactOpening.objects.order_by("pk").values_list("agreed", "answer")
    assert list(left) == [(False, None), (True, None)] and opened.pk == ContactOpening.objects.last().pk


def tip_time():
    from django.utils import timezone

    return timezone.now()
