"""The rows of the registry, one file a subject."""

from models_registry.models.catalogue import GradeLevel, ModelType, Scheme, Theme
from models_registry.models.certification import (
    LEFT_OUT,
    CertificationBase,
    CertificationRule,
    CriterionAnswer,
    MovementGrading,
    Result,
    SafetyCertification,
    SelfAssessment,
    SubjectKind,
)
from models_registry.models.historical import HistoricalFigure, Qualifier, Subject
from models_registry.models.holdings import CoreForce, ForceKind, LoanStage, ReintegrationLoan
from models_registry.models.life import (
    ACTIVE,
    FIRST_STATUSES,
    NEXT,
    Effect,
    ModelAppraisal,
    ModelReading,
    Status,
    StatusStep,
)
from models_registry.models.selfmanaged import ModelArea, ModelOwner, Recognition, SelfManagedModel

__all__ = [
    "ACTIVE",
    "FIRST_STATUSES",
    "LEFT_OUT",
    "NEXT",
    "CertificationBase",
    "CertificationRule",
    "CoreForce",
    "CriterionAnswer",
    "Effect",
    "ForceKind",
    "GradeLevel",
    "HistoricalFigure",
    "LoanStage",
    "ModelAppraisal",
    "ModelArea",
    "ModelOwner",
    "ModelReading",
    "ModelType",
    "MovementGrading",
    "Qualifier",
    "Recognition",
    "ReintegrationLoan",
    "Result",
    "SafetyCertification",
    "Scheme",
    "SelfAssessment",
    "SelfManagedModel",
    "Status",
    "StatusStep",
    "Subject",
    "SubjectKind",
    "Theme",
]
