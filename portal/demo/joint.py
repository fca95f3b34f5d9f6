"""What several do together in the demo: a joint activity, and what a member organisation logs."""

from datetime import timedelta

from django.utils import timezone

from portal.accounts.models import Posting, Role, Side, User
from portal.demo.log_entries import ILLUSTRATION, write
from portal.demo.people import SINCE, account
from portal.units.models import AdminUnit
from programs.partners.actions import confirm_for_the_front, set_partners
from programs.partners.models import LinkedMovement, Partner

LEADS, JOINS = "18073", "18100"


def together() -> None:
    """One session of two communes; two of the women's union, one confirmed and one that waits."""
    communes = AdminUnit.objects.today().communes()
    leads, joins = communes.get(code=LEADS), communes.get(code=JOINS)
    police, front = (User.objects.get(username=f"{prefix}.{LEADS}") for prefix in ("ca", "mt"))
    joint = _session(leads, police, 3, "Ra quân tuyên truyền vùng giáp ranh hai phường", 180)
    women = Partner.objects.get(name="Hội Liên hiệp Phụ nữ")
    set_partners(
        entry_id=joint.pk,
        chaired=["police", "front"],
        joined=[str(women.pk)],
        units=[joins],
        movements=LinkedMovement.objects.filter(name="Toàn dân tham gia phòng, chống ma túy"),
        by=police,
    )
    member = _member(leads)
    seen = _session(leads, member, 4, "Sinh hoạt chi hội phụ nữ: phòng, chống bạo lực gia đình", 45)
    _session(leads, member, 2, "Truyền thông phòng, chống mua bán người cho hội viên phụ nữ", 60)
    if seen.awaits_front:
        confirm_for_the_front(activity=seen, expected_revision=seen.revision, by=front)


def _session(unit, by, days_ago: int, title: str, attendances: int):
    data = {
        "unit": unit,
        "held_on": timezone.localdate() - timedelta(days=days_ago),
        "title": title,
        "topics": ["movement"],
        "form": "gathering",
        "audience": "residents",
        "attendances": attendances,
        "valuable_tips": None,
        "narrative": ILLUSTRATION,
        "areas": [],
    }
    return write("tuyen-truyen", data, by)


def _member(unit) -> User:
    """An officer of the women's union, who logs and has no reports."""
    user = account(f"pn.{unit.code}", "Trần Thị Bích Liên")
    Posting.objects.get_or_create(
        user=user,
        unit=unit,
        side=Side.MEMBER,
        role=Role.COMMUNE_OFFICER,
        defaults={"title": "Chủ tịch Hội Liên hiệp Phụ nữ phường", "starts_on": SINCE},
    )
    return user
