"""Intelligence: an item for the police alone. They answer, whoever sent it sees the answer, nobody else anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlmodel import col, select

from commands.kit.about import About
from commands.kit.alerts import of_service
from commands.kit.answers import Answer, Back, Replace, Show
from commands.kit.blocks import Block, actions, button, context, paragraphs, section
from commands.kit.errors import NoSuchThing, Refusal
from commands.kit.fields import One, Text
from commands.kit.forms import Form, ask
from commands.kit.meetings import today
from commands.kit.people import holder, recused_on
from commands.kit.reading import Reading
from commands.kit.text import day
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.updates.answers import write
from commands.updates.desk import Answering, answering_now
from commands.updates.sent import need_words
from commands.updates.sitting import back
from panel.codes import Function, Role
from panel.codes.returns import Handling, IntelligenceStatus
from panel.restriction import EVERYONE, ItemKind
from storage.tables import Case, Intelligence, Item, Meeting

LIST = "updates.intelligence"


class NobodyThere(Refusal):
    """Nobody of the police can be told here. Ring them, and ask the coordinator who stands for them on the panel."""


@dataclass
class ForPolice(Form):
    """One item for the police alone."""

    name = "updates.for_police"
    title = "For the police alone"
    body: str = ask(
        Text(
            "What should the police know?",
            "What, when, and how sure you are. References only: never names, addresses or numbers.",
            lines=True,
        )
    )
    handling: str = ask(One("Your part in it", choices=[(each.value, each.label) for each in Handling]))
    conditions: str | None = ask(
        Text("What must not be done with it?", "What would show whom it is from, or endanger somebody.", True),
        None,
    )


@dataclass
class PoliceAnswer(Form):
    """What the police did with it."""

    name = "updates.police_answer"
    title = "Answer"
    status: str = ask(One("What did you do with it?", choices=[(s.value, s.label) for s in IntelligenceStatus]))
    note: str | None = ask(
        Text("A word to whoever sent it", "What more you need, if any. Never how it was used, nor a name.", True), None
    )


def open_form(turn: Turn) -> Answer:
    """The form for an item."""
    need_words(turn)
    here = answering_now(turn)
    words = turn.say("updates/for_police", case=here.asked.case)
    return Show(ForPolice.draw(turn.about.but(code=None, version=None), before=[section(words)]))


def save(turn: Turn, form: ForPolice) -> Answer:
    """Keep it, apart from the return, and tell the police that something waits."""
    need_words(turn)
    here = answering_now(turn)
    send(turn, here, "fact", form.body, {"handling": form.handling, "conditions": form.conditions})
    return back(turn)


def send(
    turn: Turn, here: Answering, kind: str, body: str | None, details: dict[str, str | None], before: Item | None = None
) -> None:
    """The item, and a message to the police: which case, not what, nor from whom."""
    panel_id, case_id = here.sitting.meeting.panel_id, here.asked.case.id
    to = of_service(turn.work, panel_id, Function.POLICE, case_id=case_id)
    if not to:
        raise NobodyThere(field="body")
    write(turn, here, None, kind, body, EVERYONE, ItemKind.INTELLIGENCE, details=details, replaces=before)
    turn.audit("changed" if before else "added", f"request:{here.asked.request.id}", case_id=case_id)
    newest = turn.work.first(Item, Item.case_id == case_id, order=col(Item.id).desc())
    for user in to if here.asked.agency.function != Function.POLICE else ():
        turn.work.owe(
            f"for_police:{newest and newest.id}:{user}", "updates.for_police", user, panel_id=panel_id,
            about={"case": case_id, "meeting": here.sitting.meeting.id},
        )  # fmt: skip


# ---- what was sent, and what the police answered


def show(turn: Turn) -> Answer:
    """/update intelligence: for the police what was sent to them, for an agency what it sent and what came of it."""
    return Show(_view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page of it."""
    return Replace(_view(turn))


def open_answer(turn: Turn) -> Answer:
    """The form for the police's answer."""
    item = _received(turn)
    return Show(PoliceAnswer.draw(turn.about, before=[section(f"*{turn.work.get(Case, item.case_id).ref}*")]))


