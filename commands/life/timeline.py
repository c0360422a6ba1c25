"""A case's timeline: what happened, newest first, as far as whoever looks may see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time

from commands.actions.kind import type_of
from commands.actions.where import result_words, status_words
from commands.cases.hub import meeting_in_work
from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, context, paragraphs, section
from commands.kit.meetings import today, zone_of
from commands.kit.people import thing_of
from commands.kit.reading import Reading, Sight, reads_early
from commands.kit.text import escape, weekday
from commands.kit.turn import Turn
from commands.kit.views import paged
from panel.access import Verb
from panel.calendar import instant
from panel.codes import ActionStatus, CaseKind, CaseStatus, Decision, OrderType, RiskView, Route
from panel.codes.life import CaseOutcome, MoveReason
from panel.restriction import ItemKind, Restriction, stores_text, verbal_marker
from storage.tables import Action, Case, CaseMove, CourtOrder, Listing, Meeting, Referral


@dataclass(frozen=True)
class Happened:
    """One row: when, in our words, and what somebody wrote, if anything."""

    at: datetime
    said: str
    words: str | None = None


class Heard:
    """The person's eyes on the case at each of its meetings: whose agency was left out of one reads nothing of it
    afterwards either."""

    def __init__(self, turn: Turn, reading: Reading) -> None:
        self._turn = turn
        self._now = reading
        self._at: dict[int, Reading] = {}

    def by(self, meeting_id: int | None) -> Reading:
        """Their eyes at this meeting; as they are now, for what belongs to none."""
        turn = self._turn
        meeting = turn.work.look(Meeting, meeting_id)
        if meeting_id is None or meeting is None:
            return self._now
        if meeting_id not in self._at:
            self._at[meeting_id] = Reading(turn.work, turn.panel, turn.person, self._now.case, meeting)
        return self._at[meeting_id]


def open_view(turn: Turn) -> Answer:
    """The newest page. The look is audited."""
    return Show(_view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page, in its place."""
    return Replace(_view(turn))


def _view(turn: Turn) -> Block:
    case = turn.case()
    meeting = meeting_in_work(turn)
    turn.need(Verb.SEE_TIMELINE, thing_of(turn.work, case, meeting))
    turn.audit("opened", f"case:{case.id}", case_id=case.id, section="timeline")
    about = About(panel=turn.panel.id, case=case.id, page=turn.about.page)
    top = [section(f"*{case.ref} · {case.subject_ref}*"), context(turn.say("life/timeline"))]
    rows = [_drawn(turn, row) for row in happened(turn, case, meeting)]
    return paged("Timeline", [top, *rows], about, "life.timeline.turn", name="life.timeline")


def happened(turn: Turn, case: Case, meeting: Meeting | None) -> list[Happened]:
    """Every row that this person may see, newest first."""
    reading = Reading(turn.work, turn.panel, turn.person, case, meeting)
    sources = (_referrals, _moves, _listings, _items, _actions, _orders)
    rows = [row for source in sources for row in source(turn, reading)]
    return sorted(rows, key=lambda row: row.at, reverse=True)


def _drawn(turn: Turn, row: Happened) -> list[Block]:
    before = f"*{weekday(today(turn.panel, row.at))}*\n{row.said}"
    return paragraphs(row.words, f"{before}\n") if row.words else [section(before)]


def _referrals(turn: Turn, reading: Reading) -> Iterator[Happened]:
    for row in turn.work.rows(Referral, case_id=reading.case.id):
        routes = ", ".join(Route(code).label for code in row.routes)
        who = reading.agencies[row.agency_id].code if row.agency_id else turn.panel.code
        yield Happened(row.at, f"Referred by {escape(who)}: {routes or 'route not given'}")


