"""Forums "Công an lắng nghe ý kiến nhân dân": opinions, and what became of each of them."""

from django.db import models
from django.db.models import F, Q

from programs.activities.declaring import bounded, keeps_history
from programs.activities.held import HeldActivity
from programs.activities.registry import Kind, Measure, register

OUTCOMES = ("answered", "passed_on", "pending")
LIMITS = {"attendances": (0, 1_000_000), "opinions": (0, 100_000)} | {name: (0, 100_000) for name in OUTCOMES}
WORDS = {
    "attendances": "Lượt người tham dự",
    "opinions": "Số ý kiến",
    "answered": "Số ý kiến đã trả lời",
    "passed_on": "Số ý kiến chuyển cơ quan khác",
    "pending": "Số ý kiến chưa giải quyết",
}
DO_NOT_ADD_UP = "Số ý kiến phải bằng đã trả lời + chuyển cơ quan khác + chưa giải quyết."


@keeps_history("diễn đàn")
class ListeningForum(HeldActivity):
    """One forum. Either no figure on opinions is known, or all are and they add up:
    opinions = answered + passed_on + pending."""

    in_one_slot = False

    attendances = models.IntegerField("lượt người tham dự", null=True, blank=True)
    opinions = models.IntegerField("số ý kiến", null=True, blank=True)
    answered = models.IntegerField("đã trả lời, giải quyết", null=True, blank=True)
    passed_on = models.IntegerField("chuyển cơ quan khác", null=True, blank=True)
    pending = models.IntegerField("chưa giải quyết", null=True, blank=True)

    class Meta(HeldActivity.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "diễn đàn"
        constraints = [
            *HeldActivity.Meta.constraints,
            *bounded("listeningforum", LIMITS, WORDS),
            models.CheckConstraint(
                name="listeningforum_opinions_add_up",
                condition=Q(opinions=None, answered=None, passed_on=None, pending=None)
                | Q(
                    *(Q(**{f"{name}__isnull": False}) for name in ("opinions", *OUTCOMES)),
                    opinions=F("answered") + F("passed_on") + F("pending"),
                ),
                violation_error_message=DO_NOT_ADD_UP,
            ),
        ]


register(
    Kind(
        slug="dien-dan",
        model=ListeningForum,
        form="programs.grassroots.forums.form.ListeningForumForm",
        name="diễn đàn",
        plural="Diễn đàn lắng nghe ý kiến nhân dân",
        date_field="held_on",
        dates=("held_on", "held_to"),
        list_columns=("attendances", "opinions", "answered", "passed_on", "pending"),
        measures=(
            Measure("forums", on="held_on"),
            Measure("forum_attendances", on="held_on", amount="attendances"),
            Measure("forum_opinions", on="held_on", amount="opinions"),
            Measure("forum_answered", on="held_on", amount="answered"),
            Measure("forum_passed_on", on="held_on", amount="passed_on"),
            Measure("forum_pending", on="held_on", amount="pending"),
        ),
    )
)
