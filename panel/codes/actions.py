"""Code lists of the action."""

from typing import Self

from panel.codes.code import Code


class ActionGroup(Code):
    """A shelf of the action catalogue."""

    POLICE_ENFORCEMENT = "police_enforcement", "Police: enforcement"
    POLICE_ORDERS = "police_orders", "Police: orders"
    POLICE_INTELLIGENCE = "police_intelligence", "Police: intelligence and flags"
    PROBATION_PRISON = "probation_prison", "Probation and prison"
    LEGAL = "legal", "Courts and legal"
    HOUSING = "housing", "Housing"
    COMMUNITY_SAFETY = "community_safety", "Community safety and licensing"
    CHILDREN_ADULTS = "children_adults", "Children and adults"
    HEALTH = "health", "Health and substance use"
    PERPETRATOR_SERVICE = "perpetrator_service", "Perpetrator service"
    ECONOMIC = "economic", "Economic, benefits and other"
    COORDINATION = "coordination", "Information and coordination"


class Purpose(Code):
    """What an action is for (field reference 7.1: the menu of MATAC)."""

    SUPPORT = "support", "Support"
    PREVENTION = "prevention", "Prevention"
    DIVERSION = "diversion", "Diversion"
    DISRUPTION = "disruption", "Disruption"
    ENFORCEMENT = "enforcement", "Enforcement"


class Check(Code):
    """Whether the victim service sees an action before it starts."""

    REQUIRED = "R", "Victim-safety check first"
    ADVISE = "A", "Tell the victim service"
    NONE = "N", "No check"


class Visibility(Code):
    """Whether the subject will notice an action."""

    COVERT = "C", "The subject will not notice"
    OVERT = "O", "The subject will notice"
    INFERABLE = "I", "The subject may work it out"


class Priority(Code):
    """How soon an action is due."""

    IMMEDIATE = "immediate", "Immediate (24 hours)"
    URGENT = "urgent", "Urgent (48 hours)"
    STANDARD = "standard", "Standard (10 working days)"
    NEXT_PANEL = "next_panel", "By the next panel"
    ONGOING = "ongoing", "Ongoing, with a review date"


class ActionStatus(Code):
    """Where an action stands; overdue and due soon are worked out, never stored."""

    PROPOSED = "proposed", "Proposed"
    AGREED = "agreed", "Agreed"
    AWAITING_SAFETY_CHECK = "awaiting_safety_check", "Waiting for the safety check"
    OPEN = "open", "Open"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    IN_PROGRESS = "in_progress", "In progress"
    REPORTED_COMPLETE = "reported_complete", "Reported complete, to be confirmed"
    COMPLETE = "complete", "Complete"
    BLOCKED = "blocked", "On hold"
    SUPERSEDED = "superseded", "Replaced by another action"
    CANCELLED = "cancelled", "Cancelled"
    NOT_POSSIBLE = "not_possible", "No longer possible"
    NOT_DONE = "not_done", "Not done"


class SafetyStatus(Code):
    """Where the victim-safety check of an action stands."""

    NOT_REQUIRED = "not_required", "No check needed"
    PENDING = "pending", "Check pending"
    APPROVED = "approved", "Approved"
    APPROVED_WITH_CONDITIONS = "approved_with_conditions", "Approved with conditions"
    BLOCKED = "blocked", "On hold"


class TellFirst(Code):
    """How the victim service hears of it before the chair lets an action go on against its advice."""

    NOW = "now", "Tell it now: I decide once it has had its time"
    SAID = "said", "I have told it already"
    LIFE = "life", "A life is at risk: police act now, and it is told this moment"


class Outcome(Code):
    """How an action ended; a sensitive one is read by IDVA and chair only."""

    sensitive: bool

    def __new__(cls, value: str, label: str = "", sensitive: bool = False) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.sensitive = sensitive
        return member

    DONE_EFFECTIVE = "done_effective", "Done, and it worked"
    DONE_NO_EFFECT = "done_no_effect", "Done, no effect seen"
    DONE_RISK_INCREASED = "done_risk_increased", "Done, and risk rose"
    PARTIALLY_DONE = "partially_done", "Partly done"
    ATTEMPTED_NOT_FOUND = "attempted_not_found", "Attempted, subject not found"
    REFUSED_BY_SUBJECT = "refused_by_subject", "Refused by the subject"
    REFUSED_BY_COURT = "refused_by_court", "Refused by the court"
    DECLINED_BY_VICTIM = "declined_by_victim", "Declined by the victim", True
    BLOCKED_SAFETY = "blocked_safety", "Not taken forward for safety", True
    NOT_POSSIBLE_CHANGED = "not_possible_changed", "No longer possible, things have changed"
    NOT_DONE_RESOURCE = "not_done_resource", "Not done: no resource"
    NOT_DONE_DISPUTED = "not_done_disputed", "Not done: disputed"
    NOT_DONE_NO_REASON = "not_done_no_reason", "Not done: no reason given"
    DUPLICATE = "duplicate", "Duplicate of another action"

    @property
    def shown_to_others(self) -> str:
        """What those who may not read a sensitive outcome see instead."""
        return "Not taken forward" if self.sensitive else self.label
