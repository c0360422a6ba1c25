"""“More”: one item with any restriction, a note for the agency itself, or intelligence for police."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from commands.kit.answers import Answer, Show
from commands.kit.blocks import Block, label, section
from commands.kit.errors import Refusal
from commands.kit.fields import Day, Many, One, Text
from commands.kit.forms import Form, ask
from commands.kit.meetings import today
from commands.kit.people import agencies_of
from commands.kit.turn import Turn
from commands.updates.answers import APART, AgendaIssued, is_apart, keep, write
from commands.updates.desk import Answering, answering_now
from commands.updates.intelligence import send
from commands.updates.sent import need_words
from commands.updates.sitting import back
from commands.updates.telling import NOTHING_KEPT, limits_of
from panel.codes import Code, Function, RestrictionKind, ReturnKind
from panel.restriction import ItemKind, Restriction, automatic, stores_text, tightest
from panel.returns import ReturnDraft
from storage.tables import Item
from storage.work import NotThere

WHAT = [
    ("fact", "Fact"),
    ("opinion", "Professional opinion"),
    ("whereabouts", "Whereabouts"),
    ("in_danger", "Who may be in danger"),
    ("proposed_action", "An action you propose"),
]


class Extra(Code):
    """What else an item may carry."""

    NO_MINUTE = "no_minute", "Leave it out of the minutes"
    NEAR_VICTIM = "near_victim", "It is at or near a victim or new partner"


class PastDay(Refusal):
    """Choose today or a later day: from the day after it, only your own agency reads this."""


@dataclass
class OneMoreItem(Form):
    """One item and who may read it. Several choices hold together: a reader must pass each."""

    name = "updates.more"
    title = "One more item"
    what: str = ask(One("What is it?", choices=WHAT))
    body: str | None = ask(
        Text("In your words", "References only: never names, addresses or numbers.", True, lines=True), None
    )
    audience: str = ask(One("For whom?", choices=[(each.value, each.label) for each in ItemKind]))
    readers: list[str] = ask(
        Many("Who may read it?", choices=[(each.value, each.label) for each in reversed(RestrictionKind)])
    )
    named: Sequence[str] = ask(Many("Named agencies", "Only with “Named agencies” above.", True), ())
    extra: Sequence[str] = ask(Many("Also", optional=True, choices=[(each.value, each.label) for each in Extra]), ())
    expires: date | None = ask(Day("Last day for others to read it", optional=True), None)

    def check(self) -> dict[str, str]:
        """Words, unless they are for the room; agencies, if and only if some are named."""
        verbal = RestrictionKind.VERBAL in self.readers
        if verbal and self.body:
            return {"body": NOTHING_KEPT}
        if verbal and self.audience != ItemKind.SHARED:
            return {"audience": "What is said in the room is said to everyone there: choose “Shared with the case”."}
        if not verbal and not self.body:
            return {"body": "Please write what it is."}
        if (RestrictionKind.NAMED in self.readers) != bool(self.named):
            return {"named": "Name agencies here together with “Named agencies” above, or neither."}
        return {}

    @property
    def limits(self) -> Restriction:
        """The tightest of everything that was ticked."""
        kinds = [
            Restriction(RestrictionKind(kind), frozenset(self.named if kind == RestrictionKind.NAMED else ()))
            for kind in self.readers
        ]
        flags = Restriction(no_minute=Extra.NO_MINUTE in self.extra, expires=self.expires)
        return tightest(*kinds, flags)


def open_form(turn: Turn) -> Answer:
    """The form, empty."""
    need_words(turn)
    here = answering_now(turn)
    usual = automatic(Function(here.asked.agency.function))
    given = {"what": "fact", "audience": ItemKind.SHARED, "readers": [] if usual == Restriction() else [usual.kind]}
    return Show(draw(turn, here, given))


def draw(turn: Turn, here: Answering, initial: Mapping[str, Any], item: Item | None = None) -> Block:
    """The form, for a new item or to change one."""
    others = [(a.code, label(f"{a.code} · {a.name}")) for a in agencies_of(turn.work, turn.panel)]
    return OneMoreItem.draw(
        turn.about.but(code=None, version=item.id if item else None, page=None if item else turn.about.page),
        initial=initial,
        choices={"named": others},
        before=[section(turn.say("updates/more_heading", case=here.asked.case))],
    )


def save(turn: Turn, form: OneMoreItem) -> Answer:
    """Keep the item; one that was changed is replaced, and both stay in the history."""
    need_words(turn)
    here = answering_now(turn)
    if form.expires is not None and form.expires < today(turn.panel, turn.work.now):
        raise PastDay(field="expires")
    before = changing(turn, here, turn.about.version)
    add(turn, here, form, before)
    return back(turn)


def add(turn: Turn, here: Answering, form: OneMoreItem, before: Item | None) -> None:
    """The item, and the return it makes; a note to the agency itself and intelligence make none."""
    audience = ItemKind(form.audience)
    if audience is ItemKind.INTELLIGENCE:
        send(turn, here, form.what, form.body, {}, before)
        return
    sent = None if audience in APART else keep(turn, here, ReturnDraft(ReturnKind.INFORMATION, says_something=True))
    limits = limits_of(here, form.what, form.limits, near=Extra.NEAR_VICTIM in form.extra)
    kind = form.what if stores_text(limits) else "verbal"
    write(turn, here, sent, kind, form.body, limits, audience, replaces=before)
    turn.audit("changed" if before else "added", f"request:{here.asked.request.id}", case_id=here.asked.case.id)


def changing(turn: Turn, here: Answering, key: int | None) -> Item | None:
    """The item of this pair that is to be replaced. Raises AgendaIssued once the agenda is out, NotThere for another's
    or for one that was replaced meanwhile."""
    if key is None:
        return None
    item = turn.work.get(Item, key)
    if here.sitting.meeting.agenda_issued_at is not None and not is_apart(item):
        raise AgendaIssued(ref=here.asked.case.ref)
    mine = (item.case_id, item.agency_id, item.meeting_id)
    if mine != (here.asked.case.id, here.asked.agency.id, here.sitting.meeting.id) or item.replaced_at is not None:
        raise NotThere(f"item {item.id}")
    return item
