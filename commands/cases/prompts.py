"""Who is told, on App Home, that a victim at high risk has neither a MARAC date nor support."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlmodel import col, select

from commands.cases.around import lacking
from commands.kit.people import recused_from
from commands.kit.waits import Door, Waiting
from commands.kit.words import Words
from panel.access import Person
from panel.codes import IdvaStatus
from panel.life import ENDED
from storage.tables import Case, Panel, Victim
from storage.work import UnitOfWork

RECORD: Door = ("The case record", "/panel case")


def unprotected(words: Words, work: UnitOfWork, panel: Panel, person: Person) -> Iterator[Waiting]:
    """One line for the coordinator, with the number of victims and of their cases; none where there is none."""
    if not person.is_coordinator:
        return
    cases = on_cases(work, panel, person)
    if cases:
        number = sum(len(refs) for refs in cases.values())
        yield Waiting(words("cases/unprotected_waits", number=number, cases=len(cases)), RECORD)


def on_cases(work: UnitOfWork, panel: Panel, person: Person) -> dict[int, list[str]]:
    """By case (its id), the victims whom the prompt is about; not on a case that is closed to this person."""
    query = (
        select(Victim)
        .join(Case, col(Case.id) == Victim.case_id)
        .where(Case.panel_id == panel.id, col(Case.status).not_in(ENDED), Victim.idva != IdvaStatus.ALLOCATED)
    )
    victims: dict[int, list[Victim]] = defaultdict(list)
    closed = recused_from(work, panel.id)
    for victim in work.session.exec(query):
        if person.user not in closed[victim.case_id]:
            victims[victim.case_id].append(victim)
    found = {case: lacking(panel, rows) for case, rows in victims.items()}
    return {case: refs for case, refs in found.items() if refs}
