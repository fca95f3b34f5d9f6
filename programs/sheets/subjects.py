"""What can be taken in from a table: every kind of activity, and opening data."""

from programs.activities.registry import kinds
from programs.sheets.kinds import KindSubject
from programs.sheets.opening import OPENING


def slugs() -> dict[str, str]:
    """{slug: name} of all subjects, in the order in which they are offered."""
    opening = {slug: subject.title for slug, subject in OPENING.items()}
    return {kind.slug: kind.plural for kind in kinds()} | opening


def subject_of(slug: str, *, unit, user):
    """The subject of a slug for one unit; KeyError if there is none."""
    if slug in OPENING:
        return OPENING[slug](unit=unit, user=user)
    kind = next((kind for kind in kinds() if kind.slug == slug), None)
    if kind is None:
        raise KeyError(slug)
    return KindSubject(kind, unit=unit, user=user)
