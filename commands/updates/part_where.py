"""Whereabouts: re-stated as still correct with the day and by whom it was verified, or given anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col

from commands.cases import record
from commands.kit.answers import Answer, Show
from commands.kit.blocks import Block, paragraphs
from commands.kit.errors import Refusal
from commands.kit.fields import Day, One, Text, Tick
from commands.kit.forms import Form, ask
from commands.kit.meetings import today
from commands.kit.reading import Reading
from commands.kit.turn import Turn
from commands.updates import parts
from commands.updates.desk import Answering, answering_now
from commands.updates.last_time import last_time
from commands.updates.sent import need_words
from commands.updates.sitting import back
from panel import restriction
from panel.codes import Confidence, Function, WhereaboutsType
from panel.codes.returns import ReturnSection
from panel.restriction import Restriction, automatic, may_read, stores_text, tightest
from panel.return_parts import past_day_problem, still_text, verified_problem, where_text
from storage.tables import Item, Meeting

WHERE = ReturnSection.WHEREABOUTS


class NothingKnown(Refusal):
    """No whereabouts that you may read is on record for this case, so there is nothing to re-state. Choose “It has
    changed” and say where the subject is."""


@dataclass
class StillCorrect(Form):
    """What is on record still holds: counted only with the day and the agency that verified it."""

    name = "updates.still"
    title = "Still correct"
    still: bool = ask(Tick("Still correct", saying="This is still correct"))
    verified: date = ask(Day("Verified on", "The day on which somebody saw or checked it, not today's by habit."))
    by: str = ask(One("Verified by", "The agency whose staff or records showed it."))


@dataclass
class NewWhereabouts(Form):
    """Where the subject is now."""

    name = "updates.where"
    title = "Whereabouts"
    kind: str = ask(One("Where is the subject living?", choices=[(each, each.label) for each in WhereaboutsType]))
    area: str | None = ask(
        Text(
            "Area",
            "A town or part of one, or “see our secure record”. Never an address.",
            True,
            limit=100,
            narrative=True,
        ),
        None,
    )
    confidence: str | None = ask(
        One("How sure are you?", optional=True, choices=[(each, each.label) for each in Confidence]), None
    )
    verified: date | None = ask(Day("Last verified on", "Leave empty if nobody has.", True), None)
    expected: str | None = ask(
        Text("Next expected move", "What, when, and how you know: a release, a tenancy that ends. No names.", True),
        None,
    )
    near: bool = ask(
        Tick(
            "Near a victim", "Then only chair and victim service read it.", True, "At or near a victim or new partner"
        ),
        False,
    )
    readers: str = ask(parts.READERS)
    named: Sequence[str] = ask(parts.NAMED, ())

    def check(self) -> dict[str, str]:
        """Nothing written for the room."""
        return parts.for_the_room(self.readers, {"area": self.area, "expected": self.expected})


def open_still(turn: Turn) -> Answer:
    """The form, under what is on record."""
    need_words(turn)
    here = answering_now(turn)
    known = _known(turn, here)
    if known is None:
        raise NothingKnown
    turn.audit("opened", f"whereabouts:{here.asked.request.id}", case_id=here.asked.case.id)
    before: list[Block] = [*parts.heading(turn, here, WHERE), *paragraphs(known[0], "*On record:* ")]
    agencies = {"by": parts.others(turn)}
    about = turn.about.but(code=None, version=parts.newest(turn, here))
    return Show(StillCorrect.draw(about, before=before, choices=agencies, initial={"by": here.asked.agency.code}))


def save_still(turn: Turn, form: StillCorrect) -> Answer:
    """One item that says the same again, for the same readers, with its date."""
    need_words(turn)
    here = answering_now(turn)
    now = today(turn.panel, turn.work.now)
    parts.refuse(verified_problem(form.verified, form.by), past_day_problem("verified", form.verified, now))
    known = _known(turn, here)
    if known is None:
        raise NothingKnown(field="verified")
    words, limits = known
    told = {"known": words, "verified": form.verified.isoformat(), "by": form.by, "still": True}
    piece = parts.Piece("whereabouts", still_text(words, form.verified, form.by), limits, told)
    parts.save(turn, here, NewWhereabouts.name, WHERE, {"where": piece}, first="verified")
    return back(turn)


def open_form(turn: Turn) -> Answer:
    """The form for a change, with last month's answer beside it."""
    need_words(turn)
    here = answering_now(turn)
    before = parts.saved(turn, here, NewWhereabouts.name).get("where")
    told = (before.details or {}) if before else {}
    given = {name: told.get(name) for name in ("kind", "area", "confidence", "expected", "readers", "named")}
    given["verified"] = date.fromisoformat(told["verified"]) if told.get("verified") else None
    given["readers"] = given["readers"] or parts.usual_readers(here)
    beside = {} if here.sitting.on_behalf else last_time(turn, here.asked)
    return Show(
        NewWhereabouts.draw(
            turn.about.but(code=None, version=parts.newest(turn, here)),
            initial=given,
            choices={"named": parts.others(turn)},
            before=[*parts.heading(turn, here, WHERE), *_record_line(turn, here)],
            beside={"kind": beside.get("whereabouts", [])},
        )
    )


