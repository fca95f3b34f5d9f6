"""What was done to the files of one activity, from the events that the triggers wrote."""

from dataclasses import dataclass
from datetime import datetime

from portal.accounts.models import User
from programs.attachments.models import Evidence, Photo

UNKNOWN = "Không rõ"
WORDS = {"attach": "Thêm", "caption": "Sửa chú thích", "detach": "Gỡ"}


@dataclass(frozen=True)
class Step:
    """One change: who did what to which file, and why."""

    at: datetime
    by: str
    what: str
    file: str
    reason: str


def steps_of(entry) -> list[Step]:
    """All changes, latest first."""
    events = [
        (event, noun)
        for model, noun in ((Photo, "ảnh"), (Evidence, "tài liệu"))
        for event in model.pgh_event_model.objects.filter(entry_id=entry.pk).select_related("pgh_context")
    ]
    events.sort(key=lambda pair: (pair[0].pgh_created_at, pair[0].pk), reverse=True)
    names = dict(
        User.objects.filter(pk__in={_who(event) for event, _ in events}).values_list("pk", "full_name")
    )
    return [_step(event, noun, names) for event, noun in events]


def _step(event, noun, names) -> Step:
    text = getattr(event, "caption", None) or getattr(event, "title", None) or f"{noun} {event.place}"
    removed, erased = event.removal_reason, event.erased_at
    what = f"{WORDS[_verb(event)]} {noun}" if not erased else f"Xóa hẳn tệp của {noun}"
    return Step(event.pgh_created_at, names.get(_who(event), UNKNOWN), what, text, removed)


def _verb(event) -> str:
    verb = (event.pgh_context.metadata if event.pgh_context else {}).get("verb")
    return verb if verb in WORDS else "detach" if event.removed_at else "attach"


def _who(event) -> int | None:
    """Removed and added rows say it themselves; who changed a caption stands in the event's context."""
    return (event.pgh_context.metadata if event.pgh_context else {}).get("user") or (
        event.removed_by_id if event.removed_at else event.added_by_id
    )
