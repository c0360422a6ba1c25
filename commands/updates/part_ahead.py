"""Appointments ahead: on which days, for what and where the subject will be, one a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, section
from commands.kit.fields import Day, One, Text, Tick
from commands.kit.forms import Form, ask, emptied
from commands.kit.meetings import today
from commands.kit.turn import Turn
from commands.updates import parts
from commands.updates.desk import Answering, answering_now
from commands.updates.last_time import last_time
from commands.updates.more import changing
from commands.updates.sent import need_words
from commands.updates.sitting import back
from panel.codes.returns import Appointment, ReturnSection
from panel.return_parts import ahead_text, appointment_problem
from storage.tables import Item

WHERE = ReturnSection.WHEREABOUTS


@dataclass
class AppointmentAhead(Form):
    """One appointment that the subject has (field reference 5.2, row 14)."""

    name = "updates.ahead"
    title = "Appointment ahead"
    day: date = ask(Day("On which day?"))
    what: str = ask(One("What is it?", choices=[(each, each.label) for each in Appointment]))
    place: str | None = ask(
        Text("Where, and at what hour?", "A town, a kind of place, “by telephone”; 10:00. Never an address.", True,
             limit=150),
        None,
    )  # fmt: skip
    near: bool = ask(
        Tick(
            "Near a victim", "Then only chair and victim service read it.", True, "At or near a victim or new partner"
        ),
        False,
    )
    readers: str = ask(parts.READERS)
    named: Sequence[str] = ask(parts.NAMED, ())
    again: bool = ask(Tick("Then", optional=True, saying="Save this, then another appointment"), False)

    def check(self) -> dict[str, str]:
        """Nothing written for the room."""
        return parts.for_the_room(self.readers, {"place": self.place})


def open_form(turn: Turn) -> Answer:
    """The form, empty, with what lay ahead last month above."""
    need_words(turn)
    here = answering_now(turn)
    return Show(_draw(turn, here, {"readers": parts.usual_readers(here)}))


def change(turn: Turn, here: Answering, item: Item) -> Answer:
    """The form of one appointment, filled in."""
    told = item.details or {}
    return Show(_draw(turn, here, {**told, "day": date.fromisoformat(told["day"])}, item))


def save(turn: Turn, form: AppointmentAhead) -> Answer:
    """Keep it: where the subject will be is a whereabouts, so at or near a victim it goes to chair and victim
    service (field reference 5.4)."""
    need_words(turn)
    here = answering_now(turn)
    parts.refuse(appointment_problem("day", form.day, today(turn.panel, turn.work.now)))
    limits = parts.limits_for(here, parts.chosen(form.readers, form.named), near=form.near)
    told = {
        "day": form.day.isoformat(), "what": form.what, "place": form.place, "near": form.near,
        "readers": form.readers, "named": list(form.named),
    }  # fmt: skip
    piece = parts.Piece("ahead", ahead_text(form.day, Appointment(form.what), form.place), limits, told)
    before = changing(turn, here, turn.about.version)
    sent = parts.add(turn, here, AppointmentAhead.name, WHERE, piece, before)
    if not form.again:
        return back(turn)
    kept = section(turn.say("updates/line_kept", case=here.asked.case))
    return Replace(emptied(_draw(turn, here, {"readers": form.readers}, before=[kept]), sent.id))


def _draw(
    turn: Turn, here: Answering, given: dict[str, object], item: Item | None = None, before: Sequence[Block] = ()
) -> Block:
    beside = {} if here.sitting.on_behalf or item else last_time(turn, here.asked)
    return AppointmentAhead.draw(
        turn.about.but(code=None, version=item.id if item else None),
        initial=given,
        choices={"named": parts.others(turn)},
        before=[*before, *parts.heading(turn, here, WHERE), *beside.get("ahead", ())],
        without=("again",) if item else (),
    )
