"""Questions about tips. A tip is seen where it is handled, never from the level above."""

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, When

from portal.access.scoping import ScopedQuerySet
from programs.tips.states import OPEN, Category, State

CONTENT = ("story", "place", "time_text", "salt", "secret_hash", "submission_key")


class TipQuerySet(ScopedQuerySet):
    unit_path = "handling_unit"

    def open(self):
        return self.filter(state__in=OPEN)

    def with_locator(self, locator: int):
        return self.filter(locator=locator)

    def due_for_purge(self, today):
        """Closed long enough ago, not held; a crime report only when its hand-over is recorded."""
        return self.filter(purge_after__lt=today, held=False).exclude(
            Q(category=Category.CRIME, handed_over_on__isnull=True)
            & Q(merged_into__handed_over_on__isnull=True)  # also where it was merged into none
        )

    def roots(self):
        """Those that stand for themselves and for what was merged into them."""
        return self.filter(merged_into__isnull=True)

    def with_due(self):
        """`due`: the next deadline; none once another body has it, or it is over."""
        return self.annotate(
            due=Case(
                When(state=State.RECEIVED, then=F("answer_by")),
                When(state=State.CHECKING, then=F("finish_by")),
            )
        )

    def overdue(self, today):
        return self.with_due().filter(due__lt=today)

    def answered(self):
        """The sender spoke last: somebody has to read it."""
        return self.with_last_word().filter(last_word=True)

    def with_last_word(self):
        """`last_word`: whether the latest message is the sender's; null without messages."""
        messages = self.model._meta.get_field("messages").related_model.objects
        latest = messages.filter(tip=OuterRef("pk")).order_by("-pk").values("from_sender")[:1]
        return self.annotate(last_word=Subquery(latest))

    def for_queue(self):
        """What a line of the queue shows; the next deadline first. None of what people told."""
        contacts = self.model._meta.get_field("contact").related_model.objects
        found = self.with_due().with_last_word().select_related("unit", "handling_unit", "handled_by")
        return (
            found.annotate(has_contact=Exists(contacts.filter(tip=OuterRef("pk"))), file_count=Count("files"))
            .order_by(F("due").asc(nulls_last=True), "pk")
            .defer(*CONTENT)
        )

    def desk_counts(self, today) -> dict:
        """How many are open, new, overdue, and have an answer that nobody has read on."""
        found = self.open().with_due().with_last_word()
        return found.aggregate(
            open=Count("pk"),
            new=Count("pk", filter=Q(state=State.RECEIVED)),
            late=Count("pk", filter=Q(due__lt=today)),
            answered=Count("pk", filter=Q(last_word=True)),
        )

    def without_content(self):
        """For counting and deleting: nothing of what people told is read."""
        return self.defer(*CONTENT)
