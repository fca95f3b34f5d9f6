"""What a takedown clears of an activity: its texts, those of its history, and jobs that failed over it.

Figures, days, units and people stay: the tally does not move.
"""

from django.db import models
from django.db.models import Q

from portal.jobs.models import Job
from portal.secrecy.erasing import MARK, erase, holds, quotes_of
from portal.secrecy.registry import Found, Piece, Target, register_place, register_takedown
from portal.secrecy.tombstones import Takedown
from programs.activities.extensions import register_detail_part
from programs.activities.models import ActivityEntry
from programs.activities.registry import kind

PLACE = "activity"
TECHNICAL = {"content_hash"}


def text_columns(model) -> list[str]:
    """The columns in which somebody typed words, of a kind or of its history."""
    return [
        field.column
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and field.name not in TECHNICAL
        and not field.name.startswith("pgh_")
    ]


def find(subject: int) -> Found | None:
    """The activity of any unit, deleted ones too; called by its kind, number and day, not by its title."""
    entry = ActivityEntry.objects.select_related("unit").filter(pk=subject).first()
    if entry is None:
        return None
    of_kind = kind(entry.kind)
    name = f"{of_kind.name} số {entry.pk}, ngày {entry.day:%d/%m/%Y}"
    return Found(unit=entry.unit, name=name, texts=tuple(_texts(of_kind, entry.pk)))


def _texts(of_kind, pk: int) -> list[str]:
    """All that was ever typed, the common titles aside: another text that says the same was not copied."""
    columns = text_columns(of_kind.model)
    rows = [
        *of_kind.model.objects.filter(pk=pk).values_list(*columns),
        *of_kind.event_model.objects.filter(pgh_obj_id=pk).values_list(*columns),
    ]
    texts = dict.fromkeys(text for row in rows for text in row if text and text != MARK)
    return [each for each in quotes_of(texts) if not _is_common(each, pk)]


def _is_common(text: str, pk: int) -> bool:
    return len(text) <= 300 and ActivityEntry.objects.filter(title=text).exclude(pk=pk).exists()


def pieces(target: Target) -> list[Piece]:
    found = [_jobs(target)]
    if target.place == PLACE:
        entry = ActivityEntry.objects.get(pk=target.subject)
        found += [_record(entry), _events(entry)]
    return [*filter(None, found), *_said_elsewhere(target)]


def _record(entry) -> Piece:
    def rewrite(takedown, by):
        model = kind(entry.kind).model
        row = model.objects.filter(pk=entry.pk)
        values = row.values(*text_columns(model)).get()
        # Through the log's own triggers: they write the entry, its search text and the step in the history.
        row.update(**{name: MARK for name, value in values.items() if value}, content_hash="")

    return Piece("Bản ghi trong sổ, gồm khóa tìm kiếm", 1, rewrite)


def _events(entry) -> Piece:
    events = kind(entry.kind).event_model
    ids = list(events.objects.filter(pgh_obj_id=entry.pk).values_list("pk", flat=True))

    def clear(takedown, by):
        erase(takedown, events, [entry.pk], text_columns(events), key="pgh_obj_id")
        erase(takedown, events, [entry.pk], ["content_hash"], key="pgh_obj_id", mark="")

    return Piece("Dòng lịch sử của bản ghi", len(ids), clear)


def _jobs(target: Target) -> Piece | None:
    """The message of a failed job may quote what it failed over."""
    words = [*target.words, *target.found.texts]
    failed = Job.objects.exclude(error="").values_list("pk", "error")
    ids = [pk for pk, error in failed if holds(error, words)]

    def clear(takedown, by):
        Job.objects.filter(pk__in=ids).update(error=MARK)

    return Piece("Thông báo lỗi của công việc nền", len(ids), clear) if ids else None


def _said_elsewhere(target: Target) -> list[Piece]:
    """Other activities of the province that say the same: each is taken down by itself."""
    if not target.words:
        return []
    province = target.found.unit.today_province_id or target.found.unit.pk
    titles = Q(*[("title__contains", word) for word in target.words], _connector=Q.OR)
    others = ActivityEntry.objects.filter(titles, unit__today_province=province)
    own = target.subject if target.place == PLACE else None
    return [
        Piece("", 0, warning=f"Đoạn này còn ở tên của {find(pk).name}: gỡ riêng bản ghi đó.")
        for pk in others.exclude(pk=own).values_list("pk", flat=True)[:20]
    ]


def tombstone_of(entry, record, user) -> dict | None:
    """For the record's page: that its words were taken down."""
    found = Takedown.objects.filter(place=PLACE, subject=entry.pk).first()
    return {"takedown": found} if found else None


def register() -> None:
    register_place(PLACE, "/so-theo-doi/", "Hoạt động trong sổ theo dõi", find)
    register_takedown(pieces)
    register_detail_part("secrecy/_tombstone.html", tombstone_of)
