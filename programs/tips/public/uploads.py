"""Files that come with a form: judged at once, put aside sealed, until the sender has confirmed."""

from portal.uploads import refusals_of
from programs.tips import files, sending
from programs.tips.errors import BadFile, NotStored
from programs.tips.public.drafts import Draft

BUSY = "Máy chủ đang nhận quá nhiều tệp. Có thể gửi không kèm tệp, hoặc thử lại sau một giờ."
NOT_STORED = "Máy chủ hết chỗ, chưa nhận được tệp. Có thể gửi không kèm tệp, hoặc thử lại sau."
TOO_MANY = f"Nhiều nhất {files.MOST_FILES} tệp. Các tệp sau không được nhận."


def take(request, draft: Draft) -> list[str]:
    """Put the files of the form aside, forget those unticked; what was not taken, in words."""
    dropped = set(request.POST.getlist("drop"))
    draft.files = [file for file in draft.files if str(file["id"]) not in dropped]
    faults = [_told(name, why) for name, why in refusals_of(request, "files")]
    for upload in request.FILES.getlist("files"):
        if len(draft.files) >= files.MOST_FILES:
            return [*faults, TOO_MANY]
        faults += _taken(upload, draft)
    return faults


def _taken(upload, draft: Draft) -> list[str]:
    try:
        if not sending.has_room_to_stage():
            return [BUSY]
        file = files.prepared(upload)
        pk = sending.stage(token=draft.token, key=draft.key, file=file)
    except BadFile as fault:
        return [_told(upload.name, str(fault))]
    except NotStored:
        return [NOT_STORED]
    draft.files.append({"id": pk, "type": file.media_type, "size": len(file.content)})
    return []


def _told(name: str, why: str) -> str:
    return f"{name}: {why}" if name else why


def listed(draft: Draft) -> list[dict]:
    """The files put aside, for the page: a number, what it is, how large; names are not kept."""
    return [
        {
            "id": str(file["id"]),
            "label": f"{files.LABELS[file['type']]} {number}",
            "kb": max(1, file["size"] // 1024),
        }
        for number, file in enumerate(draft.files, start=1)
    ]
