"""Tips count once, in closed quarters; what is hidden cannot be worked out from what is shown."""

import random
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Side
from portal.units.models import AdminUnit
from programs.tips import handling, publishing
from programs.tips.counting import K, Quarter, categories_for, closed_quarters, counted, shown
from programs.tips.models import PublishedCount, PublishedQuarter, Tip, Tombstone
from programs.tips.publishing import publish, publish_closed, published
from programs.tips.states import Category
from tests.factories.user import TRAN_PHU, commune, make_officer, province
from tests.programs.tips import make


def test_whatever_a_hidden_cell_holds_what_is_shown_is_the_same():
    """So nothing shown, totals included, tells one value of a hidden cell from another."""
    chance = random.Random(17)
    for police_at in (range(4), (1, 3), ()):
        for _ in range(200):
            cells = {(u, c): chance.choice((0, 1, 3, K - 1, K, 9)) for u in range(4) for c in Category.values}
            published = shown(cells, police_at)
            hidden = [key for key in cells if key not in published[0]]
            for key in hidden:
                is_kept = key[1] == Category.POLITICAL_SECURITY and key[0] not in police_at
                assert all(
                    shown(cells | {key: value}, police_at) == published
                    for value in range(40 if is_kept else K)
                )
            assert all(tips >= K for tips in published[0].values())
    assert Category.POLITICAL_SECURITY not in categories_for(())


def test_quarters():
    assert [str(q) for q in closed_quarters(date(2026, 2, 3))[:3]] == ["2025-4", "2025-3", "2025-2"]
    assert (Quarter(2025, 4).start, Quarter(2025, 4).end) == (date(2025, 10, 1), date(2025, 12, 31))


