"""What a takedown clears of the registry: a model with its steps and appraisals, and quotes elsewhere."""

from models_registry.models import (
    CertificationRule,
    CriterionAnswer,
    GradeLevel,
    HistoricalFigure,
    ModelAppraisal,
    ModelType,
    MovementGrading,
    ReintegrationLoan,
    SafetyCertification,
    SelfManagedModel,
    StatusStep,
)
from portal.secrecy.registry import Found, register_place
from portal.secrecy.texts import own_texts, register_texts
from portal.secrecy.typed import Typed

PLACE, CERTIFICATION = "model", "certification"
TABLES = (
    Typed(SelfManagedModel, of={PLACE: "pk"}),
    Typed(StatusStep, "model__unit", of={PLACE: "model"}, is_firm=True),
    Typed(ModelAppraisal, "model__unit", of={PLACE: "model"}),
    Typed(ReintegrationLoan, of={PLACE: "model"}),
    Typed(SafetyCertification, of={CERTIFICATION: "pk"}),
    Typed(CriterionAnswer, "certification__unit", of={CERTIFICATION: "certification"}),
    Typed(MovementGrading),
    Typed(HistoricalFigure, is_catalogue=True),
    Typed(ModelType, "province", is_catalogue=True),
    Typed(CertificationRule, "", is_catalogue=True),
    Typed(GradeLevel, "", is_catalogue=True),
)


def find(subject: int) -> Found | None:
    """A model of any unit, removed ones too."""
    model = SelfManagedModel.objects.select_related("unit").filter(pk=subject).first()
    return model and Found(
        model.unit, f"Mô hình số {model.pk}", own_texts(TABLES, PLACE, model.pk, model.unit)
    )


def find_certification(subject: int) -> Found | None:
    row = SafetyCertification.objects.select_related("unit").filter(pk=subject).first()
    name = row and f"{row.get_kind_display()} xét “An toàn về an ninh, trật tự” năm {row.year}, số {row.pk}"
    return row and Found(row.unit, name, own_texts(TABLES, CERTIFICATION, row.pk, row.unit))


def register() -> None:
    register_place(PLACE, "/mo-hinh/", "Mô hình", find)
    register_place(
        CERTIFICATION, "/mo-hinh/an-toan/", "Đối tượng xét “An toàn về an ninh, trật tự”", find_certification
    )
    register_texts(TABLES)
