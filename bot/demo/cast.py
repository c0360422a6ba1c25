"""Who plays in a month, and where they meet."""

from __future__ import annotations

from bot.month import Month
from bot.month.setup import Agency
from panel.codes import Role

CHANNEL = "panel-ops"
ELSEWHERE = "everybody"
PANEL = "The panel"
STEERING = "Steering group"
SEATS: dict[str, Role | None] = {"observer": Role.OBSERVER, "stranger": None}
VISITORS = {"observer": "Observer", "stranger": "In this Slack, but not of the panel"}


def people(month: Month) -> list[str]:
    """Everybody whom the month file names by initials, each once."""
    panel = month.panel
    found = [panel.chair.initials, panel.coordinator.initials, *panel.steering]
    found += [panel.deputy_chair.initials] if panel.deputy_chair else []
    for agency in month.agencies:
        found += [who for who in (agency.rep, agency.deputy, agency.lead, agency.duty) if who]
    return list(dict.fromkeys(found))


def standing_members(month: Month) -> list[str]:
    """Who is in the panel's channel: chair, deputy chair, coordinator, and the core agencies' people."""
    panel = month.panel
    found = [panel.chair.initials, panel.coordinator.initials]
    found += [panel.deputy_chair.initials] if panel.deputy_chair else []
    found += [who for agency in month.agencies if agency.core for who in (agency.rep, agency.deputy) if who]
    return list(dict.fromkeys(found))


def titles(month: Month) -> dict[str, str]:
    """What everybody is to the panel, by initials: "Chair", "Representative, HOU"; several things joined."""
    return {who: " and ".join(dict.fromkeys(held)) for who, held in _held(month).items()} | dict(VISITORS)


def groups(month: Month) -> dict[str, str]:
    """Under which heading a person is found, by initials: the panel, their agency by name, or the visitors."""
    panel = month.panel
    found = {who: agency.name for agency in month.agencies for who in _of(agency) if who}
    office = [panel.chair, panel.deputy_chair, panel.coordinator]
    found |= {who.initials: PANEL for who in office if who} | dict.fromkeys(panel.steering, STEERING)
    return found | dict.fromkeys(VISITORS, "Visitors")


def visitors(month: Month) -> dict[str, Role | None]:
    """Who looks on besides: an observer of the panel, and a stranger who has nothing to do with it."""
    return {who: role for who, role in SEATS.items() if who not in people(month)}


def _held(month: Month) -> dict[str, list[str]]:
    panel = month.panel
    held: dict[str, list[str]] = {panel.coordinator.initials: ["Coordinator"]}
    held.setdefault(panel.chair.initials, []).append("Chair")
    if panel.deputy_chair:
        held.setdefault(panel.deputy_chair.initials, []).append("Deputy chair")
    for who in panel.steering:
        held.setdefault(who, []).append(Role.STEERING.label)
    for agency in month.agencies:
        for role in (Role.REP, Role.DEPUTY, Role.LEAD, Role.DUTY):
            if who := getattr(agency, role.value):
                held.setdefault(who, []).append(f"{role.label}, {agency.code}")
    return held


def _of(agency: Agency) -> tuple[str | None, ...]:
    return agency.rep, agency.deputy, agency.lead, agency.duty
