"""What the record's page and the lists of the log show of photos and documents."""

from django.urls import reverse
from django.utils.html import format_html

from portal.access.permissions import Permission
from portal.access.scoping import has
from portal.ui.numbers import day, number
from programs.activities.actions import may_change
from programs.activities.extensions import (
    register_detail_part,
    register_hint,
    register_row_marks,
    register_then,
)
from programs.attachments import limits
from programs.attachments.models import Evidence, Photo


def register() -> None:
    """Hang the section, the hint and the marks on the log's pages."""
    register_detail_part("attachments/_section.html", section)
    register_hint(twins)
    register_row_marks(marks)
    register_then("photos", "Lưu và thêm ảnh", "attachments:add_photos")


def section(entry, record, user) -> dict:
    """The gallery and the documents of one record."""
    all_photos = list(Photo.objects.filter(entry=entry).with_people())
    all_evidence = list(Evidence.objects.filter(entry=entry).with_people())
    photos, evidence = _kept(all_photos), _kept(all_evidence)
    may_write = entry.live and may_change(activity=record, by=user)
    return {
        "photos": photos,
        "evidence": evidence,
        "may_add_photos": may_write and len(photos) < limits.PHOTOS_PER_ENTRY,
        "may_add_evidence": may_write and len(evidence) < limits.EVIDENCE_PER_ENTRY,
        "may_write": may_write,
        "has_history": (all_photos or all_evidence) and has(user, Permission.LOG_HISTORY, record.unit),
    }


def _kept(attachments) -> list:
    return [one for one in attachments if one.removed_at is None]


def twins(entry, record, user) -> list[str]:
    """Photos that the unit's other live activities show as well."""
    photos = Photo.objects.kept().filter(entry=entry, resembles__removed_at=None, resembles__entry__live=True)
    photos = photos.filter(resembles__entry__unit=entry.unit_id).with_twin()
    text = "{} giống ảnh của hoạt động “{}” ngày {}. Kiểm tra xem ảnh có đúng hoạt động này không."
    return [format_html(text, f"Ảnh {photo.place}", *_place_of(photo.resembles.entry)) for photo in photos]


def _place_of(entry) -> tuple[str, str]:
    link = format_html('<a href="{}">{}</a>', reverse("activities:detail", args=[entry.pk]), entry.title)
    return link, day(entry.day)


def marks(entries, user) -> dict[int, str]:
    """How many photos and documents the rows of a list have: "2 ảnh, 1 tài liệu"."""
    found: dict[int, list[str]] = {}
    for model, noun in ((Photo, "ảnh"), (Evidence, "tài liệu")):
        for pk, count in model.objects.counts(entries).items():
            found.setdefault(pk, []).append(f"{number(count)} {noun}")
    return {pk: ", ".join(texts) for pk, texts in found.items()}
