"""Everything a person can do in Slack, one folder a journey. A new journey is a folder and a line here."""

from commands import (
    access,
    actions,
    agendas,
    audit,
    cases,
    home,
    life,
    meetings,
    pages,
    panels,
    records,
    referrals,
    reminders,
    updates,
)
from commands.kit import shared

JOURNEYS = (
    shared.register,
    panels.register,
    cases.register,
    referrals.register,
    updates.register,
    actions.register,
    life.register,
    agendas.register,
    meetings.register,
    pages.register,
    audit.register,
    reminders.register,
    access.register,
    records.register,
    home.register,
)
