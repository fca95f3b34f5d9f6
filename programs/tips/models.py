"""A tip and what hangs on it. No table here has a history: what is purged is gone."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from programs.activities.columns import NfcTextField
from programs.activities.models import ActivityEntry
from programs.tips.conflict_models import TipConflict
from programs.tips.files import LABELS
from programs.tips.keeping_models import Clock, Retention, Tombstone
from programs.tips.published_models import PublishedCount, PublishedQuarter
from programs.tips.querysets import TipQuerySet
from programs.tips.states import Category, Channel, HalfDay, Outcome, State, Verb
from programs.tips.triggers import never_changed, shield_triggers, tip_triggers

__all__ = [
    "Clock",
    "ContactOpening",
    "PublishedCount",
    "PublishedQuarter",
    "Retention",
    "SealedContact",
    "StagedFile",
    "Tip",
    "TipConflict",
    "TipEvent",
    "TipFile",
    "TipMessage",
    "Tombstone",
]
LONGEST_STORY, LONGEST_PLACE, LONGEST_TIME = 10_000, 300, 200


class Tip(models.Model):
    """What a person told, of which commune, and what became of it.

    `unit` is the commune it is about, `handling_unit` where it is handled: the commune, another one it was
    passed on to, or the province when it concerns the commune's own police. Times are days and half days.
    `revision` grows with every update (trigger); who saves on an older one has lost.
    """

    unit = models.ForeignKey("units.AdminUnit", models.PROTECT, related_name="+", verbose_name="nơi xảy ra")
    handling_unit = models.ForeignKey(
        "units.AdminUnit", models.PROTECT, related_name="+", db_index=False, verbose_name="đơn vị giải quyết"
    )
    category = models.CharField("loại", max_length=18, choices=Category)
    story = NfcTextField("nội dung", max_length=LONGEST_STORY)
    place = NfcTextField("địa điểm", max_length=LONGEST_PLACE, blank=True, default="")
    time_text = NfcTextField("thời gian", max_length=LONGEST_TIME, blank=True, default="")
    about_officer = models.BooleanField("liên quan đến cán bộ Công an cấp xã", default=False)
    channel = models.CharField("nguồn", max_length=9, choices=Channel, default=Channel.WEB)
    taken_side = models.CharField("bên tiếp nhận hộ", max_length=6, blank=True, default="")
    received_on = models.DateField("ngày nhận")
    received_half = models.CharField("buổi", max_length=2, choices=HalfDay)

    # The code: its locator, and the scrypt hash of its secret. Tips of one locator share the salt.
    locator = models.IntegerField()
    salt = models.BinaryField(max_length=16)
    secret_hash = models.BinaryField(max_length=32)
    is_ticket = models.BooleanField("mã tạm, chờ người cung cấp đổi", default=False)
    submission_key = models.BinaryField(max_length=32, unique=True)

    state = models.CharField("tình trạng", max_length=11, choices=State, default=State.RECEIVED)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="cán bộ",
    )
    answer_by = models.DateField("hạn trả lời", null=True, blank=True)
    finish_by = models.DateField("hạn giải quyết", null=True, blank=True)
    handed_over_to = NfcTextField("cơ quan nhận", max_length=200, blank=True, default="")
    intake_number = models.CharField("số tiếp nhận", max_length=50, blank=True, default="")
    handed_over_on = models.DateField("ngày chuyển", null=True, blank=True)
    outcome = models.CharField("kết quả", max_length=15, choices=Outcome, blank=True, default="")
    closed_on = models.DateField("ngày kết thúc", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="gộp vào"
    )
    session = models.ForeignKey(
        ActivityEntry,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="thu được từ buổi tuyên truyền",
    )
    held = models.BooleanField("tạm dừng việc xóa", default=False)
    held_reason = NfcTextField(
        "lý do tạm dừng việc xóa", max_length=300, blank=True, default="", db_default=""
    )
    purge_after = models.DateField("xóa sau ngày", null=True, blank=True)
    revision = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = TipQuerySet.as_manager()

    class Meta:
        verbose_name = "nguồn tin"
        verbose_name_plural = "nguồn tin"
        triggers = [*tip_triggers(), *shield_triggers()]
        indexes = [
            models.Index(fields=["locator"], name="tip_locator"),
            models.Index(fields=["handling_unit", "state", "answer_by"], name="tip_queue"),
            models.Index(fields=["purge_after"], name="tip_purge", condition=Q(purge_after__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(name="tip_category_known", condition=Q(category__in=Category.values)),
            models.CheckConstraint(name="tip_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="tip_outcome_known", condition=Q(outcome__in=["", *Outcome.values])),
            models.CheckConstraint(name="tip_says_something", condition=~Q(story="")),
            models.CheckConstraint(
                name="tip_locator_16_bits", condition=Q(locator__gte=0, locator__lt=65536)
            ),
            models.CheckConstraint(
                name="tip_handed_over_whole",
                condition=Q(handed_over_on__isnull=True, handed_over_to="", intake_number="")
                | (Q(handed_over_on__isnull=False) & ~Q(handed_over_to="") & ~Q(intake_number="")),
            ),
            models.CheckConstraint(
                name="tip_handed_over_says_so",
                condition=~Q(state=State.HANDED_OVER) | Q(handed_over_on__isnull=False),
            ),
            models.CheckConstraint(
                name="tip_closed_whole",
                condition=(
                    Q(state=State.CLOSED, closed_on__isnull=False, purge_after__isnull=False) & ~Q(outcome="")
                )
                | (~Q(state=State.CLOSED) & Q(closed_on__isnull=True, outcome="")),
            ),
            models.CheckConstraint(
                name="tip_crime_closed_after_hand_over",
                condition=~Q(state=State.CLOSED, category=Category.CRIME) | Q(handed_over_on__isnull=False),
            ),
            models.CheckConstraint(
                name="tip_merged_whole",
                condition=Q(state=State.MERGED, merged_into__isnull=False)
                | (~Q(state=State.MERGED) & Q(merged_into__isnull=True)),
            ),
            models.CheckConstraint(name="tip_merged_into_another", condition=~Q(merged_into=F("id"))),
            models.CheckConstraint(
                name="tip_held_with_reason",
                condition=Q(held=False, held_reason="") | (Q(held=True) & ~Q(held_reason="")),
            ),
            models.CheckConstraint(
                name="tip_taken_in_by_a_side",
                condition=Q(channel=Channel.WEB, taken_side="")
                | (~Q(channel=Channel.WEB) & ~Q(taken_side="")),
            ),
        ]

    def __str__(self):
        """Never what it says: this reaches logs and error pages."""
        return f"Nguồn tin số {self.pk}"

    __repr__ = __str__

    @property
    def is_open(self) -> bool:
        return self.state not in (State.CLOSED, State.MERGED)


class OfTip(models.Model):
    """A row that goes when its tip goes."""

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class SealedContact(OfTip):
    """Name and contact in a box that the web process cannot open; `key_id` names the key it was made for."""

    tip = models.OneToOneField(Tip, models.CASCADE, related_name="contact")
    box = models.BinaryField()
    key_id = models.CharField(max_length=16, db_index=True)

    class Meta:
        verbose_name = "thông tin liên hệ (niêm phong)"


class TipMessage(OfTip):
    """A question of the officer's, or an answer of the sender's; the sender's time is coarse."""

    tip = models.ForeignKey(Tip, models.CASCADE, related_name="messages")
    from_sender = models.BooleanField()
    text = NfcTextField("nội dung", max_length=4000)
    sent_on = models.DateField(default=timezone.localdate)
    sent_half = models.CharField(max_length=2, choices=HalfDay)
    submission_key = models.BinaryField(max_length=32, unique=True)

    class Meta:
        verbose_name = "trao đổi"
        triggers = never_changed()
        constraints = [models.CheckConstraint(name="tip_message_says_something", condition=~Q(text=""))]


