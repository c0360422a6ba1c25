"""What goes and what does not when it is late: one rule a kind of notice.

Slack may be away for days, or the bot. What is owed stays owed, and is drawn from the facts of the moment in which it
goes; this table says what else there is to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from types import MappingProxyType

from sqlmodel import col

from commands.kit.meetings import today
from storage.outbox import UNSETTLED, Owed
from storage.tables import Notice, Panel
from storage.work import UnitOfWork


class Late(Enum):
    """What becomes of a notice whose moment has gone by."""

    TODAY = "on its own day only"
    LATEST = "of several about the same thing only the latest"
    EVERY = "every one, in the order in which they were owed"
    STANDING = "once, as things stand when it goes; not if nobody wants it any more"


# Of a kind that reminds, what makes two of them the same thing (keys of `about`).
SAME: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "actions.escalate": ("action",), "declaration": ("user",), "life.end_record": ("case",),
        "life.view_asked": ("case",), "proposed_due": ("item",), "referrals.sign_off": ("referral",),
        "updates.remind": ("meeting",),
    }
)  # fmt: skip
KINDS: Mapping[Late, str] = MappingProxyType(
    {
        Late.TODAY: "digest",
        Late.LATEST: " ".join(SAME),
        Late.EVERY: """
            actions.agreed actions.circulated agenda agenda_approved agenda_part minutes record updates.list
            updates.requested
        """,
        Late.STANDING: """
            access.attest access.glass access.glass_found access.left access.on_hold
            absent agreement audit.alert actions.advise actions.brought actions.bulk actions.cleared
            actions.lighter actions.told agenda_acting answered called cancelled cases.closed_to_you cases.conflict
            cases.possible cases.proposed
            cover digest_anew health home late_papers life.death life.flag life.flag_ends life.follow_up life.forward
            life.offered life.reviews_moved life.transfer_answered live mailbox minutes_draft minutes_waiting moved
            out_of_cycle precheck previewable proposed_over proposed_ready proposed_told reached_again record_open
            redraw referrals.added referrals.alert referrals.call referrals.called_urgent referrals.closed
            referrals.decided referrals.late referrals.missed_list referrals.to_triage referrals.voice remove replanned
            restarted seated sit_again telling undelivered unreached unseated updates.added updates.advice
            updates.after_agenda updates.answered updates.for_police updates.invitation updates.joined
            updates.late_paper updates.no_list updates.nobody updates.police_answer updates.urgent updates.waiting
            updates_closed video
            cases.sealed cases.sealed_part referrals.sealed_match
            records.consult records.due records.request records.review
        """,
    }
)
RULES: Mapping[str, Late] = MappingProxyType({kind: late for late, kinds in KINDS.items() for kind in kinds.split()})
PAPERS = KINDS[Late.EVERY].split()
TRIED = 10  # times: nobody waits for it any longer
A_MOMENT = timedelta(seconds=1)
ENDED_BADLY = ("failed", "dropped")


def is_overtaken(work: UnitOfWork, owed: Owed) -> bool:
    """Whether it is too late for it: its day is over, or a later one that reminds the same reader of the same thing is
    due or was sent."""
    rule = RULES.get(owed.kind)
    if rule is Late.TODAY and owed.panel_id is not None:
        here = today(work.get(Panel, owed.panel_id), work.now)
        return here.isoformat() != owed.about.get("day")
    return rule is Late.LATEST and _has_later(work, owed)


def _has_later(work: UnitOfWork, owed: Owed) -> bool:
    later = work.find(
        Notice, col(Notice.id) > owed.id, Notice.kind == owed.kind, Notice.to == owed.to,
        Notice.panel_id == owed.panel_id, Notice.not_before <= work.now, col(Notice.state).not_in(ENDED_BADLY),
    )  # fmt: skip
    same = SAME[owed.kind]
    return any(all(row.about.get(key) == owed.about.get(key) for key in same) for row in later)


def waits_behind(work: UnitOfWork, owed: Owed) -> datetime | None:
    """Until when a paper waits, so that its reader has the one that was owed before it first: that one may have been
    put back for the night, or be in doubt. Not for one that was tried again and again."""
    if RULES.get(owed.kind) is not Late.EVERY:
        return None
    before = work.few(
        Notice, 1, col(Notice.id) < owed.id, Notice.to == owed.to, col(Notice.kind).in_(PAPERS),
        col(Notice.state).in_(UNSETTLED), Notice.attempts < TRIED, Notice.attempts > 0,
    )  # fmt: skip
    return max(before[0].not_before, work.now) + A_MOMENT if before else None
