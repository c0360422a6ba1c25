"""Working with the subject: how they engage, and what whoever meets them should know (responsivity)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from commands.kit.answers import Answer, Show
from commands.kit.fields import One, Text
from commands.kit.forms import Form, ask
from commands.kit.turn import Turn
from commands.updates import parts
from commands.updates.desk import Answering, answering_now
from commands.updates.last_time import last_time
from commands.updates.sent import need_words
from commands.updates.sitting import back
from panel.codes.returns import Engagement, ReturnSection
from panel.restriction import stores_text
from panel.return_parts import engagement_text

VIEW = ReturnSection.VIEW
NEEDS = ("language", "neurodiversity", "works")


@dataclass
class Working(Form):
    """Engagement with services, and responsivity (field reference 5.2, rows 15 and 18)."""

    name = "updates.working"
    title = "Engagement and needs"
    how: str | None = ask(
        One(
            "How does the subject engage with you?", optional=True, choices=[(each, each.label) for each in Engagement]
        ),
        None,
    )
    engagement: str | None = ask(
        Text("What shows it?", f"Kept and missed, what was worked on, what changed. {parts.NEVER}", True, lines=True),
        None,
    )
    language: str | None = ask(
        Text("Language", "Spoken and read; an interpreter, and one nobody in the family knows. No names.", True,
             lines=True),
        None,
    )  # fmt: skip
    neurodiversity: str | None = ask(
        Text("Neurodiversity", "What helps: one thing at a time, in writing, a quiet room. Diagnoses only if needed.",
             True, lines=True),
        None,
    )  # fmt: skip
    works: str | None = ask(
        Text("What works, and what does not?", f"Who is heard, when, in which manner; culture, faith. {parts.NEVER}",
             True, lines=True),
        None,
    )  # fmt: skip
    readers: str = ask(parts.READERS)
    named: Sequence[str] = ask(parts.NAMED, ())

    def check(self) -> dict[str, str]:
        """Nothing written for the room."""
        written = {name: getattr(self, name) for name in ("how", "engagement", *NEEDS)}
        return parts.for_the_room(self.readers, written)


def open_form(turn: Turn) -> Answer:
    """The form, as it was saved, with last month's answer beside each box."""
    need_words(turn)
    here = answering_now(turn)
    before = parts.saved(turn, here, Working.name)
    given: dict[str, Any] = {"readers": parts.usual_readers(here)}
    for name, item in before.items():
        told = item.details or {}
        given |= {name: item.body} | {
            key: told[key] for key in ("how", "engagement", "readers", "named") if key in told
        }
    beside = {} if here.sitting.on_behalf else dict(last_time(turn, here.asked))
    beside["how"] = beside.pop("engagement", [])
    return Show(
        Working.draw(
            turn.about.but(code=None, version=parts.newest(turn, here)),
            initial=given,
            choices={"named": parts.others(turn)},
            before=parts.heading(turn, here, VIEW),
            beside=beside,
        )
    )


def save(turn: Turn, form: Working) -> Answer:
    """One item for engagement, one for each need."""
    need_words(turn)
    here = answering_now(turn)
    parts.save(turn, here, Working.name, VIEW, _pieces(here, form), first="how")
    return back(turn)


def _pieces(here: Answering, form: Working) -> dict[str, parts.Piece]:
    limits = parts.limits_for(here, parts.chosen(form.readers, form.named))
    if not stores_text(limits):
        return {"room": parts.Piece("verbal", None, limits)}
    details = {"readers": form.readers, "named": list(form.named)}
    made = {name: parts.Piece(name, words, limits, details) for name in NEEDS if (words := getattr(form, name))}
    how = Engagement(form.how) if form.how else None
    if how or form.engagement:
        told = {**details, "how": form.how, "engagement": form.engagement}
        made["engagement"] = parts.Piece("engagement", engagement_text(how, form.engagement), limits, told)
    return made
