"""A section of a return, saved by itself: its pieces become items, and what they said before stays in the history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import col, func, select

from commands.kit.blocks import Block, label, section
from commands.kit.errors import ChangedMeanwhile
from commands.kit.fields import Choices, Many, One
from commands.kit.forms import WrongAnswers
from commands.kit.people import agencies_of
from commands.kit.turn import Turn
from commands.updates.answers import keep, own_items, undo, write
from commands.updates.desk import Answering, by_when
from commands.updates.telling import NOTHING_KEPT
from panel.codes import Function, ReturnKind, RiskView, WhereaboutsType
from panel.codes.returns import ReturnSection
from panel.problem import Problem
from panel.restriction import VICTIM_SIDE, FormChoice, Restriction, automatic, stores_text
from panel.returns import ReturnDraft
from storage.tables import Item, Return

READERS = One(
    "Who may read this?",
    "Any other restriction: “One more item”. Said in the room, nothing is kept of it.",
    choices=[(each.value, each.label) for each in FormChoice],
)
NAMED = Many("Named agencies", "Only with “Named agencies” above.", True)
NEVER = "References only: never names, addresses or numbers."
OURS = ("form", "question", "on_behalf")  # in an item's details, beside what was answered
NOTHING_WRITTEN = "Fill in something, or close the form: an empty section says nothing."


@dataclass(frozen=True)
class Piece:
    """One item that a form makes. `details`: what it was put together from, to fill the form in again."""

    kind: str
    body: str | None
    limits: Restriction
    details: Mapping[str, Any] = field(default_factory=dict)

    def says(self, item: Item) -> bool:
        """Whether that item says just this already."""
        kept = {name: value for name, value in (item.details or {}).items() if name not in OURS}
        same = (item.kind, item.body, item.restriction) == (self.kind, self.body, self.limits.format())
        return same and kept == dict(self.details)


@dataclass(frozen=True)
class Alarm:
    """What a view of imminent risk needs: whom it was told, and when."""

    risk: RiskView | None = None
    told: str = ""
    told_at: datetime | None = None


def heading(turn: Turn, here: Answering, which: ReturnSection) -> list[Block]:
    """Which case, by when, and what this section is for."""
    facts = {"case": here.asked.case, "which": which, "on_behalf": here.sitting.on_behalf}
    return [section(turn.say("updates/part_heading", **facts, **by_when(turn, here.sitting.meeting)))]


def others(turn: Turn) -> Choices:
    """The agencies, to name some."""
    return [(agency.code, label(f"{agency.code} · {agency.name}")) for agency in agencies_of(turn.work, turn.panel)]


def usual_readers(here: Answering) -> FormChoice | None:
    """What a form offers beforehand: chair and victim service, for those whose returns go there by themselves."""
    return FormChoice.CHAIR_AND_VICTIM_SERVICE if here.asked.agency.function in VICTIM_SIDE else None


def chosen(readers: str, named: Sequence[str]) -> Restriction:
    """What the writer chose. Raises WrongAnswers where agencies are to be named and are not."""
    choice = FormChoice(readers)
    if (choice is FormChoice.NAMED) != bool(named):
        raise WrongAnswers({"named": "Name agencies here together with “Named agencies” above, or neither."})
    return choice.restriction(named)


def limits_for(
    here: Answering, wanted: Restriction, where: WhereaboutsType | None = None, *, near: bool = False
) -> Restriction:
    """What was chosen, and what applies by itself (field reference 5.4)."""
    return automatic(Function(here.asked.agency.function), where, wanted, near)


def for_the_room(readers: str, written: Mapping[str, Any]) -> dict[str, str]:
    """Nothing is written down of what will be said in the room: the questions that hold something all the same."""
    if readers != FormChoice.IN_THE_ROOM:
        return {}
    return {name: NOTHING_KEPT for name, value in written.items() if value}


def refuse(*problems: Problem | None) -> None:
    """Raises WrongAnswers with whatever is wrong."""
    found = {each.field: each.sentence for each in problems if each}
    if found:
        raise WrongAnswers(found)


# ---- what was saved before


def editable(here: Answering) -> bool:
    """Whether the form shows what was saved: never to whoever writes for another agency, and not once the agenda is
    out, when what was sent stands and anything new is a late paper."""
    return not here.sitting.on_behalf and here.sitting.meeting.agenda_issued_at is None


def saved(turn: Turn, here: Answering, form: str) -> dict[str, Item]:
    """What this form has saved, by question; nothing where it may not be shown. Reading it is audited."""
    if not editable(here):
        return {}
    found = {
        (item.details or {})["question"]: item
        for item in own_items(turn, here.asked)
        if (item.details or {}).get("form") == form
    }
    if found:
        turn.audit("opened", f"own return:{here.asked.request.id}", case_id=here.asked.case.id, items=len(found))
    return found


def newest(turn: Turn, here: Answering) -> int:
    """The newest item of this pair, standing or not: what a form was drawn from."""
    last = select(func.max(col(Item.id))).where(
        Item.case_id == here.asked.case.id, Item.agency_id == here.asked.agency.id,
        Item.meeting_id == here.sitting.meeting.id, col(Item.section).is_not(None),
    )  # fmt: skip
    return turn.work.session.exec(last).one() or 0


# ---- saving


def save(
    turn: Turn, here: Answering, form: str, which: ReturnSection, pieces: Mapping[str, Piece], *,
    first: str, alarm: Alarm | None = None,
) -> Return | None:  # fmt: skip
    """Keep a section: what changed replaces what it said before, what was emptied is withdrawn. `first`: the question
    under which a sentence about the whole stands. None: there was nothing to do."""
    before = saved(turn, here, form)
    if editable(here) and _changed_since(turn, here, form):
        raise ChangedMeanwhile(field=first)
    fresh = {name: piece for name, piece in pieces.items() if name not in before or not piece.says(before[name])}
    gone = [item for name, item in before.items() if name not in pieces]
    if not pieces and not gone:
        raise WrongAnswers({first: NOTHING_WRITTEN})
    return _keep(turn, here, form, which, fresh, gone, before, alarm or Alarm()) if fresh or gone else None


def add(turn: Turn, here: Answering, form: str, which: ReturnSection, piece: Piece, before: Item | None) -> Return:
    """Keep one more item of a section, or what takes the place of one."""
    sent = keep(turn, here, ReturnDraft(ReturnKind.INFORMATION, says_something=True))
    _write(turn, here, sent, form, "one", which, piece, before)
    turn.audit("changed" if before else "added", f"request:{here.asked.request.id}", case_id=here.asked.case.id)
    return sent


def _changed_since(turn: Turn, here: Answering, form: str) -> bool:
    """Whether a deputy, say, saved this form after it was drawn."""
    later = turn.work.find(
        Item, Item.case_id == here.asked.case.id, Item.agency_id == here.asked.agency.id,
        Item.meeting_id == here.sitting.meeting.id, col(Item.id) > (turn.about.version or 0),
    )  # fmt: skip
    return any((item.details or {}).get("form") == form for item in later)


def _keep(
    turn: Turn, here: Answering, form: str, which: ReturnSection, fresh: Mapping[str, Piece], gone: Sequence[Item],
    before: Mapping[str, Item], alarm: Alarm,
) -> Return | None:  # fmt: skip
    for item in gone:
        item.replaced_at = turn.work.now
    sent = None
    if fresh:
        draft = ReturnDraft(
            ReturnKind.INFORMATION, says_something=True, risk=alarm.risk, told=alarm.told, told_at=alarm.told_at
        )  # fmt: skip
        sent = keep(turn, here, draft)
    for name, piece in fresh.items():
        _write(turn, here, sent, form, name, which, piece, before.get(name))
    turn.work.session.flush()
    if sent is None and not [item for item in own_items(turn, here.asked) if item.return_id is not None]:
        undo(turn, here)
    turn.audit(
        "saved", f"request:{here.asked.request.id}", case_id=here.asked.case.id, section=which.value, items=len(fresh)
    )
    return sent


def _write(
    turn: Turn, here: Answering, sent: Return | None, form: str, question: str, which: ReturnSection, piece: Piece,
    before: Item | None,
) -> None:  # fmt: skip
    words = piece.body if stores_text(piece.limits) else None
    kind = piece.kind if stores_text(piece.limits) else "verbal"
    details = {"form": form, "question": question, **(piece.details if words else {})}
    write(turn, here, sent, kind, words, piece.limits, section=which, details=details, replaces=before)
