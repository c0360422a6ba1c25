"""Facts since last time: one dated line a form, fact kept apart from opinion, each with where it comes from."""

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
from panel.codes.returns import Activity, Mark, ReturnSection, SourceType
from panel.restriction import FormChoice
from panel.return_parts import for_line, line_text, past_day_problem

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


PIECES = Pieces(DatedLine, FACTS, "happened")


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
    return PIECES.keep(turn, here, form, parts.Piece(form.mark, words, limits, told))
