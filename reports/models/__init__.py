"""The catalogue of reports, the reports, and what proves them."""

from reports.models.catalogue import PublicHoliday, ReportingObligation, ReportLevel, ReportType
from reports.models.evidence import (
    Confirmation,
    Inclusion,
    IssuedFile,
    Snapshot,
)
from reports.models.redaction import Redaction
from reports.models.report import Report, ReportSection, State
from reports.models.review import ReportEvent, ReviewNote

__all__ = [
    "Confirmation",
    "Inclusion",
    "IssuedFile",
    "PublicHoliday",
    "Redaction",
    "Report",
    "ReportEvent",
    "ReportLevel",
    "ReportSection",
    "ReportType",
    "ReportingObligation",
    "ReviewNote",
    "Snapshot",
    "State",
]
