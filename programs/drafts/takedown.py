"""What a takedown clears of unfinished forms: those of the same commune that hold the words go."""

from django.db.models import Q

from portal.secrecy.erasing import holds
from portal.secrecy.registry import Piece, Target, register_takedown
from portal.units.text import nfc
from programs.drafts.models import Draft


def pieces(target: Target) -> list[Piece]:
    """A draft is no record: it goes as a whole."""
    unit, words = target.found.unit, (*target.words, *target.found.texts)
    of_unit = Draft.objects.filter(Q(unit=unit) | Q(unit__today_unit=unit.today_unit_id or unit.pk))
    ids = [draft.pk for draft in of_unit if holds(_text(draft), words)]

    def clear(takedown, by):
        Draft.objects.filter(pk__in=ids).delete()

    return [Piece("Bản nháp", len(ids), clear)] if ids else []


def _text(draft: Draft) -> str:
    """As it was typed, composed as the log keeps it."""
    typed = (str(value) for values in draft.content.values() for value in values)
    return nfc("\n".join([draft.title, *typed]))


def register() -> None:
    register_takedown(pieces)
