"""What stands above a case's record: staff safety as a banner, who leads, and what somebody has to look at."""

from __future__ import annotations

from collections.abc import Iterator

from commands.cases import record
from commands.cases.around import without_protection
from commands.cases.elsewhere import SUBJECT, VICTIM, opens, recorded, seen, subjects
from commands.cases.hub_subject import in_words
from commands.cases.picture import managed_by_mappa
from commands.kit.about import About
from commands.kit.blocks import Block, actions, button, context, header, section
from commands.kit.meetings import settings_of, today
from commands.kit.text import escape, weekday
from commands.kit.turn import Turn
from panel.codes import CaseStatus, Route
from panel.upcoming import near
from storage.tables import Case


def heading(turn: Turn, case: Case) -> list[Block]:
    """The reference, where the case stands, who leads."""
    lead = record.lead(turn.work, case) or "none yet"
    routes = ", ".join(Route(code).label for code in case.routes) or "not given"
    mappa = managed_by_mappa(case)
    small = f"{CaseStatus(case.status).label} · Lead agency {lead} · Route: {routes}"
    said = [context(turn.say("cases/mappa", mappa=mappa))] if mappa else []
    return [header(f"{case.ref} · {case.subject_ref}"), context(small), *said]


def banner(case: Case, about: About) -> list[Block]:
    """What staff must know before they go near."""
    text = f":warning: *Staff safety:* {escape(record.safety_banner(case))}"
    return [section(text, button("Edit staff safety", "cases.staff", about))]


def to_look_at(turn: Turn, case: Case, about: About) -> list[Block]:
    """What asks for somebody: a victim without protection, dates that are near, and one person on both sides."""
    said = [*_unprotected(turn, case), *_near(turn, case), *_both_sides(turn, case)]
    blocks = [section("\n".join(["*To look at*", *(f"• {each}" for each in said)]))] if said else []
    rivals = subjects(turn, case)
    if rivals and all(opens(turn, part) for part in rivals):
        blocks.append(actions(button("Who is the primary aggressor?", "cases.primary", about)))
    return blocks


def _unprotected(turn: Turn, case: Case) -> Iterator[str]:
    found = without_protection(turn.work, turn.panel, case)
    if found:
        yield turn.say("cases/unprotected", refs=found, high=settings_of(turn.panel).dash_high)


def _near(turn: Turn, case: Case) -> Iterator[str]:
    days = settings_of(turn.panel).near_date_days
    for each in near(record.dates(turn.work, case), today(turn.panel, turn.work.now), days):
        yield f"{in_words(each)}: {weekday(each.on)}"


def _both_sides(turn: Turn, case: Case) -> Iterator[str]:
    """Said only as far as the other case is open to the reader, too."""
    for part in seen(turn, case, case.person_id):
        if part.role == VICTIM:
            yield turn.say("cases/both_sides", here=case, part=part)
        elif part.role == SUBJECT:
            yield f"{escape(case.subject_ref)} is also subject {part.ref} in {part.case.ref}"
    rivals = [part for part in subjects(turn, case) if part.case.id != case.id and opens(turn, part)]
    if rivals:
        yield turn.say("cases/circle", here=case, rivals=rivals, primary=recorded(turn, case))