class TipFile(OfTip):
    """A photograph without its metadata, or a document for download only; its own name was thrown away."""

    tip = models.ForeignKey(Tip, models.CASCADE, related_name="files")
    number = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    media_type = models.CharField(max_length=80)
    content = models.BinaryField()

    class Meta:
        verbose_name = "tệp"
        triggers = never_changed()
        constraints = [models.UniqueConstraint(fields=["tip", "number"], name="tip_file_number")]

    @property
    def label(self) -> str:
        return LABELS.get(self.media_type, "Tệp")


class StagedFile(models.Model):
    """A file that waits for its sender's confirmation, under a key that only the hidden field holds."""

    token = models.BinaryField(max_length=16, db_index=True)
    sealed = models.BinaryField()
    staged_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "tệp chờ gửi"
        triggers = never_changed()

    def __str__(self):
        return f"Tệp chờ gửi {self.pk}"


class TipEvent(OfTip):
    """A step that the sender may read. `role` is a role and a side, never a name."""

    tip = models.ForeignKey(Tip, models.CASCADE, related_name="events")
    verb = models.CharField(max_length=16, choices=Verb)
    on = models.DateField(default=timezone.localdate)
    role = models.CharField(max_length=100, blank=True, default="")
    detail = NfcTextField(max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "bước xử lý"
        triggers = never_changed()
        constraints = [models.CheckConstraint(name="tip_event_known", condition=Q(verb__in=Verb.values))]


class ContactOpening(OfTip):
    """Two persons open a contact: one asks with a reason, another agrees; the opener then opens it once.

    The opener is a process of its own, with the private key. It puts the contact into another box (`answer`),
    to a key that lives in the form of the person who asked (`reader_key` is its public half), and that person
    empties the box by reading it.
    """

    tip = models.ForeignKey(Tip, models.CASCADE, related_name="openings")
    reason = NfcTextField("lý do", max_length=500)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)
    reader_key = models.BinaryField(max_length=32, null=True)
    requested_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    answer = models.BinaryField(null=True)

    class Meta:
        verbose_name = "đề nghị mở thông tin liên hệ"
        indexes = [
            models.Index(fields=["requested_at"], name="opening_wanted", condition=Q(opened_at__isnull=True))
        ]
        constraints = [
            models.CheckConstraint(
                name="opening_requested_whole",
                condition=Q(requested_at__isnull=True, reader_key__isnull=True)
                | Q(requested_at__isnull=False, reader_key__isnull=False, agreed=True),
            ),
            models.CheckConstraint(
                name="opening_answered_after_opening",
                condition=Q(answer__isnull=True) | Q(opened_at__isnull=False),
            ),
            models.CheckConstraint(name="opening_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="opening_by_two_persons", condition=~Q(decided_by=F("asked_by"))),
            models.CheckConstraint(
                name="opening_decided_whole",
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, agreed__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False, agreed__isnull=False),
            ),
            models.CheckConstraint(
                name="opening_opened_after_agreement", condition=Q(opened_at__isnull=True) | Q(agreed=True)
            ),
            models.UniqueConstraint(
                fields=["tip"], condition=Q(decided_by__isnull=True), name="opening_one_asked_at_a_time"
            ),
        ]
