"""What the desk's pages say about tips."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from portal.access.permissions import Permission
from portal.access.scoping import has
from portal.home.parts import HomeTask
from portal.ui.numbers import day, number
from programs.tips.desk.steps import STEPS
from programs.tips.models import ContactOpening, Tip
from programs.tips.states import State

TAGS = {
    State.RECEIVED: "wait",
    State.CHECKING: "",
    State.HANDED_OVER: "done",
    State.CLOSED: "done",
    State.MERGED: "",
}
SHOWN = 3
# Name of the count, tag, title, what the queue shows then, colour.
TASKS = (
    ("late", "Quá hạn", "{} nguồn tin quá hạn xử lý", "?show=late", "late"),
    ("answered", "Trả lời mới", "{} nguồn tin có trả lời mới của người cung cấp", "?show=answered", "wait"),
    ("new", "Mới", "{} nguồn tin chưa phân loại", "", "wait"),
)


@dataclass(frozen=True)
class Row:
    """One line of the queue."""

    pk: int
    url: str
    category: str
    received: str
    due: str
    is_late: bool
    state: str
    css: str
    about: str
    handler: str
    marks: list[str]


def rows_of(page, today) -> list[Row]:
    return [_row(tip, today) for tip in page]


def _row(tip: Tip, today) -> Row:
    return Row(
        pk=tip.pk,
        url=reverse("tip_desk:detail", args=[tip.pk]),
        category=tip.get_category_display(),
        received=f"{day(tip.received_on)}, {tip.get_received_half_display()}",
        due=day(tip.due) if tip.due else "–",
        is_late=bool(tip.due and tip.due < today),
        state=tip.get_state_display(),
        css=TAGS[State(tip.state)],
        about=tip.unit.full_name if tip.unit_id != tip.handling_unit_id else "",
        handler=tip.handled_by.full_name if tip.handled_by else "",
        marks=_marks(tip),
    )


def _marks(tip: Tip) -> list[str]:
    marks = [
        (tip.last_word, "có trả lời mới"),
        (tip.file_count, f"{tip.file_count} tệp"),
        (tip.has_contact, "có thông tin liên hệ (niêm phong)"),
        (tip.about_officer, "liên quan đến cán bộ"),
        (tip.held, "giữ lại, không xóa"),
    ]
    return [text for holds, text in marks if holds]


def facts(tip: Tip, today) -> list[tuple[str, str]]:
    """(label, text) of one tip, apart from what the person told."""
    late = " (quá hạn)" if tip.due and tip.due < today else ""
    found = [
        ("Loại", tip.get_category_display()),
        ("Nơi xảy ra", tip.unit.full_name),
        ("Đơn vị giải quyết", f"Công an {tip.handling_unit.full_name}"),
        ("Nhận", f"{day(tip.received_on)}, {tip.get_received_half_display()}; {tip.get_channel_display()}"),
        ("Hạn bắt đầu xử lý", day(tip.answer_by) + (late if tip.state == State.RECEIVED else "")),
        ("Hạn giải quyết", day(tip.finish_by) + (late if tip.state == State.CHECKING else "")),
        ("Cán bộ", tip.handled_by.full_name if tip.handled_by else ""),
        ("Cơ quan nhận", tip.handed_over_to),
        ("Số tiếp nhận", tip.intake_number),
        ("Ngày chuyển", day(tip.handed_over_on) if tip.handed_over_on else ""),
        ("Kết quả", tip.get_outcome_display() if tip.outcome else ""),
        ("Gộp vào", f"Nguồn tin số {tip.merged_into_id}" if tip.merged_into_id else ""),
        ("Tính ở buổi tuyên truyền", _session(tip)),
        ("Xóa sau ngày", day(tip.purge_after) if tip.purge_after else ""),
        ("Giữ lại, không xóa", tip.held_reason),
    ]
    return [(label, text) for label, text in found if text]


def _session(tip: Tip) -> str:
    if tip.session is None or tip.session.live:
        return tip.session.title if tip.session else ""
    return f"{tip.session.title} (buổi đã xóa khỏi sổ: nguồn tin tính riêng)"


@dataclass(frozen=True)
class Offer:
    """A step as a link."""

    label: str
    url: str


def offered(tip: Tip, user) -> list[Offer]:
    """The steps that this person may take with the tip as it is."""
    rights = {p for p in {step.permission for step in STEPS} if has(user, p, tip.handling_unit)}
    return [
        Offer(step.label, reverse(f"tip_desk:{step.name}", args=[tip.pk]))
        for step in STEPS
        if step.permission in rights and step.possible(tip)
    ]


@dataclass(frozen=True)
class OpeningLine:
    """A request to open the contact: what it says, and what this person may do about it."""

    reason: str
    asked: str
    answer: str
    url: str
    label: str


def openings_of(tip: Tip, user) -> list[OpeningLine]:
    rows = tip.openings.select_related("asked_by", "decided_by").order_by("pk")
    return [_opening(tip, opening, user) for opening in rows]


def _opening(tip: Tip, opening: ContactOpening, user) -> OpeningLine:
    url, label = _way_on(tip, opening, user)
    return OpeningLine(
        reason=opening.reason,
        asked=f"{opening.asked_by.full_name}, {day(timezone.localdate(opening.asked_at))}",
        answer=_answer(opening),
        url=url,
        label=label,
    )


def _way_on(tip: Tip, opening: ContactOpening, user) -> tuple[str, str]:
    """(address, label) of what this person may do about a request."""
    is_own = opening.asked_by_id == user.pk
    if opening.agreed is None and not is_own and has(user, Permission.TIP_APPROVE, tip.handling_unit):
        return reverse("tip_desk:decide", args=[tip.pk, opening.pk]), "Duyệt…"
    if opening.agreed and opening.opened_at is None and is_own:
        return reverse("tip_desk:open", args=[tip.pk, opening.pk]), "Mở…"
    return "", ""


def _answer(opening: ContactOpening) -> str:
    if opening.agreed is None:
        return "Chờ duyệt"
    who = opening.decided_by.full_name
    if not opening.agreed:
        return f"{who} không đồng ý"
    return f"{who} đồng ý; {'đã mở' if opening.opened_at else 'chưa mở'}"


def desk_tasks(user) -> list[HomeTask]:
    """On "Việc cần làm": how many wait, nothing of what they say."""
    if not has(user, Permission.TIP_HANDLE):
        return []
    mine, url = Tip.objects.visible_to(user, Permission.TIP_HANDLE), reverse("tip_desk:queue")
    counts = mine.desk_counts(timezone.localdate())
    tasks = [
        HomeTask(tag, title.format(number(counts[name])), "Mở hàng đợi", f"{url}{query}", css=css)
        for name, tag, title, query, css in TASKS
        if counts[name]
    ]
    return tasks + _to_decide(user)


def _to_decide(user) -> list[HomeTask]:
    """Requests of others to open a contact, for those who decide."""
    if not has(user, Permission.TIP_APPROVE):
        return []
    tips = Tip.objects.visible_to(user, Permission.TIP_APPROVE)
    waiting = ContactOpening.objects.filter(tip__in=tips, decided_by__isnull=True).exclude(asked_by=user)
    found = list(waiting.order_by("pk").values_list("tip", flat=True)[:SHOWN])
    return [
        HomeTask(
            "Chờ duyệt",
            f"Đề nghị mở thông tin liên hệ, nguồn tin số {pk}",
            "Xem",
            reverse("tip_desk:detail", args=[pk]),
        )
        for pk in found
    ]
