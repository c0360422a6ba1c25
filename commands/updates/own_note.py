"""What an agency writes down for itself alone: a note, and what it did not share and why. It never leaves it."""

from __future__ import annotations

from dataclasses import dataclass

from commands.kit.answers import Answer, Show
from commands.kit.blocks import section
from commands.kit.fields import Text
from commands.kit.forms import Form, ask
from commands.kit.turn import Turn
from commands.updates.answers import write
from commands.updates.desk import answering_now
from commands.updates.sent import need_words
from commands.updates.sitting import back
from panel.restriction import EVERYONE, ItemKind


@dataclass
class OwnNote(Form):
    """Two boxes that nobody outside the agency reads, the coordinator among them."""

    name = "updates.note"
    title = "For our agency alone"
    note: str | None = ask(
        Text("Note", "For whoever goes on with this. Never names, addresses or numbers.", True, lines=True),
        None,
    )
    not_shared: str | None = ask(
        Text("Not shared, and why", "What sort of thing, and your reason; not what it says.", True, lines=True), None
    )

    def check(self) -> dict[str, str]:
        """One of the two."""
        return {} if self.note or self.not_shared else {"note": "Write one of the two, or close the form."}


def open_form(turn: Turn) -> Answer:
    """The form, empty: what was written before stands under what you sent."""
    need_words(turn)
    here = answering_now(turn)
    words = turn.say("updates/own_note", case=here.asked.case, agency=here.asked.agency)
    return Show(OwnNote.draw(turn.about.but(code=None, version=None), before=[section(words)]))


def save(turn: Turn, form: OwnNote) -> Answer:
    """Keep them apart from the return: no answer, no count, no late paper comes of them."""
    need_words(turn)
    here = answering_now(turn)
    for kind, body in (("note", form.note), ("not_shared", form.not_shared)):
        if body:
            write(turn, here, None, kind, body, EVERYONE, ItemKind.AGENCY_NOTE)
    turn.audit("added", f"request:{here.asked.request.id}", case_id=here.asked.case.id)
    return back(turn)
