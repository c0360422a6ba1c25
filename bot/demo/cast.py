"""Who plays in a month, and where they meet."""

from __future__ import annotations

from bot.month import Month

CHANNEL = "panel-ops"


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
