"""Every table, a file an area. Rows do not leave `storage/` and a use case's transaction alive."""

from sqlmodel import SQLModel

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
from storage.tables.audit import AuditAnchor, AuditHead, AuditRow
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
from storage.tables.panels import Agency, Leave, Panel, Seat
from storage.tables.referrals import Assessment, Fingerprint, Referral, ReferralAddition
from storage.tables.returns import Intelligence, Item, Request, Return, Statement
from storage.tables.trust import (
    BreakGlass,
    Erasure,
    Hold,
    KnownWord,
    Seal,
    SealedReader,
    SubjectItem,
    SubjectRequest,
)
from storage.tables.vault import VaultKey

__all__ = [
    "Action", "ActionMove", "Agency", "AgendaVersion", "Assessment", "Attendance", "AuditAnchor", "AuditHead",
    "AuditRow", "Beat", "BreakGlass", "Case", "CaseMove", "CatalogueEntry", "Conflict", "CourtOrder", "CutOffRow",
    "Declaration", "Dependency", "Draft", "Erasure", "FeedKey", "Fingerprint", "Flag", "FollowUp", "Ground", "Hold",
    "ImportedRow", "Intelligence", "Item", "KnownWord", "Lane", "Leave", "Linked", "Listing", "Mailbox", "Meeting",
    "Minutes", "MoreTime", "Notice", "Panel", "Pass", "PathwayStep", "Person", "Reach", "Receipt", "Referral",
    "ReferralAddition", "Request", "Return", "SafetyCheck", "SafetyPicture", "Seal", "SealedReader", "Seat",
    "Statement", "StatusFreeze", "SubjectItem", "SubjectRequest", "Transfer", "VaultKey", "Victim",
]  # fmt: skip


def _guard_versions() -> None:
    """Whoever writes a row names the version they read, so two replicas that both found it unchanged don't both win."""
    for mapper in SQLModel._sa_registry.mappers:
        version = mapper.columns.get("version")
        if version is not None and version.default is not None:  # not where it counts versions of a document
            mapper.version_id_col = version
            mapper.version_id_generator = False


_guard_versions()
