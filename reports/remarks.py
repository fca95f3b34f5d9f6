"""The remarks that a report is born with, in administrative Vietnamese. People may edit them."""

from portal.ui.numbers import number
from portal.units.models import in_sentence
from reports import phrases
from reports.calendar import Period
from reports.lines import flows
from reports.phrases import against, amount

NIL = "Không phát sinh trong kỳ."
SPOKEN = {
    "sessions",
    "session_attendances",
    "session_tips",
    "mediations_received",
    "mediations_concluded",
    "mediations_succeeded",
    "mediations_failed",
    "mediations_transferred",
}


def draft_situation(*, place: str, programme: str, period: Period, divided: list[str]) -> str:
    """What the report covers; nothing that only people can know. `place`: "phường Thành Sen"."""
    text = (
        f"Báo cáo phản ánh kết quả thực hiện Chương trình phối hợp số {programme} trên địa bàn {place} "
        f"{period.label} ({period.data_range_label})."
    )
    if divided:
        text += (
            " Số liệu cùng kỳ và lũy kế tính theo đơn vị kế thừa chính; các đơn vị cũ đã chia về nhiều nơi: "
            f"{', '.join(in_sentence(name) for name in divided)}."
        )
    return text


def draft_results(lines: list[dict], *, opening: str = "Trong kỳ đã tổ chức") -> str:
    """The figures of the table in sentences, a paragraph a group; NIL when nothing happened at all."""
    standing, lines = phrases.on_standing(lines), flows(lines)
    by_slug = {line["indicator"]: line for line in lines}
    if not any(line["current"] for line in lines):
        return "\n".join(filter(None, [NIL, standing]))
    paragraphs = [
        *(_awareness(by_slug, opening), *phrases.on_awareness(by_slug), *phrases.on_tips(by_slug)),
        *(_mediation(by_slug), *phrases.on_other_work(by_slug)),
    ]
    spoken = {slug for slug in by_slug if slug in SPOKEN or phrases.is_spoken(slug)}
    others = [line for line in lines if line["indicator"] not in spoken and line["current"]]
    paragraphs += [f"{line['name']}: {amount(line)}{against(line)}." for line in others]
    return "\n".join(filter(None, [*paragraphs, standing]))


def draft_received(*, received: int, owing: int, missing: list[str]) -> str:
    """How many communes a province's report adds up, and who is missing, by name."""
    text = f"Đã tổng hợp báo cáo của {number(received)}/{number(owing)} xã, phường, đặc khu."
    if missing:
        text += f" Chưa có báo cáo của: {', '.join(in_sentence(name) for name in missing)}."
    return text


def _awareness(by_slug, opening) -> str:
    sessions, people, tips = (by_slug[s] for s in ("sessions", "session_attendances", "session_tips"))
    if not any(line["current"] for line in (sessions, people, tips)):
        return f"Tuyên truyền, vận động: {_lower(NIL)}"
    text = f"{opening} {amount(sessions)} tuyên truyền"
    text += f" với {amount(people)} tham dự" if people["current"] else ""
    text += against(sessions)
    if tips["current"]:
        text += f"; qua tuyên truyền thu được {number(tips['current'])} nguồn tin có giá trị{against(tips)}"
    return text + "."


def _mediation(by_slug) -> str:
    received, concluded = by_slug["mediations_received"], by_slug["mediations_concluded"]
    if not received["current"] and not concluded["current"]:
        return f"Hòa giải ở cơ sở: {_lower(NIL)}"
    text = f"Tiếp nhận {amount(received)} mâu thuẫn{against(received)}; đã hòa giải xong {amount(concluded)}"
    parts = [
        f"{words} {number(by_slug[slug]['current'])} vụ"
        for slug, words in (
            ("mediations_succeeded", "hòa giải thành"),
            ("mediations_failed", "hòa giải không thành"),
            ("mediations_transferred", "chuyển cơ quan khác"),
        )
        if by_slug[slug]["current"]
    ]
    return text + (f", trong đó {', '.join(parts)}." if parts else ".")


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
