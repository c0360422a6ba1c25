"""The briefing's pieces of what agencies wrote: each with its source, its sort and who may read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from commands.agendas.brief_voice import told_at_referral
from commands.kit.blocks import Block, paragraphs, section
from commands.kit.meetings import today
from commands.kit.modes import Sitting, called
from commands.kit.reading import Reading, source_withheld, still_to_come
from commands.kit.text import day, escape
from commands.kit.turn import Turn
from commands.updates.intelligence import conditions_of
from panel.codes import Function, RestrictionKind, RiskView
from panel.codes.basis import Basis
from panel.restriction import ItemKind, Restriction, stores_text, verbal_marker
from storage.tables import Item, Meeting

SORTS = {
    "fact": "Fact",
    "opinion": "Professional opinion",
    "whereabouts": "Whereabouts",
    "risk": "View of risk",
    "in_danger": "Who is in danger",
    "proposed_action": "Proposed action",
    "own_action": "Its own action",
    "reason": "Why it is not shared",
    "risk_change": "Risk factors",
    "strengths": "What lowers the risk",
    "ahead": "Appointment ahead",
    "engagement": "Engagement with services",
    "language": "Language",
    "neurodiversity": "Neurodiversity and adjustments",
    "works": "What works with the subject",
    "victims": "The victims",
    "children": "The children",
    "note": "Note",
    "not_shared": "Not shared, and why",
    "advice": "Advice",
    "profile": "Police profile",
}


HEAR_FIRST = "Nothing in writing here for you. Hear the victim service first, before the agencies."
RISK = frozenset({"in_danger", "risk", "risk_change", "strengths"})
AHEAD = frozenset({"ahead"})
WORKING = frozenset({"engagement", "language", "neurodiversity", "works"})


@dataclass(frozen=True)
class Pieces:
    """What one reader may read on a case, oldest first, in the parts of the page it belongs to."""

    reading: Reading
    voice: Sequence[Item]
    others: Sequence[Item]
    risk: Sequence[Item]
    ahead: Sequence[Item]  # soonest first
    working: Sequence[Item]
    spoken: Sequence[str]  # which victim services have something to say in the room
    verbal: Sequence[str]  # which other agencies have
    before: Sequence[Item]

    @classmethod
    def of(cls, reading: Reading, meeting: Meeting, *, own_only: bool) -> Pieces:
        """Sort the readable items. `own_only`: the reader's own agencies' alone."""
        own = reading.reader.agencies
        zone = ZoneInfo(meeting.zone)
        later = still_to_come(reading.work, reading.person, meeting)
        found = [
            item for item in reading.items()
            if reading.code(item.agency_id) in own or not (own_only or item.meeting_id in later)
        ]  # fmt: skip
        found = sorted((each for each in found if not _over(reading, each)), key=lambda each: _happened(zone, each))
        now = [item for item in found if item.meeting_id in (meeting.id, None)]
        written = [item for item in now if _written(item)]
        said = [item for item in now if not _written(item)]
        spoken = _codes(reading, (item for item in said if _from_victim_service(reading, item)))
        verbal = _codes(reading, (item for item in said if not _from_victim_service(reading, item)))
        voice = [item for item in written if _from_victim_service(reading, item)]
        rest = [item for item in written if not _from_victim_service(reading, item)]
        risk, ahead, working = ([item for item in rest if item.kind in kinds] for kinds in (RISK, AHEAD, WORKING))
        others = [item for item in rest if item.kind not in RISK | AHEAD | WORKING]
        before = [item for item in found if item not in now and _written(item)]
        return cls(reading, voice, others, risk, ahead, working, spoken, verbal, before)


def victims_voice(turn: Turn, pieces: Pieces) -> list[Block]:
    """What was told with the referral, then what the victim service wrote, or will say: it stands first. Where this
    person reads nothing of it, the same words stand for everybody, whether there is something or not."""
    told = told_at_referral(turn, pieces.reading)
    found = [*told, *_drawn(turn, pieces, pieces.voice), *_markers(pieces.spoken)]
    return _headed("*The victims' voice*", found or [section(HEAR_FIRST)])


def updates(turn: Turn, pieces: Pieces) -> list[Block]:
    """What changed, oldest to newest; then who has something to say in the room."""
    found = [*_drawn(turn, pieces, pieces.others), *_markers(pieces.verbal)]
    return _headed("*What changed*, oldest first", found)


def risk_views(turn: Turn, pieces: Pieces) -> list[Block]:
    """How each agency sees the risk: how it moved, what makes it worse, what lowers it."""
    return _headed("*How agencies see the risk*", _drawn(turn, pieces, pieces.risk))


def ahead(turn: Turn, pieces: Pieces) -> list[Block]:
    """On which days and where the subject will be, soonest first."""
    return _headed("*Appointments ahead*, soonest first", _drawn(turn, pieces, pieces.ahead))


def working(turn: Turn, pieces: Pieces) -> list[Block]:
    """How the subject engages, and what works: language, neurodiversity, manner."""
    return _headed("*Working with the subject*", _drawn(turn, pieces, pieces.working))


def earlier(turn: Turn, pieces: Pieces) -> list[Block]:
    """What was written for earlier meetings and still holds."""
    return _headed(f"*From {called('earlier meetings', turn.panel)}*", _drawn(turn, pieces, pieces.before))


def restriction_label(limits: Restriction, sitting: Sitting) -> str:
    """Who else may read it, in words; empty for everyone on the case."""
    said = [
        f"{kind.label}: {', '.join(sorted(limits.named))}" if kind is RestrictionKind.NAMED else kind.label
        for kind in RestrictionKind
        if kind in limits.kinds and kind is not RestrictionKind.ALL
    ]
    said += [called("not for the minutes", sitting)] if limits.no_minute else []
    return "; ".join(said + ([f"until {day(limits.expires)}"] if limits.expires else []))


def basis_label(item: Item) -> str:
    """Under which law its agency shares it; not where that would tell from whom it is."""
    return Basis(item.basis).label if item.basis and not source_withheld(item) else ""


def _markers(codes: Sequence[str]) -> list[Block]:
    return [section(escape(verbal_marker(code))) for code in codes]


def _codes(reading: Reading, items: Iterable[Item]) -> list[str]:
    return sorted({str(reading.code(item.agency_id)) for item in items})


def _headed(heading: str, blocks: list[Block]) -> list[Block]:
    return [section(heading), *blocks] if blocks else []


def _drawn(turn: Turn, pieces: Pieces, items: Sequence[Item]) -> list[Block]:
    return [block for item in items for block in _piece(turn, pieces.reading, item)]


def _piece(turn: Turn, reading: Reading, item: Item) -> list[Block]:
    audience = ItemKind(item.audience)
    marks = [
        f"*{reading.source(item) or turn.panel.code}*",
        SORTS.get(item.kind, item.kind.replace("_", " ").capitalize()),
        day(today(turn.panel, item.at)),
        "late paper" if item.late else "",
        "" if audience is ItemKind.SHARED else audience.label,
        restriction_label(Restriction.parse(item.restriction), turn.panel),
        basis_label(item),
    ]
    said = paragraphs(_words(item), f"{escape(' · '.join(mark for mark in marks if mark))}\n")
    return [*said, *conditions_of(item)]


def _words(item: Item) -> str:
    body = item.body or ""
    return RiskView(body).label if item.kind == "risk" and body in {*RiskView} else body


def _written(item: Item) -> bool:
    return stores_text(Restriction.parse(item.restriction))


def _over(reading: Reading, item: Item) -> bool:
    """Whether its last day is past: it stands on no page any more, not for its writer either."""
    return Restriction.parse(item.restriction).expired(reading.on)


def _happened(zone: ZoneInfo, item: Item) -> tuple[date, datetime]:
    """The day on which it happened, as its writer said, else on which it was written."""
    day = (item.details or {}).get("day")
    return (date.fromisoformat(day) if day else item.at.astimezone(zone).date()), item.at


def _from_victim_service(reading: Reading, item: Item) -> bool:
    source = reading.agencies.get(item.agency_id)
    shared = item.audience == ItemKind.SHARED  # where the rest stands would tell the police whom it is from
    return shared and source is not None and source.function == Function.VICTIM_SERVICE