def answer(turn: Turn, form: PoliceAnswer) -> Answer:
    """Keep it, and tell whoever sent the item that an answer waits."""
    item = _received(turn)
    assert item.id is not None
    made = turn.work.add(
        Intelligence(item_id=item.id, status=form.status, note=form.note, by_user=turn.user, at=turn.work.now)
    )
    turn.audit("answered", f"item:{item.id}", case_id=item.case_id)
    for user in _senders(turn, item):
        turn.work.owe(
            f"police_answer:{made.id}:{user}", "updates.police_answer", user, panel_id=turn.panel.id,
            about={"case": item.case_id, "meeting": item.meeting_id},
        )  # fmt: skip
    return Back(_view(turn))


def _received(turn: Turn) -> Item:
    """The item a button is about, for the police to answer. Raises NoSuchThing for anybody else."""
    item = turn.work.look(Item, turn.about.row)
    if item is None or item not in _readable(turn):
        raise NoSuchThing
    if _reading(turn, item).code(item.agency_id) in turn.person.agencies:
        raise NoSuchThing
    return item


def _senders(turn: Turn, item: Item) -> list[str]:
    """The agency's representative, else its deputy; nobody in their place, who would learn that there is something."""
    closed = recused_on(turn.work, item.case_id)
    seats = [holder(turn.work, turn.panel.id or 0, role, item.agency_id) for role in (Role.REP, Role.DEPUTY)]
    return [user for user in seats if user and user not in closed][:1]


def _readable(turn: Turn) -> Sequence[Item]:
    """Every item of this sort that the person may read, the newest first. None belongs to a return, and by that they
    are found among the items of years."""
    ours = col(Item.case_id).in_(select(Case.id).where(Case.panel_id == turn.panel.id))
    found = turn.work.find(
        Item, col(Item.return_id).is_(None), Item.audience == ItemKind.INTELLIGENCE, col(Item.replaced_at).is_(None),
        ours, order=col(Item.id).desc(),
    )  # fmt: skip
    reading = cache(lambda case_id, meeting_id: _on_case(turn, case_id, meeting_id))
    return [item for item in found if reading(item.case_id, item.meeting_id).may_read(item)]


def _reading(turn: Turn, item: Item) -> Reading:
    return _on_case(turn, item.case_id, item.meeting_id)


def _on_case(turn: Turn, case_id: int, meeting_id: int | None) -> Reading:
    case = turn.work.get(Case, case_id)
    return Reading(turn.work, turn.panel, turn.person, case, turn.work.look(Meeting, meeting_id))


def _view(turn: Turn) -> Block:
    items = _readable(turn)
    for item in items:
        turn.audit("opened", f"item:{item.id}", case_id=item.case_id)
    about = About(panel=turn.panel.id, page=turn.about.page)
    parts = [_part(turn, item, about) for item in items] or [[context(turn.say("updates/no_intelligence"))]]
    return paged("For the police alone", parts, about, LIST, name=LIST)


def conditions_of(item: Item) -> list[Block]:
    """What must not be done with it: it stands wherever the item is read."""
    conditions = (item.details or {}).get("conditions")
    return paragraphs(conditions, "*Must not be done:* ") if conditions else []


def _part(turn: Turn, item: Item, about: About) -> list[Block]:
    reading = _reading(turn, item)
    ours = reading.code(item.agency_id) in turn.person.agencies
    said = turn.work.rows(Intelligence, item_id=item.id)
    line = [f"*{reading.case.ref}*", "sent by you" if ours else reading.source(item), day(today(turn.panel, item.at))]
    blocks = [context(" · ".join(line)), *paragraphs(item.body or "")]
    blocks += conditions_of(item)
    for each in said:
        status, on = IntelligenceStatus(each.status).label, day(today(turn.panel, each.at))
        blocks += paragraphs(each.note or "", f"*Police, {on}: {status}.* ")
    if ours:
        return blocks + ([] if said else [context("The police have not answered yet.")])
    press = button("Answer", "updates.police_answer.open", about.but(row=item.id))
    return [*blocks, actions(press, block_id=f"item-{item.id}")]
