"""What a takedown clears of the files of an activity: the files, captions, titles, names, reasons."""

from portal.secrecy.erasing import erase
from portal.secrecy.registry import Piece, Target, register_takedown
from programs.activities.models import ActivityEntry
from programs.activities.takedown import PLACE
from programs.attachments import actions
from programs.attachments.models import Evidence, Photo

WORDS = {Photo: ("caption", "removal_reason"), Evidence: ("title", "name", "removal_reason")}
NOUN = {Photo: "Ảnh", Evidence: "Tài liệu"}
REASON = "Gỡ nội dung"


def pieces(target: Target) -> list[Piece]:
    """Files on the disk, words of removed ones too, and what the history tells of them."""
    if target.place != PLACE:
        return []
    entry = ActivityEntry.objects.get(pk=target.subject)
    counts = {model: model.objects.filter(entry=entry).count() for model in WORDS}
    if not any(counts.values()):
        return []

    def wipe(takedown, by):
        actions.erase_all(entry=entry, reason=REASON, by=by)
        for model, columns in WORDS.items():
            erase(takedown, model, [entry.pk], columns, key="entry_id")
            erase(takedown, model.pgh_event_model, [entry.pk], columns, key="entry_id")

    (first, *others) = [Piece(f"{NOUN[model]}, cả tệp và chữ đi kèm", n) for model, n in counts.items() if n]
    return [Piece(first.label, first.count, wipe), *others, *_shared(entry)]


def _shared(entry) -> list[Piece]:
    """The same file on another activity stays until that one is taken down."""
    warnings = []
    for model in WORDS:
        files = model.objects.filter(entry=entry, erased_at=None).values("sha256")
        elsewhere = model.objects.filter(sha256__in=files, erased_at=None).exclude(entry=entry)
        for pk in elsewhere.values_list("entry_id", flat=True).distinct()[:20]:
            warnings.append(f"{NOUN[model]} này còn ở hoạt động số {pk}: gỡ riêng hoạt động đó.")
    return [Piece("", 0, warning=text) for text in warnings]


def register() -> None:
    register_takedown(pieces)
