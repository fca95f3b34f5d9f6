"""Everything that people and the scheduler do to reports.

Each raises ReportError with a reason in Vietnamese, or PermissionDenied when the person has no right here.
"""

from reports.actions.compiling import compile_province
from reports.actions.confirming import confirm
from reports.actions.editing import answer_note, edit_section, redraft_section
from reports.actions.opening import open_due_periods, open_period
from reports.actions.reviewing import accept, mark_opened, return_report
from reports.actions.sending import recall, send
from reports.actions.versions import next_version

__all__ = [
    "accept",
    "answer_note",
    "compile_province",
    "confirm",
    "edit_section",
    "mark_opened",
    "next_version",
    "open_due_periods",
    "open_period",
    "recall",
    "redraft_section",
    "return_report",
    "send",
]
