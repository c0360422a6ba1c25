"""The victims linked to a case, by reference only: who they are to the subject, and how they are protected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from commands.cases import record
from commands.cases.around import sees_victim_side
from commands.cases.edit import begin, editable, finish, merged, row_of, same_row
from commands.cases.hub import meeting_in_work
from commands.kit.answers import Answer, Show
from commands.kit.blocks import Block, context
from commands.kit.errors import Refusal
from commands.kit.fields import YEARS, One, Text, Whole
from commands.kit.forms import Form, ask
from commands.kit.reading import Reading
from commands.kit.text import escape
from commands.kit.turn import Turn
from panel import refs
from panel.codes import IdvaStatus
from panel.codes.linked import AddressFlag, Relation
from storage.tables import Case, Victim


class AnotherVictim(Refusal):
    """This case has a victim with that reference already. Choose the next letter."""


@dataclass
class LinkedVictim(Form):
    """One victim."""

    name = "cases.victim"
    title = "A victim"
    ref: str = ask(Text("Reference", "As V-041a. Never a name, never the subject's own reference.", limit=8))
    relation: str = ask(One("What is this person to the subject?", choices=[(c, c.label) for c in Relation]))
    idva: str = ask(One("Does an IDVA support this person?", choices=[(c, c.label) for c in IdvaStatus]))
    dash: int | None = ask(Whole("DASH: how many ticks?", "The victim's risk, as given.", optional=True, most=30))
    marac: str | None = ask(Text("MARAC dates", "As 2026-06-11 2026-09-10.", optional=True, limit=300))
    aware: str | None = ask(
        Text(
            "Does this person know of the referral?", "Such as not contacted. Never a name or a number.",
            optional=True, limit=60, narrative=True,
        )
    )  # fmt: skip
    address: str | None = ask(
        One(
            "Who may know the address?", "Chair and victim service read it, and change it later. Never the address.",
            optional=True, choices=[(c, c.label) for c in AddressFlag],
        ),
        None,
    )  # fmt: skip

    def check(self) -> dict[str, str]:
        """The reference and the dates."""
        wrong = {} if refs.VICTIM.fullmatch(self.ref) else {"ref": "Write it as V-041a."}
        try:
            days(self.marac)
        except ValueError:
            wrong["marac"] = "Write each date as 2026-06-11, with a space between."
        return wrong


def open_form(turn: Turn) -> Answer:
    """The form for one of them, or for another one."""
    case = begin(turn, "victims")
    if turn.about.row is None:
        return Show(LinkedVictim.draw(turn.about, initial={"ref": proposed(turn, case)}))
    victim = row_of(turn, Victim, case)
    told = victim.details or {}
    code = Relation.of(told.get("relation") or "")
    initial = {
        **told, "ref": victim.ref, "idva": victim.idva, "relation": code, "marac": " ".join(told.get("marac") or ()),
    }  # fmt: skip
    hides = (
        ()
        if sees_victim_side(Reading(turn.work, turn.panel, turn.person, case, meeting_in_work(turn)))
        else ("address",)
    )
    about = turn.about.but(version=victim.version)
    return Show(LinkedVictim.draw(about, initial=initial, before=_as_told(told, code), without=hides))


def _as_told(told: dict[str, Any], code: Relation | None) -> list[Block]:
    """The words of the books, where no code says the same."""
    words = told.get("relation")
    return [context(f"Your books say: {escape(words)}. Choose what comes nearest.")] if words and code is None else []


def save(turn: Turn, form: LinkedVictim) -> Answer:
    """Keep it."""
    case = editable(turn)
    assert case.id is not None
    new = turn.about.row is None
    victim = Victim(case_id=case.id, ref=form.ref) if new else same_row(turn, Victim, case)
    if any(other.ref == form.ref and other.id != victim.id for other in record.victims(turn.work, case)):
        raise AnotherVictim(field="ref")
    address = form.address if _asked(turn, "address") else (victim.details or {}).get("address")
    unsettles = new or _unsettles(victim, form.idva, address)
    victim.ref, victim.idva = form.ref, form.idva
    victim.details = merged(
        victim.details, relation=form.relation, dash=form.dash, marac=[day.isoformat() for day in days(form.marac)],
        aware=form.aware, address=address,
    )  # fmt: skip
    turn.work.add(victim)
    return finish(turn, case, "victims", unsettles=unsettles, row=victim)


def _asked(turn: Turn, question: str) -> bool:
    """Whether the submitted form was drawn with a question."""
    return any(block.get("block_id") == question for block in (turn.request.view or {}).get("blocks", ()))


def _unsettles(victim: Victim, idva: str, address: str | None) -> bool:
    """Whether a check that was given rested on something else: the victim has moved, or the IDVA's work has ended."""
    left = victim.idva == IdvaStatus.ALLOCATED and idva != IdvaStatus.ALLOCATED
    return left or (victim.details or {}).get("address") != address


def proposed(turn: Turn, case: Case) -> str | None:
    """The case's next victim reference; None after the twenty-sixth, where the coordinator chooses another number."""
    try:
        return refs.propose_victim(case.subject_ref, [victim.ref for victim in record.victims(turn.work, case)])
    except ValueError:
        return None


def days(text: str | None) -> list[date]:
    """Dates that were typed one after another. Raises ValueError, for a year that cannot be too."""
    found = [date.fromisoformat(part) for part in (text or "").replace(",", " ").split()]
    if any(not YEARS[0] <= day.year <= YEARS[1] for day in found):
        raise ValueError(text)
    return found
