"""Appointments ahead: on which days, for what and where the subject will be, one a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commands.kit.answers import Answer
from commands.kit.fields import Day, One, Text, Tick
from commands.kit.forms import Form, ask
from commands.kit.meetings import today
from commands.kit.turn import Turn
from commands.updates import parts
from commands.updates.desk import answering_now
from commands.updates.pieces import Pieces
from commands.updates.sent import need_words
from panel.codes.returns import Appointment, ReturnSection
from panel.return_parts import ahead_text, appointment_problem

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
             limit=150, narrative=True),
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


PIECES = Pieces(AppointmentAhead, WHERE, "ahead")


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
    return PIECES.keep(turn, here, form, piece)
