"""A tip comes in: once, whole, or not at all."""

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from programs.tips import codes, storing
from programs.tips.clocks import coarse_now, deadlines
from programs.tips.files import Prepared
from programs.tips.models import SealedContact, StagedFile, Tip, TipEvent, TipFile, TipMessage
from programs.tips.sealing import open_bytes, seal_bytes, seal_contact
from programs.tips.states import Channel, Verb

# Files put aside: a robot that fills this keeps others from adding files, not from sending.
MOST_STAGED, STAGED_FOR = 400, timedelta(hours=13)


@dataclass(frozen=True)
class Submission:
    """What is sent. `token` (random bytes) makes the same submission known again; `code` becomes its key."""

    unit: object
    category: str
    story: str
    token: bytes
    code: codes.Code
    place: str = ""
    time_text: str = ""
    about_officer: bool = False
    contact: dict = field(default_factory=dict)
    files: list[Prepared] = field(default_factory=list)
    channel: str = Channel.WEB
    taken_side: str = ""
    is_ticket: bool = False

    def __repr__(self):
        return "Submission(…)"


@dataclass(frozen=True)
class Sent:
    """`is_new` False: it was here already; `is_same` False: and said something else then."""

    pk: int
    is_new: bool
    is_same: bool = True


@transaction.atomic
def send(*, submission: Submission, role: str = "Người cung cấp") -> Sent:
    """Keep a tip with its contact and files. Twice the same token is one tip. Raises NotStored."""
    key = submission_key(submission.token)
    known = Tip.objects.filter(submission_key=key).first()
    if known is None:
        pk = _insert(submission, key)
        if pk is not None:
            _insert_parts(pk, submission)
            TipEvent.objects.create(tip_id=pk, verb=Verb.RECEIVED, role=role)
            return Sent(pk, is_new=True)
        known = Tip.objects.get(submission_key=key)  # the other click was quicker
    return Sent(known.pk, is_new=False, is_same=known.story == submission.story.strip())


def _insert(submission: Submission, key: bytes) -> int | None:
    unit, code = submission.unit, submission.code
    day, half = coarse_now()
    answer_by, finish_by = deadlines(submission.category, day)
    salt, hashed = new_hash(code)
    return storing.insert(
        Tip,
        once_by="submission_key",
        unit_id=unit.pk,
        handling_unit_id=unit.today_province_id if submission.about_officer else unit.pk,
        category=submission.category,
        story=submission.story,
        place=submission.place,
        time_text=submission.time_text,
        about_officer=submission.about_officer,
        channel=submission.channel,
        taken_side=submission.taken_side,
        received_on=day,
        received_half=half,
        locator=code.locator,
        salt=salt,
        secret_hash=hashed,
        is_ticket=submission.is_ticket,
        submission_key=key,
        answer_by=answer_by,
        finish_by=finish_by,
        revision=1,
    )


def _insert_parts(pk: int, submission: Submission) -> None:
    if any(submission.contact.values()):
        box, key_id = seal_contact(submission.contact)
        storing.insert(SealedContact, tip_id=pk, box=box, key_id=key_id)
    for number, file in enumerate(submission.files, start=1):
        storing.insert(TipFile, tip_id=pk, number=number, media_type=file.media_type, content=file.content)


def new_hash(code: codes.Code) -> tuple[bytes, bytes]:
    """(salt, hash) for a code; tips of one locator share the salt, so that a look-up hashes once."""
    storing.lock_locator(code.locator)
    salt = Tip.objects.with_locator(code.locator).values_list("salt", flat=True).first()
    salt = bytes(salt) if salt is not None else codes.new_salt()
    return salt, codes.hashed(code.secret, salt)


@transaction.atomic
def answer(*, tip: Tip, text: str, token: bytes) -> bool:
    """The sender's answer to the officers; False if this very answer is here already."""
    day, half = coarse_now()
    pk = storing.insert(
        TipMessage,
        once_by="submission_key",
        tip_id=tip.pk,
        from_sender=True,
        text=text,
        sent_on=day,
        sent_half=half,
        submission_key=submission_key(token),
    )
    if pk is not None:
        TipEvent.objects.create(tip=tip, verb=Verb.ANSWERED, role="Người cung cấp")
    return pk is not None


def submission_key(token: bytes) -> bytes:
    return hashlib.sha256(token).digest()


def is_sent(token: bytes) -> bool:
    """Whether a tip of this token is here already."""
    return Tip.objects.filter(submission_key=submission_key(token)).exists()


def has_room_to_stage() -> bool:
    """Whether one more file may be put aside; what nobody confirmed in time is thrown away first."""
    sweep_staged()
    return StagedFile.objects.count() < MOST_STAGED


def sweep_staged() -> int:
    """Throw away what waited longer than its form can be opened; how many files that were."""
    return StagedFile.objects.filter(staged_at__lt=timezone.now() - STAGED_FOR).delete()[0]


def stage(*, token: bytes, key: bytes, file: Prepared) -> int:
    """Put a file aside until its sender confirms. Raises NotStored."""
    return storing.insert(StagedFile, token=submission_key(token)[:16], sealed=seal_bytes(key, file.content))


def staged(*, token: bytes, key: bytes, files: list[dict]) -> list[Prepared]:
    """The files put aside, {"id", "type"} each; those that were swept away meanwhile are missing."""
    rows = StagedFile.objects.filter(token=submission_key(token)[:16]).in_bulk([file["id"] for file in files])
    return [
        Prepared(file["type"], open_bytes(key, rows[file["id"]].sealed))
        for file in files
        if file["id"] in rows
    ]


def unstage(*, token: bytes) -> None:
    """What was put aside is kept with the tip now, or no longer wanted."""
    StagedFile.objects.filter(token=submission_key(token)[:16]).delete()
