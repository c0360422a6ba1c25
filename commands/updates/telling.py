"""Saving information: its items with their restrictions, and what follows from an imminent risk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from commands.kit.alerts import alerted, alerted_service
from commands.kit.turn import Turn
from commands.updates.answers import keep, write
from commands.updates.desk import Answering
from panel.codes import Function, ReturnKind, RiskView, Role, WhereaboutsType
from panel.restriction import FormChoice, Restriction, automatic, stores_text
from panel.returns import ReturnDraft
from storage.tables import Return

# The questions of the form that take words, and the kind of item each makes.
TEXTS: Mapping[str, str] = {
    "happened": "fact",
    "whereabouts": "whereabouts",
    "view": "opinion",
    "in_danger": "in_danger",
    "proposed": "proposed_action",
}
NOTHING_KEPT = "Nothing is kept of what is said in the room: empty this, or choose who reads it."


@dataclass(frozen=True)
class Telling:
    """What a representative told us about one case, in one go. `texts` by question."""

    texts: Mapping[str, str] = field(default_factory=dict)
    near: bool = False
    risk: RiskView | None = None
    readers: FormChoice = FormChoice.EVERYONE
    named: tuple[str, ...] = ()
    told: str = ""
    told_at: datetime | None = None


def save_telling(turn: Turn, here: Answering, telling: Telling) -> Return:
    """Keep the return and its items. An imminent risk needs who was told and when; then the chair, the coordinator
    and the victim service are told at once that something waits for them."""
    chosen = telling.readers.restriction(telling.named)
    verbal = not stores_text(chosen)
    draft = ReturnDraft(
        ReturnKind.INFORMATION, says_something=bool(telling.texts or telling.risk) or verbal, risk=telling.risk,
        told=telling.told, told_at=telling.told_at,
    )  # fmt: skip
    sent = keep(turn, here, draft)
    if verbal:
        write(turn, here, sent, "verbal", None, chosen)
    for name, text in telling.texts.items():
        write(turn, here, sent, TEXTS[name], text, limits_of(here, TEXTS[name], chosen, near=telling.near))
    if telling.risk is not None and not verbal:
        write(turn, here, sent, "risk", telling.risk, limits_of(here, "risk", chosen))
    if telling.risk is RiskView.IMMINENT:
        mark_imminent(turn, here, sent, telling.told, telling.told_at)
    return sent


def limits_of(here: Answering, kind: str, chosen: Restriction, *, near: bool = False) -> Restriction:
    """The restriction of an item: what was chosen, and what applies by itself. Whereabouts with or near a victim
    (as the writer says, or as the case's record has it) go to chair and victim service only."""
    function = Function(here.asked.agency.function)
    if kind != "whereabouts":
        return automatic(function, chosen=chosen)
    recorded = (here.asked.case.picture.get("whereabouts") or {}).get("type")
    return automatic(function, WhereaboutsType(recorded) if recorded else None, chosen, near)


def mark_imminent(turn: Turn, here: Answering, sent: Return, told: str, told_at: datetime | None) -> None:
    """The return and the case's place on the list say so, and chair, coordinator and victim service are told at once:
    not what, only that. Where one of them is nobody, or may not open the case, whoever stands in for them is."""
    sent.imminent, sent.told, sent.told_at = True, told, told_at
    here.asked.listing.imminent = True
    panel_id = here.sitting.meeting.panel_id
    acting, case_id = here.sitting.meeting.acting_chair, here.asked.case.id
    to = alerted(turn.work, panel_id, Role.CHAIR, Role.COORDINATOR, case_id=case_id, acting=acting)
    to += alerted_service(turn.work, panel_id, Function.VICTIM_SERVICE, case_id=case_id)
    for user in dict.fromkeys(to):
        turn.work.owe(
            f"urgent:{here.asked.request.id}:{sent.version}:{user}", "updates.urgent", user, panel_id=panel_id,
            about={"case": here.asked.case.id, "meeting": here.sitting.meeting.id},
        )  # fmt: skip
    turn.audit("reported imminent", f"request:{here.asked.request.id}", case_id=here.asked.case.id)
