"""Files by their content: the name of a file is its SHA-256, so the same content lies on the disk once.

Rows say who refers to it. Whoever adds a row holds the content's shared lock from before the file is
written until commit; whoever removes a file holds it exclusively and looks for rows once more. So a file
that a row refers to is never removed, and what a failed transaction has written is.
"""

import contextlib
import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection

from programs.attachments.errors import NoRoom

FOLDER = "tep"
HALF = ".half"
LOCK_CLASS = 0x7E9F


class DurableFileStorage(FileSystemStorage):
    """The default storage on a disk: a file appears under its name whole and on the disk, or not at all."""

    def _save(self, name, content):
        target = Path(self.path(name))
        half = Path(self.path(HALF))
        half.mkdir(parents=True, exist_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=half)
        try:
            with open(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(temporary, self.file_permissions_mode or 0o600)
            os.replace(temporary, target)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(temporary)
            raise
        _settle(target.parent)
        return str(name).replace("\\", "/")


def _settle(folder: Path) -> None:
    """Have the folder's new name survive a power cut too."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def name_of(sha256: str) -> str:
    return f"{FOLDER}/{sha256[:2]}/{sha256}"


def put(data: bytes) -> str:
    """Keep the content and give its SHA-256. Inside a transaction: it is held until that ends.

    Raises NoRoom when it cannot be written.
    """
    sha256 = digest_of(data)
    hold(sha256)
    try:
        if not _is_whole(sha256, len(data)):
            default_storage.delete(name_of(sha256))
            default_storage.save(name_of(sha256), ContentFile(data))
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EACCES, errno.EFBIG):
            raise NoRoom from error
        raise
    return sha256


def _is_whole(sha256: str, size: int) -> bool:
    return exists(sha256) and default_storage.size(name_of(sha256)) == size


def exists(sha256: str) -> bool:
    return default_storage.exists(name_of(sha256))


def open_file(sha256: str):
    """The file, opened for reading in binary. Raises FileNotFoundError."""
    return default_storage.open(name_of(sha256), "rb")


def remove(sha256: str) -> None:
    default_storage.delete(name_of(sha256))


def hold(sha256: str) -> None:
    """Let nobody remove this content before the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", _lock_of(sha256))


def hold_alone(sha256: str) -> bool:
    """Whether nobody else is adding this content; nobody can until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", _lock_of(sha256))
        return cursor.fetchone()[0]


def _lock_of(sha256: str) -> tuple[int, int]:
    return LOCK_CLASS, int(sha256[:8], 16) - (1 << 31)


def stored() -> Iterator[str]:
    """The SHA-256 of every file that is kept, in order."""
    for folder in _listing(FOLDER)[0]:
        yield from _listing(f"{FOLDER}/{folder}")[1]


def listed(path: str) -> list[str]:
    """The files of a folder of the storage."""
    return _listing(path)[1]


def _listing(path: str) -> tuple[list[str], list[str]]:
    try:
        folders, files = default_storage.listdir(path)
    except FileNotFoundError:
        return [], []
    return sorted(folders), sorted(files)
