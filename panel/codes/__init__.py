"""Every code list of the field, once: forms, files, tables and rules take their words from here, a file an area.

A member's value is what files and the database hold; `.label` is what people read (at most 75 characters,
the length of a Slack option). The lists follow the month file's format and the field reference.
"""

from panel.codes.actions import ActionGroup, ActionStatus, Check, Outcome, Priority, SafetyStatus, Visibility
from panel.codes.agenda import AgendaKind
from panel.codes.case import (
    CaseKind,
    CaseStatus,
    Confidence,
    Decision,
    IdvaStatus,
    OrderType,
    RiskFactor,
    SubjectAware,
    SubjectStatus,
    WhereaboutsType,
)
from panel.codes.code import Code
from panel.codes.meeting import LinkKind, Telling
from panel.codes.people import Attendance, Function, Mode, Nation, OnHoliday, Role, Weekday
from panel.codes.referral import Route, TriageOutcome, TriageReason, UrgentTrigger
from panel.codes.returns import RestrictionKind, ReturnCell, ReturnKind, RiskView

__all__ = [
    "ActionGroup",
    "ActionStatus",
    "AgendaKind",
    "Attendance",
    "CaseKind",
    "CaseStatus",
    "Check",
    "Code",
    "Confidence",
    "Decision",
    "Function",
    "IdvaStatus",
    "LinkKind",
    "Mode",
    "Nation",
    "OnHoliday",
    "OrderType",
    "Outcome",
    "Priority",
    "RestrictionKind",
    "ReturnCell",
    "ReturnKind",
    "RiskFactor",
    "RiskView",
    "Role",
    "Route",
    "SafetyStatus",
    "SubjectAware",
    "SubjectStatus",
    "Telling",
    "TriageOutcome",
    "TriageReason",
    "UrgentTrigger",
    "Visibility",
    "Weekday",
    "WhereaboutsType",
]
