"""Who acts on an action in a played month: the file's people, never one to whom the case is closed."""

from __future__ import annotations

from bot.demo.cast import people
from bot.month import Month
from bot.month.actions import Action
from panel.codes import Function, Outcome
from panel.grants import PANEL_OFFICE


def recused(month: Month, row: Action) -> set[str]:
    """Those who declared a conflict on its case."""
    return {recusal.person for recusal in month.case(row.case).recused}


def named(month: Month, row: Action) -> str | None:
    """The person the file names, if the panel's list has them for the owner; None: the representative has it."""
    if row.assignee is None or row.assignee not in people(month) or row.assignee in recused(month, row):
        return None
    if row.owner == PANEL_OFFICE:
        return row.assignee if row.assignee in _office(month) else None
    agency = month.agency(row.owner)
    return row.assignee if row.assignee in (agency.rep, agency.deputy, agency.lead, agency.duty) else None


def speaker(month: Month, row: Action) -> str:
    """Who speaks for the owner: the representative, else the deputy; for the office the coordinator."""
    if row.owner == PANEL_OFFICE:
        return month.panel.coordinator.initials
    agency = month.agency(row.owner)
    return next(who for who in (agency.rep, agency.deputy) if who and who not in recused(month, row))


def doer(month: Month, row: Action) -> str:
    """Who does it."""
    return named(month, row) or speaker(month, row)


def checker(month: Month, row: Action) -> str | None:
    """Who answers its safety check: a victim service that is not the owner; None where there is none."""
    for agency in month.agencies:
        if agency.function is Function.VICTIM_SERVICE and agency.code != row.owner:
            for who in (agency.rep, agency.deputy):
                if who and who not in recused(month, row):
                    return who
    return None


def confirmer(month: Month, row: Action) -> str:
    """Who confirms it: the chair for a sensitive outcome or the panel's own office, else the coordinator."""
    sensitive = row.outcome is not None and Outcome(row.outcome).sensitive
    by_chair = sensitive or row.owner == PANEL_OFFICE or doer(month, row) == month.panel.coordinator.initials
    return month.panel.chair.initials if by_chair else month.panel.coordinator.initials


def _office(month: Month) -> set[str]:
    deputy = month.panel.deputy_chair
    return {month.panel.coordinator.initials, month.panel.chair.initials} | ({deputy.initials} if deputy else set())
