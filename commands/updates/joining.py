"""What comes to a meeting once its requests are out: a new version of the list, and requests for that alone."""

from __future__ import annotations

from collections.abc import Container

from commands.kit.alerts import alerted
from commands.kit.meetings import listed, today
from commands.kit.sealing import sealings
from commands.updates.current import by_answerer, pairs
from commands.updates.requests import ask_everybody, send, tell
from panel.codes import Role
from storage.tables import Meeting, Panel, Request
from storage.work import UnitOfWork


def at_cut_off(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    """Send the requests; where they are out already, those for whatever has come since."""
    if meeting.requests_sent_at is None:
        send(work, panel, meeting)
    else:
        catch_up(work, panel, meeting)


def catch_up(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    """Ask about what stands on the list and was not asked; nothing is asked twice. Cases that nobody had been asked
    about make a new version of the list, and the coordinator, who sends it, is told."""
    before = {row.case_id for row in work.find(Request, Request.meeting_id == meeting.id) if row.asked_at is not None}
    fresh = {request.id for request in ask_everybody(work, panel, meeting)}
    asked = [pair for pair in pairs(work, meeting) if pair.request.id in fresh]
    added = list(dict.fromkeys(pair.listing.case_id for pair in asked if pair.listing.case_id not in before))
    seals = sealings(work, panel.id)
    added = [key for key in added if key not in seals]  # a version of the list is everybody's
    if added:
        assert meeting.list_version is not None
        meeting.list_version += 1
        meeting.list_date = today(panel, work.now)
        _tell_office(work, panel, meeting, added)
    if asked:
        newest = max(pair.request.id or 0 for pair in asked)
        tell(work, panel, meeting, asked, why=f"added.{newest}", kind="updates.added")
    if added:
        tell_version(work, meeting, but=by_answerer(work, meeting.panel_id, asked))
        work.audit("added to list", f"meeting:{meeting.id}", panel_id=panel.id, cases=len(added), pairs=len(asked))


def tell_version(work: UnitOfWork, meeting: Meeting, but: Container[str | None] = ()) -> None:
    """A new version reopens nothing by itself: each person who answers is told that it is there. `but`: those who
    learn it from another message."""
    for user in by_answerer(work, meeting.panel_id, pairs(work, meeting)):
        if user is not None and user not in but:
            work.owe(
                f"list:{meeting.id}:{meeting.list_version}:{user}", "updates.list", user,
                panel_id=meeting.panel_id, about={"meeting": meeting.id, "version": meeting.list_version},
            )  # fmt: skip


def _tell_office(work: UnitOfWork, panel: Panel, meeting: Meeting, added: list[int]) -> None:
    """The coordinator has a version to send; once the agenda is out, the channel learns what it does not hold."""
    about = {"meeting": meeting.id, "cases": added, "listed": len(listed(work, meeting))}
    name = f"{meeting.id}:{meeting.list_version}"
    for office in alerted(work, meeting.panel_id, Role.COORDINATOR):
        work.owe(f"joined:{name}", "updates.joined", office, panel_id=panel.id, about=about)
    if meeting.agenda_issued_at is not None and panel.channel_id:
        work.owe(f"after_agenda:{name}", "updates.after_agenda", panel.channel_id, panel_id=panel.id, about=about)
