"""What is entered under a programme, a plan or a ceremony by one set of views: each thing with its form."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.module_loading import import_string

from programs.coordination.models import CoordinationProgram
from programs.plans import models
from programs.plans.querysets import StageQuerySet


@dataclass(frozen=True)
class Thing:
    """slug: in addresses; name: in a sentence; `parent`: the field that leads to what it is part of ("" where
    it is linked otherwise); `rows`: the template of its table on the page of a programme."""

    slug: str
    model: type
    form: str
    name: str
    plural: str
    parent_model: type
    parent: str
    rows: str = ""

    @property
    def form_class(self):
        return import_string(self.form)

    @cached_property
    def is_removable(self) -> bool:
        """Removed with a reason and kept; the parts of a whole are deleted, and kept by the history alone."""
        return hasattr(self.model, "removed_at")

    def queryset(self):
        """The rows that stand, with the names that pages print."""
        if self.model._meta.label == "coordination.ProgramStage":
            return StageQuerySet(self.model).with_names()
        rows = self.model.objects.with_names()
        return rows.standing() if self.is_removable else rows

    def parents(self):
        """What it may be entered under."""
        rows = self.parent_model.objects.with_names()
        return rows.standing() if hasattr(self.parent_model, "removed_at") else rows

    def new(self, parent):
        """An empty row under a parent."""
        return self.model(**{self.parent: parent}) if self.parent else self.model()

    def parent_of(self, row):
        return getattr(row, self.parent) if self.parent else None


_FORMS = "programs.plans"
_PROGRAMME = {"parent_model": CoordinationProgram, "parent": "programme"}
_PLAN = {"parent_model": models.JointPlan, "parent": "plan"}

THINGS = {
    thing.slug: thing
    for thing in (
        Thing(
            "giai-doan", CoordinationProgram._meta.get_field("stages").related_model,
            f"{_FORMS}.programmes.forms.StageForm", "giai đoạn", "Giai đoạn", **_PROGRAMME,
        ),
        Thing(
            "van-ban", models.GuidingDocument, f"{_FORMS}.documents.forms.DocumentForm",
            "văn bản chỉ đạo", "Văn bản chỉ đạo", **_PROGRAMME, rows="plans/_documents.html",
        ),
        Thing(
            "le-ky-ket", models.SigningCeremony, f"{_FORMS}.ceremonies.forms.CeremonyForm",
            "lễ ký kết", "Lễ ký kết", **_PROGRAMME, rows="plans/_ceremonies.html",
        ),
        Thing(
            "ke-hoach", models.JointPlan, f"{_FORMS}.joint.forms.PlanForm",
            "kế hoạch phối hợp", "Kế hoạch phối hợp", **_PROGRAMME, rows="plans/_plans.html",
        ),
        Thing(
            "hoi-nghi", models.Meeting, f"{_FORMS}.meetings.forms.MeetingForm",
            "hội nghị", "Hội nghị", CoordinationProgram, "", rows="plans/_meetings.html",
        ),
        Thing(
            "khen-thuong", models.Award, f"{_FORMS}.awards.forms.AwardForm",
            "khen thưởng", "Khen thưởng", **_PROGRAMME, rows="plans/_awards.html",
        ),
        Thing(
            "nhiem-vu", models.PlanTask, f"{_FORMS}.joint.forms.TaskForm", "nhiệm vụ", "Nhiệm vụ", **_PLAN
        ),
        Thing(
            "chi-tieu", models.Target, f"{_FORMS}.joint.forms.TargetForm",
            "chỉ tiêu phấn đấu", "Chỉ tiêu phấn đấu", **_PLAN,
        ),
        Thing(
            "van-ban-ky", models.SignedAgreement, f"{_FORMS}.ceremonies.forms.AgreementForm",
            "văn bản được ký kết", "Văn bản được ký kết", models.SigningCeremony, "ceremony",
        ),
    )
}  # fmt: skip
# What stands on the page of a programme, in the order of its story.
STORY = ("van-ban", "le-ky-ket", "ke-hoach", "hoi-nghi", "khen-thuong")
