"""Keeping and dropping drafts. Keyword-only, atomic, with `by=`. Errors: see `errors`."""

import json
import uuid
from collections.abc import Iterable

from django.db import connection, transaction
from django.utils import timezone
from django.utils.html import format_html

from portal.accounts.models import User
from portal.secrecy.markers import found_in, told
from programs.drafts.errors import AlreadyLogged, DraftRefused
from programs.drafts.models import MOST, MOST_BYTES, Draft

TOO_MANY = (
    f"Chưa lưu nháp: ông/bà đang giữ {MOST} bản nháp, là số nhiều nhất. Hoàn thành hoặc bỏ bớt rồi lưu lại."
)
TOO_LONG = "Chưa lưu nháp: nội dung quá dài để giữ làm bản nháp. Rút gọn, hoặc lưu vào sổ."


@transaction.atomic
def keep_draft(
    *, kind, grouped: bool, unit, side: str, token: uuid.UUID, content: dict, labels: dict, title: str, by
) -> Draft:
    """Keep what was typed into one form in the place of what was kept of it before.

    `content`: {name: [values]}; `labels`: {name: label}, for what is said about a name. Text with a sign of
    a state secret is not kept, and cannot be attested: whoever saves the activity is asked then.
    """
    _refuse_secrets(content, labels)
    if len(json.dumps(content, ensure_ascii=False).encode()) > MOST_BYTES:
        raise DraftRefused(TOO_LONG)
    _hold(token)
    if kind.model.objects.filter(logged_by=by, client_token=token).exists():
        raise AlreadyLogged
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two forms at once do not take one place
    known = sorted(Draft.objects.open_to(by).filter(token=token), key=lambda draft: draft.owner_id != by.pk)
    draft = known[0] if known else Draft(token=token)
    if draft.owner_id != by.pk:  # begun now, or left behind by a colleague and taken over
        draft.owner, draft.place = by, _free_place(by)
    draft.unit, draft.side = unit, side
    draft.kind, draft.grouped = kind.slug, grouped
    draft.title, draft.content, draft.saved_at = title[:300], content, timezone.now()
    draft.save()
    return draft


def forget_form(*, token: uuid.UUID, by) -> None:
    """Drop what was kept of a form that stands in the log now; inside the transaction that wrote it."""
    _hold(token)
    Draft.objects.filter(pk__in=Draft.objects.open_to(by).filter(token=token).values("pk")).delete()


def drop_draft(*, draft: Draft, by) -> None:
    """Throw a draft away; nothing where it is gone or another's by now."""
    Draft.objects.filter(pk__in=Draft.objects.open_to(by).filter(pk=draft.pk).values("pk")).delete()


def purge() -> int:
    """Throw away what nobody has saved for so long; how many."""
    return Draft.objects.stale().delete()[0]


def _refuse_secrets(content: dict, labels: dict) -> None:
    found = found_in((labels.get(name, name), text) for name, text in _texts(content))
    if found:
        raise DraftRefused(format_html("Chưa lưu nháp. {}", told(found)))


def _texts(content: dict) -> Iterable[tuple[str, str]]:
    return ((name, text) for name, values in content.items() for text in values)


def _hold(token: uuid.UUID) -> None:
    """Keeping and logging one form wait for each other: a late draft does not outlive its activity."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"draft:{token}"])


def _free_place(by) -> int:
    Draft.objects.stale().filter(owner=by).delete()
    taken = set(Draft.objects.filter(owner=by).values_list("place", flat=True))
    free = [place for place in range(1, MOST + 1) if place not in taken]
    if not free:
        raise DraftRefused(TOO_MANY)
    return free[0]