def save(turn: Turn, form: NewWhereabouts) -> Answer:
    """Keep it; with or near a victim it goes to chair and victim service."""
    need_words(turn)
    here = answering_now(turn)
    parts.refuse(past_day_problem("verified", form.verified, today(turn.panel, turn.work.now)))
    kind = WhereaboutsType(form.kind)
    limits = parts.limits_for(here, parts.chosen(form.readers, form.named), kind, near=form.near)
    sure = Confidence(form.confidence) if form.confidence else None
    words = where_text(kind, form.area, sure, form.verified, form.expected)
    told = {
        "kind": form.kind, "area": form.area, "confidence": form.confidence, "expected": form.expected,
        "verified": form.verified.isoformat() if form.verified else None, "near": form.near,
        "readers": form.readers, "named": list(form.named),
    }  # fmt: skip
    parts.save(
        turn, here, NewWhereabouts.name, WHERE, {"where": parts.Piece("whereabouts", words, limits, told)},
        first="kind",
    )  # fmt: skip
    return back(turn)


# ---- what is known


def _known(turn: Turn, here: Answering) -> tuple[str, Restriction] | None:
    """The last whereabouts that may be re-stated, and who may read it: what the agency said itself, else the case
    record, if this person reads it. Whoever enters for another agency re-states the record only."""
    own = None if here.sitting.on_behalf else _own(turn, here)
    if own is not None:
        recorded = record.whereabouts(here.asked.case).type
        limits = tightest(Restriction.parse(own.restriction), automatic(Function.OTHER, recorded))
        return str((own.details or {}).get("known") or own.body), limits
    words = _record_words(turn, here)
    usual = automatic(Function(here.asked.agency.function), record.whereabouts(here.asked.case).type)
    return (words, usual) if words else None


def _own(turn: Turn, here: Answering) -> Item | None:
    """What the agency said last, for this meeting or an earlier one."""
    found = turn.work.find(
        Item, Item.case_id == here.asked.case.id, Item.agency_id == here.asked.agency.id, Item.kind == "whereabouts",
        Item.audience == restriction.ItemKind.SHARED, col(Item.replaced_at).is_(None), col(Item.body).is_not(None),
    )  # fmt: skip
    days = {item.id: turn.work.get(Meeting, item.meeting_id).day for item in found if item.meeting_id}
    kept = [item for item in found if item.id in days and stores_text(Restriction.parse(item.restriction))]
    return max(kept, key=lambda item: (days[item.id], item.id or 0), default=None)


def _record_words(turn: Turn, here: Answering) -> str | None:
    """The record's whereabouts, for who may read it."""
    where = record.whereabouts(here.asked.case)
    reading = Reading(turn.work, turn.panel, turn.person, here.asked.case, here.sitting.meeting)
    open_to = may_read(reading.reader, restriction.Item(automatic(Function.OTHER, where.type), None), reading.on)
    if where.type is WhereaboutsType.UNKNOWN or not open_to:
        return None
    return where_text(where.type, where.area, where.confidence, where.verified, None)


def _record_line(turn: Turn, here: Answering) -> list[Block]:
    words = _record_words(turn, here)
    if not words:
        return []
    turn.audit("opened", f"whereabouts:{here.asked.request.id}", case_id=here.asked.case.id)
    return paragraphs(words, "*On record:* ")
