"""What I was told lately, and why just then: for each message its rule in plain words, the day behind it, what moved
its moment, and where that is changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import col

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.away import away_on
from commands.kit.blocks import section
from commands.kit.cover import standing_in
from commands.kit.hours import awake_for
from commands.kit.meetings import today
from commands.kit.turn import Turn
from commands.kit.undelivered import UNTOLD, subject_of
from commands.kit.views import paged
from panel.ladder import Rung
from storage.tables import Notice

VIEW = "reminders.why"
MOST = 30  # messages

# Which rule each kind of message follows; the sentences stand in reminders/why.jinja under these names.
RULES: Mapping[str, str] = {
    "digest": "digest",
    "ladder": "actions.escalate",
    "agreed": "actions.agreed actions.circulated",
    "action": "actions.told actions.brought actions.bulk actions.lighter",
    "check": "actions.advise actions.cleared precheck",
    "updates": "updates.requested updates.remind updates.added updates.urgent updates.waiting updates.list"
    " updates.no_list updates.nobody updates.after_agenda updates.late_paper late_papers",
    "answered": "updates.answered updates.advice updates.for_police updates.police_answer answered",
    "invited": "updates.invitation updates.joined called out_of_cycle",
    "deadline": "updates_closed health referrals.call previewable",
    "agenda": "agenda agenda_approved agenda_acting agenda_part telling",
    "record": "record record_open minutes minutes_draft minutes_waiting absent",
    "referral": "referrals.added referrals.alert referrals.called_urgent referrals.closed referrals.decided"
    " referrals.late referrals.sealed_match referrals.missed_list referrals.sign_off referrals.to_triage"
    " referrals.voice",
    "writing": "proposed_due proposed_over proposed_ready proposed_told",
    "case": "cases.closed_to_you cases.conflict cases.possible cases.proposed life.death life.end_record life.flag"
    " life.flag_ends life.follow_up life.forward life.offered life.reviews_moved life.transfer_answered"
    " life.view_asked cases.sealed cases.sealed_part",
    "date": "moved cancelled replanned restarted sit_again video",
    "part": "seated unseated cover declaration agreement audit.alert live mailbox",
    "opened": "access.glass access.glass_found",
    "confirmed": "access.left access.attest access.on_hold",
    "records": "records.due records.review records.request records.consult",
    "undelivered": "undelivered unreached reached_again",
}
RULE_OF = {kind: rule for rule, kinds in RULES.items() for kind in kinds.split()}


def open_list(turn: Turn) -> Answer:
    """The latest messages that this person had from the bot on this panel, the newest first."""
    found = turn.work.few(
        Notice, MOST, Notice.panel_id == turn.panel.id, Notice.to == turn.user, Notice.state == "sent",
        col(Notice.kind).not_in(UNTOLD), order=col(Notice.id).desc(),
    )  # fmt: skip
    turn.audit("listed", "notices", shown=len(found))
    top = section(turn.say("reminders/why_top", number=len(found)))
    rows = [[section(explained(turn, notice))] for notice in found]
    view = paged("What I was told", [[top], *rows], About(panel=turn.panel.id, page=turn.about.page), VIEW)
    return Replace(view) if turn.about.page is not None else Show(view)


def explained(turn: Turn, notice: Notice) -> str:
    """Why one message came, and why then."""
    sent = notice.sent_at or notice.made_at
    return turn.say(
        "reminders/why", rule=RULE_OF.get(notice.kind, ""), subject=subject_of(notice.kind), at=sent,
        step=_step(notice), due=notice.about.get("due"), held=_held(turn, notice), late=_late(notice, sent),
        covers=_covers(turn, sent), missing=bool(notice.about.get("missing") or notice.about.get("in_place")),
    )  # fmt: skip


def _step(notice: Notice) -> str:
    """The row of the ladder, in words."""
    step = str(notice.about.get("step") or "")
    if step.startswith("fast"):
        return f"{step.removeprefix('fast')} from when it is due"
    return Rung(step).label if step in list(Rung) else ""


def _held(turn: Turn, notice: Notice) -> bool:
    """Whether quiet hours, a weekend or a bank holiday moved its moment."""
    kind = turn.service.notices.get(notice.kind)
    until = awake_for(turn.work, turn.panel, notice.to, notice.made_at)
    return kind is not None and until > notice.made_at and (notice.sent_at or until) >= until


def _late(notice: Notice, sent: datetime) -> bool:
    """Whether it could not be sent at once, for another reason than the hour."""
    return notice.attempts > 1 and sent > notice.not_before


def _covers(turn: Turn, at: datetime) -> bool:
    """Whether this person stood in for somebody on that day."""
    away = away_on(turn.work, turn.panel.id, today(turn.panel, at))
    return any(turn.user in standing_in(turn.work, turn.panel.id, user, named) for user, named in away.items())
