"""The table of who may do what, as data: `panel.access` reads it, and so do its tests.

A line of the table names a holder and the conditions that must all hold. One line that holds is enough.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from panel.codes import Code

PANEL_OFFICE = "PANEL"  # the built-in owner of what the panel's own office does


class Verb(Code):
    """What a person can do; the label completes "... can"."""

    # the panel, its people and its dates
    SET_UP_PANEL = "set_up_panel", "set up a panel"
    CHANGE_SETTINGS = "change_settings", "change the panel's settings"
    MANAGE_PEOPLE = "manage_people", "change the panel's agencies and people"
    SET_GO_LIVE = "set_go_live", "complete the go-live list"
    SCHEDULE = "schedule", "set the panel's dates"
    MOVE_MEETING = "move_meeting", "move a meeting"
    CANCEL_MEETING = "cancel_meeting", "cancel a meeting"
    # referrals and cases
    REFER = "refer", "refer to the panel"
    TRIAGE = "triage", "triage referrals"
    READ_VICTIMS_VIEWS = "read_victims_views", "read a victim's views on a referral"
    SIGN_OFF_REFERRAL = "sign_off_referral", "sign off a referral"
    DECLARE_URGENT = "declare_urgent", "call a case urgent"
    EDIT_CASE = "edit_case", "edit a case"
    KEEP_APART = "keep_apart", "read what the victim service keeps apart"
    SAY_PRIMARY = "say_primary", "say who is the primary aggressor"
    KEEP_EQUALITY = "keep_equality", "read the equality fields"
    COUNT_EQUALITY = "count_equality", "read the equality figures"
    INVITE_AGENCY = "invite_agency", "invite an agency to a case"
    AGREE_INVITATION = "agree_invitation", "agree to an invitation"
    AGREE_IMMIGRATION = "agree_immigration", "agree that immigration enforcement is invited"
    WITHDRAW_INVITATION = "withdraw_invitation", "take an invitation back"
    DECLARE_CONFLICT = "declare_conflict", "declare a conflict of interest"
    MOVE_CASE = "move_case", "change where a case stands"
    END_CASE = "end_case", "end a case between two meetings"
    GIVE_VICTIM_VIEW = "give_victim_view", "say how the victim is at the end"
    MARK_FILE = "mark_file", "mark this agency's file"
    STEP_PATHWAY = "step_pathway", "record a step into case management"
    RECORD_DEATH = "record_death", "record a death"
    HAND_OVER_CASE = "hand_over_case", "hand a case over to another panel"
    FOLLOW_UP = "follow_up", "answer the follow-up on a case"
    SEE_TIMELINE = "see_timeline", "read a case's timeline"
    # returns
    SUBMIT_RETURN = "submit_return", "send this agency's update"
    ENTER_ON_BEHALF = "enter_on_behalf", "enter an update for an agency"
    WRITE_PROFILE = "write_profile", "write the police profile"
    ISSUE_LIST = "issue_list", "change the case list"
    SEE_BOARD = "see_board", "see the return board"
    REMIND = "remind", "remind agencies"
    # agenda
    PREVIEW_AGENDA = "preview_agenda", "preview the agenda"
    APPROVE_AGENDA = "approve_agenda", "approve the agenda"
    OPEN_BRIEFING = "open_briefing", "open this briefing"
    RECORD_TOLD = "record_told", "record what the person harmed has been told"
    TABLE_LATE_PAPER = "table_late_paper", "table a late paper"
    PRINT_PACK = "print_pack", "print the pack of a meeting"
    # the meeting and its minutes
    RECORD_MEETING = "record_meeting", "record the meeting"
    PROPOSE_END = "propose_end", "propose a transfer or an end at panel"
    DRAFT_MINUTES = "draft_minutes", "draft the minutes"
    APPROVE_MINUTES = "approve_minutes", "approve the minutes"
    ISSUE_MINUTES = "issue_minutes", "issue the minutes"
    SEE_MINUTES = "see_minutes", "read the minutes"
    WITHOUT_QUORUM = "without_quorum", "go on without a quorum"
    LET_IN = "let_in", "let somebody in without a declaration"
    KEEP_AGREEMENTS = "keep_agreements", "keep the sharing agreements"
    DECLARE = "declare", "declare confidentiality"
    DECLARE_FOR = "declare_for", "enter a declaration that was signed on paper"
    CONFIRM_STATEMENT = "confirm_statement", "confirm the statement for this agency"
    DELEGATE_MINUTES = "delegate_minutes", "let somebody else approve the minutes"
    DECIDE_IN_WRITING = "decide_in_writing", "propose a decision in writing, and give it"
    ANSWER_IN_WRITING = "answer_in_writing", "answer for this agency in writing"
    ANSWER_IN_WRITING_FOR = "answer_in_writing_for", "enter an agency's answer in writing"
    # actions
    PROPOSE_ACTION = "propose_action", "propose an action"
    ADD_ACTION = "add_action", "add an action"
    AGREE_ACTION = "agree_action", "agree an action"
    EDIT_ACTION = "edit_action", "edit an action"
    CHECK_SAFETY = "check_safety", "check this action for victim safety"
    CHECK_FOR = "check_for", "enter a safety check for the victim service"
    PROCEED_AGAINST_ADVICE = "proceed_against_advice", "let an action proceed against advice"
    ACKNOWLEDGE = "acknowledge", "acknowledge this action"
    REPORT_PROGRESS = "report_progress", "report progress on this action"
    REPORT_COMPLETE = "report_complete", "report this action complete"
    ASK_TIME = "ask_time", "ask for more time"
    APPROVE_TIME = "approve_time", "decide on more time"
    CONFIRM_ACTION = "confirm_action", "confirm this action"
    QUERY_ACTION = "query_action", "send a reported action back with a query"
    NOT_POSSIBLE = "not_possible", "agree that this action is no longer possible"
    NOT_DONE = "not_done", "record this action as not done"
    GIVE_REASON = "give_reason", "record why this action is overdue"
    SUPERSEDE = "supersede", "replace an action"
    CANCEL_ACTION = "cancel_action", "cancel an action"
    REASSIGN = "reassign", "name who does this action"
    ANSWER_FOR = "answer_for", "enter an answer on this action for its agency"
    SNOOZE_ACTION = "snooze_action", "put the reminder of this action off"
    SAY_NOT_POSSIBLE = "say_not_possible", "say that this action is no longer possible"
    REOPEN_ACTION = "reopen_action", "re-open this action"
    RESTORE_ACTION = "restore_action", "re-open what the chair ended"
    MOVE_DATE = "move_date", "move the day of this action"
    DELEGATE_TIME = "delegate_time", "let the coordinator agree more time"
    # looking, and taking out
    SEE_ACTION = "see_action", "see this action"
    SEE_AGENCY_TRACKER = "see_agency_tracker", "see this agency's actions"
    SEE_TRACKER = "see_tracker", "see every agency's actions"
    SEE_HEALTH = "see_health", "see the panel's figures"
    EXPORT = "export", "export the tracker"
    SEE_AUDIT = "see_audit", "see the audit log"
    # the catalogue of actions
    CHANGE_CATALOGUE = "change_catalogue", "change the catalogue of actions"
    AGREE_LIGHTER = "agree_lighter", "agree to a lighter check, for the victim service"
    LIGHTEN_CHECK = "lighten_check", "make a type's check lighter"
    # how long things are kept, and what somebody may ask to see
    KEEP_RECORDS = "keep_records", "decide what is kept and what is erased"
    HOLD_RECORD = "hold_record", "put records on hold"
    ANSWER_REQUEST = "answer_request", "deal with a request about somebody"
    SAY_WHAT_MAY_BE_GIVEN = "say_what_may_be_given", "say what may be given of this agency's"
    # who sees more, or less, than their part says
    SEAL_CASE = "seal_case", "seal a case"
    CHANGE_SEAL = "change_seal", "change who may see a sealed case"
    BREAK_GLASS = "break_glass", "open a case in an emergency"
    REVIEW_GLASS = "review_glass", "review who opened a case in an emergency"
    ATTEST_SEAT = "attest_seat", "confirm that somebody still has their part"


class Holder(Code):
    """Whom a line of the table speaks of; the label stands in a refusal."""

    ANYONE = "anyone", "anyone"
    CHAIR = "chair", "the chair"
    COORDINATOR = "coordinator", "the coordinator"
    REPRESENTATIVE = "representative", "the agency's representative or deputy"
    VICTIM_SERVICE = "victim_service", "the victim service"
    PERPETRATOR_SERVICE = "perpetrator_service", "the service that works with subjects"
    BREAK_GLASS = "break_glass", "whoever opened the case in an emergency"
    ASSIGNEE = "assignee", "the person named to do the action"
    LEAD = "lead", "the agency's senior or duty lead"
    STEERING = "steering", "the steering group"
    INFORMATION_GOVERNANCE = "information_governance", "the information-governance lead"
    SYSTEM_ADMIN = "system_admin", "the system administrator"


class Condition(Code):
    """What must also hold; the label says, to a person for whom it does not, what to do."""

    OWN_AGENCY = "own_agency", "This belongs to another agency. Ask its representative or the coordinator."
    ON_CASE = "on_case", "Your agency is not on this case. Ask the coordinator for an invitation."
    AGENCY_ON_CASE = (
        "agency_on_case",
        "That agency is not on this case. Ask the coordinator for an invitation.",
    )
    NOT_OWNER_AGENCY = (
        "not_owner_agency",
        "The check is made outside the owner's agency. Ask the coordinator to find another checker.",
    )
    NOT_AUTHOR = (
        "not_author",
        "Somebody else has to decide on what you prepared. Ask the chair or deputy chair.",
    )
    PANEL_OWNED = "panel_owned", "This is an agency's action. Ask its representative to do this."
    NOT_PANEL_OWNED = "not_panel_owned", "The chair confirms what the panel's own office does. Ask the chair."
    NOT_SENSITIVE = "not_sensitive", "This one is for the chair to confirm. Ask the chair."
    DELEGATED = "delegated", "The chair decides on this more time. Ask the chair."
    NO_VICTIM_SERVICE = (
        "no_victim_service",
        "This is for the victim service; for the chair only where it has nobody for the case. Ask it.",
    )
    NOT_ON_CASE = "not_on_case", "Your agency is on this case: open its briefing from the agenda, as always."
    NOT_OWN_SEAT = "not_own_seat", "Nobody confirms their own part. Ask the coordinator or the chair."
    FIRST_PANEL = "first_panel", "This workspace has a panel already. Ask its coordinator to set up another."


@dataclass(frozen=True)
class Grant:
    """One line of the table: this holder may, where every condition holds."""

    holder: Holder
    conditions: frozenset[Condition] = frozenset()


def _to(holder: Holder, *conditions: Condition) -> Grant:
    return Grant(holder, frozenset(conditions))


_CHAIR = _to(Holder.CHAIR)
_COORDINATOR = _to(Holder.COORDINATOR)
_OFFICE = (_COORDINATOR, _CHAIR)
_OTHER_CHAIR = _to(Holder.CHAIR, Condition.NOT_AUTHOR)
_REP_ON_CASE = _to(Holder.REPRESENTATIVE, Condition.ON_CASE)
_OWNERS_REP = _to(Holder.REPRESENTATIVE, Condition.OWN_AGENCY)
_OWNERS_LEAD = _to(Holder.LEAD, Condition.OWN_AGENCY)
_GLASS = _to(Holder.BREAK_GLASS)
_OFFICE_AS_OWNER = _to(Holder.COORDINATOR, Condition.PANEL_OWNED)
_DOERS = (_to(Holder.ASSIGNEE), _OWNERS_REP, _OFFICE_AS_OWNER)
_CONFIRMERS = (
    _to(Holder.COORDINATOR, Condition.NOT_PANEL_OWNED, Condition.NOT_SENSITIVE, Condition.NOT_AUTHOR),
    _OTHER_CHAIR,
)

# Observers have no line: they see nothing in writing. The system administrator has none that shows a case.
GRANTS: Mapping[Verb, tuple[Grant, ...]] = {
    Verb.SET_UP_PANEL: (
        _COORDINATOR,
        _to(Holder.SYSTEM_ADMIN),
        _to(Holder.ANYONE, Condition.FIRST_PANEL),
    ),
    Verb.CHANGE_SETTINGS: _OFFICE,
    Verb.MANAGE_PEOPLE: (_COORDINATOR, _to(Holder.SYSTEM_ADMIN)),
    Verb.SET_GO_LIVE: (_to(Holder.INFORMATION_GOVERNANCE),),
    Verb.SCHEDULE: _OFFICE,
    Verb.MOVE_MEETING: _OFFICE,
    Verb.CANCEL_MEETING: _OFFICE,
    Verb.REFER: (*_OFFICE, _to(Holder.REPRESENTATIVE), _to(Holder.LEAD)),
    Verb.TRIAGE: _OFFICE,
    Verb.READ_VICTIMS_VIEWS: (_CHAIR, _to(Holder.VICTIM_SERVICE)),
    Verb.SIGN_OFF_REFERRAL: (
        _to(Holder.LEAD, Condition.OWN_AGENCY, Condition.NOT_AUTHOR),
        _to(Holder.REPRESENTATIVE, Condition.OWN_AGENCY, Condition.NOT_AUTHOR),
    ),
    Verb.DECLARE_URGENT: (_CHAIR,),
    Verb.EDIT_CASE: _OFFICE,
    Verb.KEEP_APART: (_to(Holder.VICTIM_SERVICE, Condition.ON_CASE), _CHAIR),
    Verb.SAY_PRIMARY: (_CHAIR,),
    Verb.KEEP_EQUALITY: (_COORDINATOR,),
    Verb.COUNT_EQUALITY: _OFFICE,
    Verb.INVITE_AGENCY: _OFFICE,
    Verb.AGREE_INVITATION: (
        _to(Holder.VICTIM_SERVICE, Condition.ON_CASE),
        _to(Holder.CHAIR, Condition.NO_VICTIM_SERVICE),
    ),
    Verb.AGREE_IMMIGRATION: (_CHAIR,),
    Verb.WITHDRAW_INVITATION: _OFFICE,
    Verb.DECLARE_CONFLICT: (*_OFFICE, _to(Holder.REPRESENTATIVE), _to(Holder.LEAD), _to(Holder.ASSIGNEE)),
    Verb.MOVE_CASE: _OFFICE,
    Verb.END_CASE: (_CHAIR,),
    Verb.GIVE_VICTIM_VIEW: (
        _to(Holder.VICTIM_SERVICE, Condition.ON_CASE),
        _to(Holder.CHAIR, Condition.NO_VICTIM_SERVICE),
    ),
    Verb.MARK_FILE: (_OWNERS_REP,),
    Verb.STEP_PATHWAY: (*_OFFICE, _to(Holder.PERPETRATOR_SERVICE, Condition.ON_CASE)),
    Verb.RECORD_DEATH: _OFFICE,
    Verb.HAND_OVER_CASE: _OFFICE,
    Verb.FOLLOW_UP: _OFFICE,
    Verb.SEE_TIMELINE: (*_OFFICE, _REP_ON_CASE, _GLASS),
    Verb.SUBMIT_RETURN: (_to(Holder.REPRESENTATIVE, Condition.OWN_AGENCY, Condition.AGENCY_ON_CASE),),
    Verb.ENTER_ON_BEHALF: (_to(Holder.COORDINATOR, Condition.AGENCY_ON_CASE),),
    Verb.WRITE_PROFILE: (_COORDINATOR, _to(Holder.REPRESENTATIVE, Condition.OWN_AGENCY, Condition.AGENCY_ON_CASE)),
    Verb.ISSUE_LIST: _OFFICE,
    Verb.SEE_BOARD: _OFFICE,
    Verb.REMIND: (_COORDINATOR,),
    Verb.PREVIEW_AGENDA: _OFFICE,
    Verb.APPROVE_AGENDA: (_OTHER_CHAIR,),
    Verb.OPEN_BRIEFING: (*_OFFICE, _REP_ON_CASE, _GLASS),
    Verb.RECORD_TOLD: (_to(Holder.VICTIM_SERVICE, Condition.ON_CASE),),
    Verb.TABLE_LATE_PAPER: (_COORDINATOR, _REP_ON_CASE),
    Verb.PRINT_PACK: _OFFICE,
    Verb.RECORD_MEETING: _OFFICE,
    Verb.PROPOSE_END: (*_OFFICE, _REP_ON_CASE),
    Verb.DRAFT_MINUTES: (_COORDINATOR,),
    Verb.APPROVE_MINUTES: (_OTHER_CHAIR, _to(Holder.ASSIGNEE, Condition.NOT_AUTHOR)),  # whom the chair let approve
    Verb.ISSUE_MINUTES: (_COORDINATOR,),
    Verb.SEE_MINUTES: (*_OFFICE, _REP_ON_CASE),
    Verb.WITHOUT_QUORUM: (_CHAIR,),
    Verb.LET_IN: (_CHAIR,),
    Verb.KEEP_AGREEMENTS: (*_OFFICE, _to(Holder.INFORMATION_GOVERNANCE)),
    Verb.DECLARE: (*_OFFICE, _to(Holder.REPRESENTATIVE), _to(Holder.LEAD)),
    Verb.DECLARE_FOR: (_COORDINATOR,),
    Verb.CONFIRM_STATEMENT: (_OWNERS_REP,),
    Verb.DELEGATE_MINUTES: (_CHAIR,),
    Verb.DECIDE_IN_WRITING: (_CHAIR,),
    Verb.ANSWER_IN_WRITING: (_to(Holder.REPRESENTATIVE, Condition.OWN_AGENCY, Condition.AGENCY_ON_CASE),),
    Verb.ANSWER_IN_WRITING_FOR: (_to(Holder.COORDINATOR, Condition.AGENCY_ON_CASE),),
    Verb.PROPOSE_ACTION: (*_OFFICE, _REP_ON_CASE),
    Verb.ADD_ACTION: _OFFICE,
    Verb.AGREE_ACTION: (_CHAIR,),
    Verb.EDIT_ACTION: _OFFICE,
    Verb.CHECK_SAFETY: (_to(Holder.VICTIM_SERVICE, Condition.ON_CASE, Condition.NOT_OWNER_AGENCY),),
    Verb.CHECK_FOR: (_to(Holder.COORDINATOR, Condition.NOT_OWNER_AGENCY),),
    Verb.PROCEED_AGAINST_ADVICE: (_CHAIR,),
    Verb.ACKNOWLEDGE: _DOERS,
    Verb.REPORT_PROGRESS: _DOERS,
    Verb.REPORT_COMPLETE: _DOERS,
    Verb.ASK_TIME: _DOERS,
    Verb.APPROVE_TIME: (_to(Holder.COORDINATOR, Condition.DELEGATED, Condition.NOT_AUTHOR), _OTHER_CHAIR),
    Verb.CONFIRM_ACTION: _CONFIRMERS,
    Verb.QUERY_ACTION: _CONFIRMERS,
    Verb.NOT_POSSIBLE: (_OTHER_CHAIR,),
    Verb.NOT_DONE: (_OWNERS_REP, _OFFICE_AS_OWNER, _CHAIR),
    Verb.GIVE_REASON: (*_DOERS, *_OFFICE),
    Verb.SUPERSEDE: (_CHAIR,),
    Verb.CANCEL_ACTION: (_CHAIR,),
    Verb.REASSIGN: (_OWNERS_REP, _COORDINATOR),
    Verb.ANSWER_FOR: (_to(Holder.COORDINATOR, Condition.NOT_PANEL_OWNED),),
    Verb.SNOOZE_ACTION: _DOERS,
    Verb.SAY_NOT_POSSIBLE: (*_DOERS, _CHAIR),
    Verb.REOPEN_ACTION: (_to(Holder.COORDINATOR, Condition.NOT_PANEL_OWNED, Condition.NOT_SENSITIVE), _CHAIR),
    Verb.RESTORE_ACTION: (_CHAIR,),
    Verb.MOVE_DATE: (_to(Holder.COORDINATOR, Condition.DELEGATED), _CHAIR),
    Verb.DELEGATE_TIME: (_CHAIR,),
    Verb.SEE_ACTION: (*_OFFICE, *_DOERS, _OWNERS_LEAD, _REP_ON_CASE),
    Verb.SEE_AGENCY_TRACKER: (*_OFFICE, _OWNERS_REP, _OWNERS_LEAD),
    Verb.SEE_TRACKER: _OFFICE,
    Verb.SEE_HEALTH: (*_OFFICE, _to(Holder.STEERING)),
    Verb.EXPORT: (_COORDINATOR, _to(Holder.INFORMATION_GOVERNANCE)),
    Verb.SEE_AUDIT: (*_OFFICE, _to(Holder.INFORMATION_GOVERNANCE)),
    Verb.CHANGE_CATALOGUE: _OFFICE,
    Verb.AGREE_LIGHTER: (_to(Holder.VICTIM_SERVICE),),
    Verb.LIGHTEN_CHECK: (_CHAIR,),
    Verb.KEEP_RECORDS: (_to(Holder.INFORMATION_GOVERNANCE),),
    Verb.HOLD_RECORD: (_to(Holder.INFORMATION_GOVERNANCE), _CHAIR),
    Verb.ANSWER_REQUEST: (_to(Holder.INFORMATION_GOVERNANCE),),
    Verb.SAY_WHAT_MAY_BE_GIVEN: (_OWNERS_REP,),
    Verb.SEAL_CASE: _OFFICE,
    Verb.CHANGE_SEAL: (_CHAIR,),
    Verb.BREAK_GLASS: (_to(Holder.REPRESENTATIVE, Condition.NOT_ON_CASE), _to(Holder.LEAD, Condition.NOT_ON_CASE)),
    Verb.REVIEW_GLASS: (_OTHER_CHAIR,),
    Verb.ATTEST_SEAT: (
        _to(Holder.COORDINATOR, Condition.NOT_OWN_SEAT),
        _to(Holder.CHAIR, Condition.NOT_OWN_SEAT),
        _to(Holder.LEAD, Condition.OWN_AGENCY, Condition.NOT_OWN_SEAT),
    ),
}
