"""The file of a document: a PDF or Word document, kept byte for byte beside the evidence of the log."""

from contextlib import suppress

from django.db import DatabaseError, transaction

from portal.files import documents, sizes
from portal.files.names import clean_name
from programs.attachments import storage
from programs.attachments.sweeping import discard_unreferenced
from programs.plans.documents.model import GuidingDocument

CONTENT_TYPES = documents.CONTENT_TYPES


def kept(sha256s) -> set[str]:
    """Those of the files that a document refers to; one of a removed document stays for the history."""
    return set(GuidingDocument.objects.filter(sha256__in=sha256s).values_list("sha256", flat=True))


def judged(upload) -> tuple[bytes, str]:
    """(content, kind) of what was sent. Raises Refused, in words."""
    data = upload.read(sizes.DOCUMENT_BYTES + 1)
    return data, documents.kind_of(data)


def attach(document: GuidingDocument, data: bytes, kind: str, sent_name: str) -> None:
    """Keep the file and put it into the row, which is not saved. Inside a transaction. Raises NoRoom."""
    document.sha256, document.size, document.file_kind = storage.put(data), len(data), kind
    document.file_name = clean_name(sent_name, kind, fallback="van-ban")


def let_go(document: GuidingDocument) -> None:
    """Take the file off a document and, unless somebody else keeps it too, off the disk. In a transaction."""
    sha256 = document.sha256
    nothing = {"sha256": "", "file_name": "", "file_kind": "", "size": None}
    GuidingDocument.objects.filter(pk=document.pk).update(**nothing)
    transaction.on_commit(lambda: discard_unreferenced([sha256]))


def take_back(data: bytes) -> None:
    """After a failure: nothing stays on the disk that no row refers to."""
    with suppress(DatabaseError, OSError):  # with the database or the disk gone it is left to the sweep
        discard_unreferenced([storage.digest_of(data)])