def _moves(turn: Turn, reading: Reading) -> Iterator[Happened]:
    """Where it stood; what was noted beside a move is for chair and coordinator."""
    for row in turn.work.rows(CaseMove, case_id=reading.case.id):
        why = f" · {reason_label(row.reason)}" if row.reason else ""
        noted = row.note if turn.person.is_chair or turn.person.is_coordinator else None
        yield Happened(row.at, f"{CaseStatus(row.was).label} → {CaseStatus(row.now).label}{why}", noted)


def reason_label(code: str) -> str:
    """Why a case moved, in words: a reason of a move, or how it ended."""
    return MoveReason(code).label if code in {*MoveReason} else CaseOutcome(code).label


def _listings(turn: Turn, reading: Reading) -> Iterator[Happened]:
    """The meetings it was listed for; a decision once the record is closed, to chair and coordinator at once."""
    office = turn.person.is_chair or turn.person.is_coordinator
    heard = Heard(turn, reading)
    for row in turn.work.rows(Listing, case_id=reading.case.id):
        meeting = turn.work.get(Meeting, row.meeting_id)
        if meeting.status == "cancelled" or not heard.by(meeting.id).allowed:
            continue
        shown = row.decision and (office or meeting.record_closed_at is not None)
        decided = f" · {Decision(row.decision or '').label}" if shown else ""
        yield Happened(meeting.starts_at, f"Panel: {CaseKind(row.kind).label}{decided}")


def _items(turn: Turn, reading: Reading) -> Iterator[Happened]:
    """What agencies wrote, item by item by its restriction; for the next meeting only once its agenda is out."""
    early, heard = reads_early(turn.person), Heard(turn, reading)
    for row in reading.items():
        if not heard.by(row.meeting_id).may_read(row):
            continue
        code = reading.code(row.agency_id) or turn.panel.code
        own = code in reading.reader.agencies
        meeting = turn.work.look(Meeting, row.meeting_id)
        waits = meeting is not None and meeting.agenda_issued_at is None and meeting.record_closed_at is None
        if waits and not (early or own):
            continue
        if not stores_text(Restriction.parse(row.restriction)):
            yield Happened(row.at, escape(verbal_marker(code)))
            continue
        sort = "" if row.audience == ItemKind.SHARED else f" · {ItemKind(row.audience).label}"
        kind = row.kind.replace("_", " ").capitalize()
        body = row.body or ""
        words = RiskView(body).label if row.kind == "risk" and body in {*RiskView} else body
        yield Happened(row.at, f"{escape(reading.source(row) or code)} · {kind}{sort}", words or None)


def _actions(turn: Turn, reading: Reading) -> Iterator[Happened]:
    heard = Heard(turn, reading)
    for row in turn.work.rows(Action, case_id=reading.case.id):
        sight = min(reading.sight(row), heard.by(row.meeting_id).sight(row), key=lambda each: each.value)
        if sight is Sight.NOTHING or row.status == ActionStatus.PROPOSED:
            continue
        owner = escape(reading.code(row.owner_id) or turn.panel.code)
        status = status_words(row, reading.sees_safety(), reading.case.ended_at is not None)
        kind = f" · {escape(type_of(row).label)}" if sight is Sight.ALL else ""
        words = row.text if sight is Sight.ALL else None
        yield Happened(row.agreed_at or row.status_at, f"Action {row.ref} · {owner}{kind} · {status}", words)
        result = result_words(row, reading.sees_safety()) if sight is Sight.ALL else ""
        if result:
            yield Happened(row.reported_at or row.status_at, f"{result} · by action {row.ref}")


def _orders(turn: Turn, reading: Reading) -> Iterator[Happened]:
    """Orders, on the day on which they end, or ended."""
    for row in turn.work.rows(CourtOrder, case_id=reading.case.id):
        on = row.ended or row.ends
        kind = OrderType((row.details or {})["type"]).label
        if on is not None:
            yield Happened(instant(on, time(0), zone_of(turn.panel)), f"{kind} {'ended' if row.ended else 'ends'}")
