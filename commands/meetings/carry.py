"""What was not reached comes first on the next meeting's list; the channel learns how many cases that are."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.meetings import next_after
from commands.kit.notices import Rendered, say
from commands.kit.sealing import sealings
from commands.kit.service import Service
from commands.updates.joining import catch_up
from commands.updates.listing import live, put_on
from storage.outbox import Owed
from storage.tables import Case, Listing, Meeting, Panel
from storage.work import UnitOfWork


def carry(work: UnitOfWork, panel: Panel, meeting: Meeting, unreached: Sequence[tuple[Listing, Case]]) -> None:
    """Put them on the next list, marked, with what was proposed on them; where that list is out, its agencies are
    asked. Without a next meeting they wait for one. A case that has ended meanwhile is left."""
    following = next_after(work, panel, meeting.day)
    heard = live(work, panel)
    if following is not None:
        for listing, case in unreached:
            if case in heard:
                _carry(put_on(work, panel, following, case), listing)
        work.session.flush()
        if following.requests_sent_at is not None:
            catch_up(work, panel, following)
    told = [case for _, case in unreached if case.id not in sealings(work, panel.id)]
    if told and panel.channel_id:
        work.owe(
            f"unreached:{meeting.id}", "unreached", panel.channel_id, panel_id=panel.id,
            about={"meeting": meeting.id, "cases": len(told)},
        )  # fmt: skip


def _carry(again: Listing, listing: Listing) -> None:
    again.carried = True
    if again.proposal is None:
        again.proposal, again.proposed_by = listing.proposal, listing.proposed_by


def notice(service: Service, work: UnitOfWork, owed: Owed) -> Rendered:
    """To the channel: how many cases were not reached, and when they come."""
    meeting = work.get(Meeting, owed.about["meeting"])
    following = next_after(work, work.get(Panel, meeting.panel_id), meeting.day)
    return say(service.words("meetings/unreached", meeting=meeting, cases=owed.about["cases"], next=following))
