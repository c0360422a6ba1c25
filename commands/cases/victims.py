"""The victims linked to a case, by reference only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from commands.cases import record
from commands.cases.edit import begin, finish, kept, resume
from commands.kit.answers import Answer, Show
from commands.kit.errors import NoSuchThing, Refusal
from commands.kit.fields import One, Text, Whole
from commands.kit.forms import Form, ask
from commands.kit.turn import Turn
from panel import refs
from panel.codes import IdvaStatus
from storage.tables import Case, Victim


class AnotherVictim(Refusal):
    """This case has a victim with that reference already. Choose the next letter."""


@dataclass
class LinkedVictim(Form):
    """One victim."""

    name = "cases.victim"
    title = "A victim"
    ref: str = ask(Text("Reference", "As V-041a. Never a name.", limit=8))
    relation: str = ask(Text("Relation to the subject", "Such as ex-partner or parent.", limit=60))
    idva: str = ask(One("Does an IDVA support this person?", choices=[(c, c.label) for c in IdvaStatus]))
    dash: int | None = ask(Whole("DASH: how many ticks?", "The victim's risk, as given.", optional=True, most=30))
    marac: str | None = ask(Text("MARAC dates", "As 2026-06-11 2026-09-10.", optional=True, limit=300))
    aware: str | None = ask(
        Text("Does this person know of the referral?", "Such as not contacted.", optional=True, limit=60)
    )
    address: str | None = ask(
        Text("Address flag", "Such as hidden. Never the address itself.", optional=True, limit=40)
    )

    def check(self) -> dict[str, str]:
        """The reference and the dates."""
        wrong = {} if refs.VICTIM.fullmatch(self.ref) else {"ref": "Write it as V-041a."}
        try:
            _days(self.marac)
        except ValueError:
            wrong["marac"] = "Write each date as 2026-06-11, with a space between."
        return wrong


def open_form(turn: Turn) -> Answer:
    """The form for one of them, or for another one."""
    case = begin(turn, "victims")
    about = turn.about.but(version=case.version)
    if about.row is None:
        taken = [victim.ref for victim in record.victims(turn.work, case)]
        return Show(LinkedVictim.draw(about, initial={"ref": _proposed(case, taken)}))
    victim = _of(turn, case)
    told = {**(victim.details or {}), "ref": victim.ref, "idva": victim.idva}
    return Show(LinkedVictim.draw(about, initial={**told, "marac": " ".join(told.get("marac") or ())}))


def save(turn: Turn, form: LinkedVictim) -> Answer:
    """Keep it."""
    case = resume(turn)
    assert case.id is not None
    victim = Victim(case_id=case.id, ref=form.ref) if turn.about.row is None else _of(turn, case)
    if any(other.ref == form.ref and other.id != victim.id for other in record.victims(turn.work, case)):
        raise AnotherVictim(field="ref")
    unsettles = turn.about.row is None or _unsettles(victim, form)
    victim.ref, victim.idva, victim.details = form.ref, form.idva, details(form)
    turn.work.add(victim)
    return finish(turn, case, "victims", unsettles=unsettles)


def _unsettles(victim: Victim, form: LinkedVictim) -> bool:
    """Whether a check that was given rested on something else: the victim has moved, or the IDVA's work has ended."""
    left = victim.idva == IdvaStatus.ALLOCATED and form.idva != IdvaStatus.ALLOCATED
    return left or (victim.details or {}).get("address") != form.address


def details(form: LinkedVictim) -> dict[str, Any]:
    """What the record keeps of the answers beside the reference and the IDVA."""
    marac = [day.isoformat() for day in _days(form.marac)]
    return kept(relation=form.relation, dash=form.dash, marac=marac, aware=form.aware, address=form.address)


def _of(turn: Turn, case: Case) -> Victim:
    victim = turn.work.get(Victim, turn.about.row)
    if victim.case_id != case.id:
        raise NoSuchThing
    return victim


def _proposed(case: Case, taken: list[str]) -> str | None:
    try:
        return refs.propose_victim(case.subject_ref, taken)
    except ValueError:
        return None  # after the twenty-sixth the coordinator chooses another number


def _days(text: str | None) -> list[date]:
    return [date.fromisoformat(part) for part in (text or "").replace(",", " ").split()]
