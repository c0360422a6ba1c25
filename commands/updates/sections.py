"""The whole return on one case: five sections, each saved by itself, and where each of them stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from commands.kit.about import About
from commands.kit.answers import Answer, Replace
from commands.kit.blocks import Block, actions, button, context, divider, section
from commands.kit.meetings import today
from commands.kit.people import holder
from commands.kit.turn import Turn
from commands.kit.views import modal
from commands.updates.answers import SECTION_OF, is_apart, own_items
from commands.updates.desk import Answering, answering_now, by_when
from commands.updates.last_time import last_items
from commands.updates.overdue import overdue_by_case
from commands.updates.profile import at_the_head
from commands.updates.sent import need_words
from commands.updates.sitting import redrawn
from panel.codes import Role
from panel.codes.returns import ReturnSection
from storage.tables import Item

HUB = "updates.sections"
# Each section's forms: label and action.
FORMS: Mapping[ReturnSection, Sequence[tuple[str, str]]] = {
    ReturnSection.WHEREABOUTS: (
        ("Still correct", "updates.still.open"),
        ("It has changed", "updates.where.open"),
        ("Appointment ahead", "updates.ahead.open"),
    ),
    ReturnSection.FACTS: (("Add a dated line", "updates.line.open"),),
    ReturnSection.VIEW: (
        ("Risk factors", "updates.factors.open"),
        ("Our view", "updates.view.open"),
        ("Engagement and needs", "updates.working.open"),
    ),
    ReturnSection.VICTIMS: (("Victim and children", "updates.victims.open"),),
    ReturnSection.ACTIONS: (("Propose an action", "updates.proposal.open"),),
}


def open_hub(turn: Turn) -> Answer:
    """The sections, in the place of the cases."""
    return Replace(draw(turn))


def back(turn: Turn) -> Answer:
    """To the cases again."""
    return Replace(redrawn(turn))


def draw(turn: Turn) -> Block:
    """Where the return stands, section by section; no word of what was written."""
    need_words(turn)
    here = answering_now(turn)
    about = turn.about.but(code=None, version=None, view=None)
    told = {"here": here, "rep": holder(turn.work, turn.panel.id or 0, Role.REP, here.asked.agency.id)}
    blocks = [section(turn.say("updates/hub_heading", user=turn.user, **told, **by_when(turn, here.sitting.meeting)))]
    blocks.append(context(turn.say("updates/not_watched")))
    blocks += at_the_head(turn, here.asked.case, here.sitting.meeting)
    now, before = _by_section(_of_the_return(own_items(turn, here.asked))), _by_section(_last_time(turn, here))
    for number, which in enumerate(ReturnSection, start=1):
        blocks += [divider(), *_section(turn, here, which, number, now[which], len(before[which]))]
        blocks.append(_buttons(turn, here, which, about.but(view=HUB)))
    blocks += [divider(), *_beneath(here, about)]
    return modal(f"Update {here.asked.case.ref}"[:24], blocks, about, name=HUB)


def _of_the_return(items: Iterable[Item]) -> list[Item]:
    return [item for item in items if item.kind != "reason" and not is_apart(item)]


def _last_time(turn: Turn, here: Answering) -> list[Item]:
    return _of_the_return(last_items(turn, here.asked)[0])


def _by_section(items: Iterable[Item]) -> dict[ReturnSection, list[Item]]:
    """What was written in the room's own form counts as facts: it has no words that could say more."""
    found: dict[ReturnSection, list[Item]] = {which: [] for which in ReturnSection}
    for item in items:
        found[ReturnSection(item.section or SECTION_OF.get(item.kind, ReturnSection.FACTS))].append(item)
    return found


def _section(
    turn: Turn, here: Answering, which: ReturnSection, number: int, items: Sequence[Item], before: int
) -> list[Block]:
    last = max(items, key=lambda item: item.id or 0, default=None)
    said = turn.say(
        "updates/hub_section", which=which, number=number, items=len(items), before=before, last=last,
        sent=today(turn.panel, last.at) if last else None, agency=here.asked.agency, on_behalf=_on_behalf(here, last),
    )  # fmt: skip
    return [section(said)]


def _on_behalf(here: Answering, item: Item | None) -> bool:
    """Whether somebody of the panel's office wrote it for the agency."""
    return bool(item and (item.details or {}).get("on_behalf"))


def _buttons(turn: Turn, here: Answering, which: ReturnSection, about: About) -> Block:
    row = [button(label, action, about) for label, action in FORMS[which]]
    if which is ReturnSection.ACTIONS:
        number = len(overdue_by_case(turn, here.asked.agency).get(here.asked.case.id or 0, ()))
        row += [button(f"Overdue actions ({number})", "updates.overdue.open", about)] if number else []
    return actions(*row, block_id=which.value)


def _beneath(here: Answering, about: About) -> list[Block]:
    on_top = about.but(view=HUB)
    row = [
        button("One more item", "updates.more.open", on_top),
        button("For the police alone", "updates.for_police.open", on_top),
        button("For our agency alone", "updates.note.open", on_top),
    ]
    row += [] if here.sitting.on_behalf else [button("See or change what we sent", "updates.ours.open", about)]
    row.append(button("Back to the cases", "updates.sections.back", about))
    small = "One more item holds any restriction: a last day, not in the minutes, chair only."
    return [context(small), actions(*row, block_id="beneath")]
