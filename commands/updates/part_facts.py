"""Facts since last time: one dated line a form, fact kept apart from opinion, each with where it comes from."""

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
from panel.codes.returns import Activity, Mark, ReturnSection, SourceType
from panel.restriction import FormChoice
from panel.return_parts import for_line, line_text, past_day_problem
from storage.tables import Item

FACTS = ReturnSection.FACTS


@dataclass
class DatedLine(Form):
    """One thing that happened."""

    name = "updates.line"
    title = "A dated line"
    day: date = ask(Day("On which day?"))
    about: str = ask(One("What is it about?", choices=[(each, each.label) for each in Activity]))
    mark: str = ask(One("Fact or opinion?", choices=[(each, each.label) for each in Mark]))
    source: str = ask(One("How do you know?", choices=[(each, each.label) for each in SourceType]))
    text: str | None = ask(
        Text(
            "What happened?", f"Who did what, and what followed, in a sentence or two. {parts.NEVER}", True, lines=True
        ),
        None,
    )
    readers: str = ask(parts.READERS)
    named: Sequence[str] = ask(parts.NAMED, ())
    again: bool = ask(Tick("Then", optional=True, saying="Save this, then another line"), False)

    def check(self) -> dict[str, str]:
        """Words, unless they are for the room."""
        if not self.text and self.readers != FormChoice.IN_THE_ROOM:
            return {"text": "Please write what happened."}
        return parts.for_the_room(self.readers, {"text": self.text})


def open_form(turn: Turn) -> Answer:
    """The form, empty, with what the agency said last month above."""
    need_words(turn)
    here = answering_now(turn)
    return Show(_draw(turn, here, {"readers": parts.usual_readers(here)}))


def change(turn: Turn, here: Answering, item: Item) -> Answer:
    """The form of one line, filled in."""
    told = item.details or {}
    given = {**told, "day": date.fromisoformat(told["day"])}
    return Show(_draw(turn, here, given, item))


def save(turn: Turn, form: DatedLine) -> Answer:
    """Keep the line. What a victim said goes to chair and victim service where it was left open."""
    need_words(turn)
    here = answering_now(turn)
    parts.refuse(past_day_problem("day", form.day, today(turn.panel, turn.work.now)))
    source = SourceType(form.source)
    limits = for_line(source, parts.limits_for(here, parts.chosen(form.readers, form.named)))
    told = {
        "day": form.day.isoformat(), "about": form.about, "mark": form.mark, "source": form.source, "text": form.text,
        "readers": form.readers, "named": list(form.named),
    }  # fmt: skip
    words = line_text(form.day, Activity(form.about), source, form.text or "")
    before = changing(turn, here, turn.about.version)
    sent = parts.add(turn, here, DatedLine.name, FACTS, parts.Piece(form.mark, words, limits, told), before)
    if not form.again:
        return back(turn)
    kept = section(turn.say("updates/line_kept", case=here.asked.case))
    return Replace(emptied(_draw(turn, here, {"readers": form.readers}, before=[kept]), sent.id))


def _draw(
    turn: Turn, here: Answering, given: dict[str, object], item: Item | None = None, before: Sequence[Block] = ()
) -> Block:
    beside = {} if here.sitting.on_behalf or item else last_time(turn, here.asked)
    return DatedLine.draw(
        turn.about.but(code=None, version=item.id if item else None),
        initial=given,
        choices={"named": parts.others(turn)},
        before=[*before, *parts.heading(turn, here, FACTS), *beside.get("happened", ())],
        without=("again",) if item else (),
    )
