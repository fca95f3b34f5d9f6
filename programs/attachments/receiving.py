"""From what a browser sent to the log: each file for itself, so that a bad one spoils no good one."""

import time

from portal.files import sizes
from portal.files.errors import Refused
from portal.files.names import shown_name
from portal.files.pictures import picture_of
from portal.uploads import refusals_of
from programs.attachments import actions, limits
from programs.attachments.errors import AlreadyThere

LATE = "Chưa kịp xử lý vì gửi nhiều ảnh lớn cùng lúc. Hãy gửi lại ảnh này."


def receive_photos(request, form, entry) -> list[str]:
    """Take what can be taken, name the rest at the form's file box; the names of what was taken."""
    until = time.monotonic() + limits.REQUEST_WALL_S

    def take(file):
        left = until - time.monotonic()
        if left < 1:
            raise Refused(LATE)
        picture = picture_of(_bytes_of(file, sizes.PHOTO_BYTES), seconds=left)
        caption = form.cleaned_data["caption"]
        actions.add_photo(entry=entry, picture=picture, caption=caption, by=request.user)

    return _receive(request, form, take)


def receive_evidence(request, form, entry) -> list[str]:
    """The same for documents."""

    def take(file):
        data, title = _bytes_of(file, sizes.DOCUMENT_BYTES), form.cleaned_data["title"]
        actions.add_evidence(entry=entry, data=data, sent_name=file.name, title=title, by=request.user)

    return _receive(request, form, take)


def _receive(request, form, take) -> list[str]:
    if not form.is_valid() and set(form.errors) - {"files"}:
        return []  # a caption that is too long: nothing is taken before it is mended
    left_out = refusals_of(request, "files")
    if left_out:
        form.errors.pop("files", None)  # "choose a file" would be wrong: it was chosen
    taken = []
    for file in form.cleaned_data.get("files") or []:
        try:
            take(file)
        except AlreadyThere:
            taken.append(shown_name(file.name))
        except Refused as refusal:
            left_out.append((file.name, refusal.message))
        else:
            taken.append(shown_name(file.name))
    for name, why in left_out:
        form.refuse(shown_name(name), why)
    return taken


def _bytes_of(file, most: int) -> bytes:
    """One byte more than allowed at most, for the judge to see that it is too much."""
    return file.read(most + 1)
