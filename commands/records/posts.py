"""The bot's own messages: taken out of Slack after the panel's number of days, but for the papers of a live cycle."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import col

from commands.kit.meetings import settings_of, today
from storage.outbox import EMAIL
from storage.tables import AgendaVersion, Meeting, Minutes, Notice, Panel
from storage.work import UnitOfWork

APART = timedelta(seconds=2)  # Slack takes some fifty removals a minute (chat.delete, tier 3)
A_DAY_S = 500  # removals that one morning owes
REFUSED = "cant_delete_message"  # what a removal that Slack refused leaves on the message
REMOVE = "remove"


def owe_removal(work: UnitOfWork, notice: Notice, place: int = 0) -> bool:
    """Have a message taken away, where it stands in Slack. `place`: how many go before it."""
    if notice.channel is None or notice.ts is None or notice.removed_at is not None or notice.route == EMAIL:
        return False
    return work.owe(
        f"{REMOVE}:{notice.channel}:{notice.ts}", REMOVE, notice.channel, panel_id=notice.panel_id,
        about={"channel": notice.channel, "ts": notice.ts}, not_before=work.now + place * APART,
    )  # fmt: skip


def remove_old(work: UnitOfWork, panel: Panel) -> int:
    """Owe the removal of messages that are old enough, the oldest first; how many."""
    before = work.now - timedelta(days=settings_of(panel).retention.post_days)
    old = work.few(
        Notice, A_DAY_S, Notice.panel_id == panel.id, Notice.state == "sent", col(Notice.ts).is_not(None),
        col(Notice.removed_at).is_(None), col(Notice.problem).is_(None), col(Notice.sent_at) < before,
    )  # fmt: skip
    return sum(owe_removal(work, notice, place) for place, notice in enumerate(old) if not _live(work, panel, notice))


def refused(work: UnitOfWork, panel: Panel) -> int:
    """How many messages Slack did not let the bot take away."""
    return len(work.rows(Notice, panel_id=panel.id, problem=REFUSED, state="sent"))


def _live(work: UnitOfWork, panel: Panel, notice: Notice) -> bool:
    """Whether it is of a meeting that is ahead, or whose minutes are not out: what is worked with stays."""
    about = notice.about
    agenda, minutes = work.look(AgendaVersion, about.get("agenda")), work.look(Minutes, about.get("minutes"))
    key = about.get("meeting") or (agenda and agenda.meeting_id) or (minutes and minutes.meeting_id)
    meeting = work.look(Meeting, key) if isinstance(key, int) else None
    if meeting is None or meeting.status == "cancelled":
        return False
    here, days = today(panel, work.now), settings_of(panel).retention.post_days
    issued = any(each.issued_at for each in work.rows(Minutes, meeting_id=meeting.id))
    return meeting.day >= here or (not issued and meeting.day > here - timedelta(days=days))
