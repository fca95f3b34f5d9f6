"""Questions about attachments, by name."""

from django.db import models
from django.db.models import Q

from programs.activities.models import ActivityEntry

# Of 64 bits. Resizing and compressing anew changes two or three; two different scenes differ in some thirty.
NEAR = 5
# Fewer or more bits than these: a plain surface or a page of text, alike without being the same.
PLAIN_BELOW, PLAIN_ABOVE = 10, 54


class AttachmentQuerySet(models.QuerySet):
    """Whoever may see an activity may see what is attached to it."""

    def visible_to(self, user, permission):
        """Attachments of the activities on which `user` has `permission`; nothing for strangers."""
        return self.filter(entry__in=ActivityEntry.objects.visible_to(user, permission))

    def kept(self):
        return self.filter(removed_at=None)

    def removed(self):
        return self.filter(removed_at__isnull=False)

    def counts(self, entries) -> dict[int, int]:
        """How many there are at each of these activities, by the activity's id; none where none are."""
        rows = self.kept().filter(entry__in=[entry.pk for entry in entries]).order_by()
        return dict(rows.values_list("entry").annotate(models.Count("pk")))

    def with_people(self):
        return self.select_related("added_by", "removed_by")

    def referring_to(self, sha256s):
        """Rows whose files may not be removed."""
        return self.filter(erased_at=None, sha256__in=sha256s)


class PhotoQuerySet(AttachmentQuerySet):
    def referring_to(self, sha256s):
        return self.filter(Q(sha256__in=sha256s) | Q(thumbnail__in=sha256s), erased_at=None)

    def like(self, *, sha256: str, look: int):
        """The same picture, or one that looks the same; the nearest first, then the latest."""
        same = Q(sha256=sha256)
        if PLAIN_BELOW <= (look & (1 << 64) - 1).bit_count() <= PLAIN_ABOVE:
            same |= Q(distance__lte=NEAR)
        distance = models.Func(
            models.F("look"),
            models.Value(look, models.BigIntegerField()),
            template="bit_count((%(expressions)s)::bit(64))",
            arg_joiner=" # ",
            output_field=models.BigIntegerField(),
        )
        return self.annotate(distance=distance).filter(same).order_by("distance", "-pk")

    def with_twin(self):
        """Ready to say which activity's photo each resembles."""
        return self.select_related("resembles__entry")