def quarter_of(day) -> Quarter:
    return Quarter(day.year, (day.month - 1) // 3 + 1)


def test_each_counts_once_and_one_about_an_officer_counts_above(cast):
    tips = [make.tip(category=Category.OTHER) for _ in range(3)]
    make.tip(category=Category.CRIME, about_officer=True)
    handling.merge(tip=tips[0], seen=tips[0].revision, into=tips[1], by=cast.officer)
    today, unit = timezone.localdate(), commune()
    gone = {
        "unit": unit,
        "channel": "web",
        "received_on": today,
        "purged_on": today,
        "category": Category.OTHER,
    }
    Tombstone.objects.create(tip=10**9, **gone)
    Tombstone.objects.create(tip=10**9 + 1, merged=True, **gone)
    Tombstone.objects.create(tip=10**9 + 2, counted_by_session=True, **gone)
    units = AdminUnit.objects.filter(pk__in=[unit.pk, province().pk])
    assert counted(quarter_of(today), units) == {
        (unit.pk, Category.OTHER): 3,
        (province().pk, Category.CRIME): 1,
    }


def test_the_front_reads_no_political_security_and_no_small_cell(
    cast, django_assert_max_num_queries, monkeypatch
):
    for category in (Category.POLITICAL_SECURITY, Category.OTHER):
        for _ in range(7):
            make.tip(category=category)
    make.tip(commune(TRAN_PHU), category=Category.CRIME)
    this = quarter_of(timezone.localdate())
    monkeypatch.setattr("programs.tips.desk.count_views.closed_quarters", lambda today: [this])
    seen = {}
    for who in ("province_front", "province", "colleague"):
        client = Client()
        client.force_login(getattr(cast, who))
        with django_assert_max_num_queries(16):
            seen[who] = client.get(reverse("tip_desk:counts"), {"page": 1})
    assert "An ninh chính trị" not in seen["province_front"].content.decode()
    assert seen["province_front"].context["totals"] == ["…", "…", "7", "7"]
    assert seen["province"].context["totals"] == ["7", "…", "…", "7", "14"]
    assert [name for name, _ in seen["colleague"].context["rows"]] == [commune().full_name]
    assert Tip.objects.count() == 15


def test_the_side_is_that_of_the_unit_not_of_the_person(cast, monkeypatch):
    """Police at Trần Phú, of the Front at Thành Sen: political security of Thành Sen is not theirs."""
    both = make_officer(commune(TRAN_PHU))
    make_officer(commune(), side=Side.FRONT, user=both)
    for unit in (commune(), commune(TRAN_PHU)):
        for _ in range(K + 2):
            make.tip(unit, category=Category.POLITICAL_SECURITY)
    this = quarter_of(timezone.localdate())
    monkeypatch.setattr("programs.tips.desk.count_views.closed_quarters", lambda today: [this])
    client = Client()
    client.force_login(both)
    context = client.get(reverse("tip_desk:counts")).context
    figures = {name: line[0] for name, line in context["rows"]}
    assert figures == {commune().full_name: "…", commune(TRAN_PHU).full_name: "7"}
    assert context["totals"] == ["7", "…", "…", "…", "7"] and context["is_of_both"]


def test_a_quarter_comes_out_once_whatever_becomes_of_its_tips(cast, django_assert_max_num_queries):
    """Sorted anew, passed up, one more: a second look tells nothing. No small cell is kept, none is added."""
    this, units = quarter_of(timezone.localdate()), AdminUnit.objects.today()
    tips = [make.tip(category=Category.OTHER) for _ in range(K)]
    make.tip(category=Category.SOCIAL_VICE)
    first = published(this, units)
    assert first == {(commune().pk, Category.OTHER): K} and PublishedCount.objects.count() == 1
    handling.triage(tip=tips[0], seen=tips[0].revision, category=Category.CRIME, by=cast.officer)
    handling.pass_up(tip=tips[1], seen=tips[1].revision, is_conflict=True, by=cast.officer)
    make.tip(category=Category.OTHER)
    with django_assert_max_num_queries(3):
        assert published(this, units) == first and publish(this) is False
    assert published(this, units.filter(pk=province().pk)) == {}


def test_nobody_changes_what_came_out(cast):
    this = quarter_of(timezone.localdate())
    for _ in range(K):
        make.tip(category=Category.OTHER)
    assert publish(this)
    row = PublishedCount.objects.get()
    late = {"year": this.year, "number": this.number, "unit": province(), "category": "other", "tips": K}
    for write in (
        lambda: PublishedCount.objects.update(tips=K + 1),
        lambda: PublishedCount.objects.filter(pk=row.pk).delete(),
        lambda: PublishedQuarter.objects.all().delete(),
        lambda: PublishedCount.objects.create(**late),
        lambda: PublishedCount.objects.create(**late | {"year": 2000, "tips": K - 1}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_who_comes_second_finds_it_done(cast, monkeypatch):
    this = quarter_of(timezone.localdate())
    for _ in range(K):
        make.tip(category=Category.OTHER)
    first, counted_then = publishing.counted, []

    def quicker(quarter):
        if not counted_then:
            counted_then.append(1)
            assert publish(quarter)
        return first(quarter) + first(quarter)

    monkeypatch.setattr(publishing, "counted", quicker)
    assert publish(this) is False
    assert [row.tips for row in PublishedCount.objects.all()] == [2 * K]


def test_after_a_merger_of_units_what_was_shown_is_added(cast):
    old = AdminUnit.objects.filter(today_unit=commune()).exclude(pk=commune().pk).earliest("pk")
    for unit, tips in ((old, K), (commune(), K + 1)):
        for _ in range(tips):
            make.tip(unit, category=Category.OTHER)
    this = quarter_of(timezone.localdate())
    assert published(this, AdminUnit.objects.today()) == {(commune().pk, Category.OTHER): 2 * K + 1}


def test_the_scheduler_brings_out_what_has_settled(db):
    assert publish_closed(date(2026, 4, 15)) == 8 == PublishedQuarter.objects.count()
    assert publish_closed(date(2026, 4, 15)) == 0
    assert publish_closed(date(2026, 4, 16)) == 1
    assert PublishedQuarter.objects.latest("pk").number == 1
