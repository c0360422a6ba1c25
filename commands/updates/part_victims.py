"""Victim and children: what the victims say and want, the children, and who else may be in danger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commands.kit.answers import Answer, Show
from commands.kit.fields import One, Text, Tick
from commands.kit.forms import Form, ask
from commands.kit.turn import Turn
from commands.updates import parts
from commands.updates.desk import Answering, answering_now
from commands.updates.last_time import last_time
from commands.updates.new_victim import propose
from commands.updates.sent import need_words
from commands.updates.sitting import back
from panel.codes.returns import ReturnSection
from panel.restriction import FormChoice, stores_text

VICTIMS = ReturnSection.VICTIMS
CHOICES = [(each.value, each.label) for each in FormChoice]


@dataclass
class VictimsAndChildren(Form):
    """Each for its own readers: what is known of a victim goes to chair and victim service unless widened."""

    name = "updates.victims"
    title = "Victim and children"
    victims: str | None = ask(
        Text("The victims", f"Wishes, contact with the subject, when contact is safe. {parts.NEVER}", True, lines=True),
        None,
    )
    victims_readers: str = ask(
        One("Who may read about the victims?", "Only your agency can open this to more people.", choices=CHOICES)
    )
    children: str | None = ask(
        Text("The children", f"Status, contact, how they are, in their words. {parts.NEVER}", True, lines=True), None
    )
    in_danger: str | None = ask(
        Text(
            "Who else may be in danger?",
            "By reference, V-041a, or “a new partner”; and why you think so.",
            True,
            lines=True,
        ),
        None,
    )
    new_victim: bool = ask(
        Tick("Possible new victim", "The coordinator is told that a disclosure check is to be considered.", True,
             "One of them may be a victim the panel does not know"),
        False,
    )  # fmt: skip
    readers: str = ask(parts.READERS)
    named: Sequence[str] = ask(parts.NAMED, ())

    def check(self) -> dict[str, str]:
        """Nothing written for the room; a new victim needs a word on who that is."""
        if self.new_victim and not self.in_danger:
            return {"in_danger": "Say here who that may be, by role or reference, or untick the box below."}
        rest = {"children": self.children, "in_danger": self.in_danger}
        return parts.for_the_room(self.victims_readers, {"victims": self.victims}) | parts.for_the_room(
            self.readers, rest
        )


def open_form(turn: Turn) -> Answer:
    """The form, as it was saved, with last month's answer beside each box."""
    need_words(turn)
    here = answering_now(turn)
    before = parts.saved(turn, here, VictimsAndChildren.name)
    given: dict[str, object] = {"victims_readers": FormChoice.CHAIR_AND_VICTIM_SERVICE}
    given["readers"] = parts.usual_readers(here)
    for name, item in before.items():
        told = item.details or {}
        given |= {name: item.body, ("victims_readers" if name == "victims" else "readers"): told.get("readers")}
        given["named"] = told.get("named") or given.get("named")
    return Show(
        VictimsAndChildren.draw(
            turn.about.but(code=None, version=parts.newest(turn, here)),
            initial=given,
            choices={"named": parts.others(turn)},
            before=parts.heading(turn, here, VICTIMS),
            beside={} if here.sitting.on_behalf else last_time(turn, here.asked),
        )
    )


def save(turn: Turn, form: VictimsAndChildren) -> Answer:
    """An item for each; the coordinator is told at once that a victim may be new, not who."""
    need_words(turn)
    here = answering_now(turn)
    sent = parts.save(turn, here, VictimsAndChildren.name, VICTIMS, _pieces(here, form), first="victims")
    if form.new_victim and sent is not None:
        propose(turn, here)
    return back(turn)


def _pieces(here: Answering, form: VictimsAndChildren) -> dict[str, parts.Piece]:
    agencies = tuple(form.named)
    wanted = {FormChoice.NAMED} & {form.victims_readers, form.readers}
    parts.chosen(FormChoice.NAMED if wanted else FormChoice.EVERYONE, agencies)
    asked = {
        "victims": (form.victims, form.victims_readers),
        "children": (form.children, form.readers),
        "in_danger": (form.in_danger, form.readers),
    }
    made = {}
    for name, (words, readers) in asked.items():
        named = agencies if readers == FormChoice.NAMED else ()
        limits = parts.limits_for(here, parts.chosen(readers, named))
        if not stores_text(limits):
            made[f"room {readers}"] = parts.Piece("verbal", None, limits)
        elif words:
            made[name] = parts.Piece(name, words, limits, {"readers": readers, "named": list(named)})
    return made
