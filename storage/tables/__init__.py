"""Every table, a file an area. Rows do not leave `storage/` and a use case's transaction alive."""

from storage.tables.actions import Action, ActionMove, Dependency, Ground, MoreTime, SafetyCheck
from storage.tables.audit import AuditHead, AuditRow
from storage.tables.cases import Case, Conflict, CourtOrder, Victim
from storage.tables.delivery import Beat, Lane, Notice, Receipt
from storage.tables.meetings import AgendaVersion, Attendance, CutOffRow, Listing, Meeting, Minutes, StatusFreeze
from storage.tables.panels import Agency, Panel, Seat
from storage.tables.referrals import Referral
from storage.tables.returns import Item, Request, Return, Statement

__all__ = [
    "Action", "ActionMove", "Agency", "AgendaVersion", "Attendance", "AuditHead", "AuditRow", "Beat", "Case",
    "Conflict", "CourtOrder", "CutOffRow", "Dependency", "Ground", "Item", "Lane", "Listing", "Meeting", "Minutes",
    "MoreTime", "Notice", "Panel", "Receipt", "Referral", "Request", "Return", "SafetyCheck", "Seat",
    "Statement", "StatusFreeze", "Victim",
]  # fmt: skip
