"""Every table, a file an area. Rows do not leave `storage/` and a use case's transaction alive."""

from storage.tables.actions import (
    Action,
    ActionMove,
    CatalogueEntry,
    Dependency,
    Ground,
    ImportedRow,
    MoreTime,
    SafetyCheck,
    SafetyPicture,
)
from storage.tables.audit import AuditHead, AuditRow
from storage.tables.cases import Case, Conflict, CourtOrder, Linked, Person, Victim
from storage.tables.delivery import Beat, Lane, Mailbox, Notice, Reach, Receipt
from storage.tables.drafts import Draft
from storage.tables.life import CaseMove, Flag, FollowUp, PathwayStep, Transfer
from storage.tables.meetings import (
    AgendaVersion,
    Attendance,
    CutOffRow,
    Declaration,
    Listing,
    Meeting,
    Minutes,
    StatusFreeze,
)
from storage.tables.pages import FeedKey, Pass
from storage.tables.panels import Agency, Panel, Seat
from storage.tables.referrals import Assessment, Fingerprint, Referral, ReferralAddition
from storage.tables.returns import Intelligence, Item, Request, Return, Statement

__all__ = [
    "Action", "ActionMove", "Agency", "AgendaVersion", "Assessment", "Attendance", "AuditHead", "AuditRow", "Beat",
    "Case", "CaseMove", "CatalogueEntry", "Conflict", "CourtOrder", "CutOffRow", "Declaration", "Dependency", "Draft",
    "FeedKey", "Fingerprint", "Flag", "FollowUp", "Ground", "ImportedRow", "Intelligence", "Item", "Lane", "Linked",
    "Listing", "Mailbox", "Meeting", "Minutes", "MoreTime", "Notice", "Panel", "Pass", "PathwayStep", "Person",
    "Reach", "Receipt", "Referral", "ReferralAddition", "Request", "Return", "SafetyCheck", "SafetyPicture", "Seat",
    "Statement", "StatusFreeze", "Transfer", "Victim",
]  # fmt: skip
