"""How a file comes in: onto the disk, never into memory, and only so much of it.

A file that is too large, or for which there is no room, is left out; the rest of the form is read, so that
the page comes back with what was typed. `refusals_of(request)` says which files were left out, and why.
"""

import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

MB = 1024 * 1024
LARGEST_FILE = 25 * MB
LARGEST_REQUEST = 60 * MB
TOO_LARGE = f"Tệp lớn quá {LARGEST_FILE // MB} MB."
TOO_MUCH = f"Các tệp gửi cùng lúc lớn quá {LARGEST_REQUEST // MB} MB. Hãy gửi ít tệp hơn mỗi lần."
NO_ROOM = "Máy chủ hết chỗ chứa tạm. Hãy báo quản trị rồi thử lại sau."


class StagedFile(TemporaryUploadedFile):
    """A file in UPLOAD_DIR, which goes when it is closed. The folder is made when it is needed."""

    def __init__(self, name, content_type, size, charset, content_type_extra=None):
        Path(settings.UPLOAD_DIR).mkdir(parents=True, exist_ok=True)
        file = tempfile.NamedTemporaryFile(suffix=".upload", dir=settings.UPLOAD_DIR)  # noqa: SIM115
        UploadedFile.__init__(self, file, name, content_type, size, charset, content_type_extra)


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Streams each file into UPLOAD_DIR, up to the limits."""

    def __init__(self, request=None):
        super().__init__(request)
        self.total = 0
        self.refusals = []
        if request is not None:
            request.upload_refusals = self.refusals

    def new_file(self, *args, **kwargs):
        self.__dict__.pop("file", None)  # the parser closes what is there
        try:
            super(TemporaryFileUploadHandler, self).new_file(*args, **kwargs)
            about = (self.file_name, self.content_type, 0, self.charset, self.content_type_extra)
            self.file = StagedFile(*about)
        except OSError:
            self._refuse(NO_ROOM)

    def receive_data_chunk(self, raw_data, start):
        self.total += len(raw_data)
        if self.total > LARGEST_REQUEST:
            self._refuse(TOO_MUCH)
        if start + len(raw_data) > LARGEST_FILE:
            self._refuse(TOO_LARGE)
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError:
            self._refuse(NO_ROOM)

    def _refuse(self, why: str) -> None:
        self.refusals.append((self.field_name, self.file_name or "", why))
        raise SkipFile  # the parser closes the file, and a temporary one is gone with that


def refusals_of(request, field: str) -> list[tuple[str, str]]:
    """(name, why) of the files of a field that were left out of `request.FILES`."""
    _ = request.FILES  # parsed now, if nobody has asked for it before
    left_out = getattr(request, "upload_refusals", [])
    return [(name, why) for field_name, name, why in left_out if field_name == field]
