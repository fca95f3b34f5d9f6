"""The rows, one folder a subject."""

from programs.plans.awards.model import Award, AwardForm, Recipient
from programs.plans.ceremonies.model import Signatory, SignedAgreement, SigningCeremony
from programs.plans.documents.model import DocumentKind, GuidingDocument
from programs.plans.joint.model import JointPlan, PlanState, PlanTask, Reach, Target, TaskEvidence
from programs.plans.meetings.model import Meeting, MeetingKind, MeetingProgramme, Mode
from programs.plans.programmes.model import ProgramMovement, ProgramPartner

__all__ = [
    "Award",
    "AwardForm",
    "DocumentKind",
    "GuidingDocument",
    "JointPlan",
    "Meeting",
    "MeetingKind",
    "MeetingProgramme",
    "Mode",
    "PlanState",
    "PlanTask",
    "ProgramMovement",
    "ProgramPartner",
    "Reach",
    "Recipient",
    "Signatory",
    "SignedAgreement",
    "SigningCeremony",
    "Target",
    "TaskEvidence",
]
