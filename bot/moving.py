"""Moving in with a month file, and taking a meeting's papers away: what the command line does for people."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from slack_sdk import WebClient
from sqlmodel import col

from bot import importing
from bot.importing import Home
from bot.month import Month
from bot.numbers import numbers
from bot.problems import Unusable
from bot.roster import users_by_name
from commands.kit.meetings import today
from commands.kit.taken import NoPurpose, purpose_of
from commands.kit.text import count
from commands.panels.channel import problem_with
from panel.codes.basis import TakenFor
from storage.tables import Meeting, Panel
from storage.work import Store, UnitOfWork


def move_in(
    store: Store, now: datetime, client: WebClient, month: Month, channel: str | None, *, set_up: bool, books: bool
) -> list[str]:
    """Read a month in, whole or not at all; answers what to tell. Raises Unusable, AlreadyThere, SlackApiError."""
    told = []
    home = _home(client, channel, with_people=set_up)
    with store.work(now) as work:
        if set_up:
            there = _is_there(work, month, home) if not books else None
            told += _numbers(work, there, month) if there else _set_up(work, month, home)
        if books:
            told += _books(work, month, home)
    return told


def take_away(
    store: Store, now: datetime, code: str | None, day: date | None, out: Path, purpose: TakenFor | None = None
) -> list[str]:
    """Write a meeting's papers into `out`; answers their names. Raises Unusable when there is no such meeting, or when
    nobody says what they are for."""
    from bot.export import export

    with store.work(now) as work:
        panel = panel_of(work, code)
        meeting, why = _meeting(work, panel, day), said_purpose(panel, purpose)
        export(work, panel, meeting, out, purpose)
        work.audit("exported", f"meeting:{meeting.id}", surface="command line", panel_id=panel.id, purpose=why)
    return sorted(path.name for path in out.iterdir() if path.is_file())


def take_calendar(store: Store, now: datetime, code: str | None, out: Path) -> list[str]:
    """Write a calendar file for each meeting into `out`: its invitation, or that it is off; answers their names.
    Raises Unusable when there is no such panel."""
    from commands.pages.diary import meetings, of_panel
    from commands.pages.ics import invitation

    with store.work(now) as work:
        panel = panel_of(work, code)
        rows = of_panel(work, panel)
        out.mkdir(parents=True, exist_ok=True)
        files = {f"{row.day}-{panel.code.lower()}-{row.id}.ics": row for row in rows}
        for name, entry in zip(files, meetings(panel, rows), strict=True):
            (out / name).write_bytes(invitation(entry, now))
        work.audit("exported", f"calendar of panel:{panel.id}", surface="command line", panel_id=panel.id)
    return list(files)


def _home(client: WebClient, channel: str | None, *, with_people: bool) -> Home:
    known = client.auth_test()
    problem = problem_with(client, channel) if channel else None
    if problem is not None:
        raise Unusable(problem().sentence)
    users = users_by_name(client) if with_people else {}
    return Home(str(known["team_id"]), str(known.get("enterprise_id") or ""), channel, users)


def _set_up(work: UnitOfWork, month: Month, home: Home) -> list[str]:
    panel, unmatched = importing.set_up(work, month, home)
    told = [f"Panel {panel.code} is set up with {count(len(month.agencies), 'agency', 'agencies')}."]
    if unmatched:
        told.append("Nobody in Slack has the display name of these; pick them with /panel people:")
        told += [f"  {who}" for who in unmatched]
    if home.channel is None:
        told.append("It has no channel yet: /invite the bot into it and choose it with /panel settings.")
    return [*told, "Plan the year with /panel schedule."]


def _is_there(work: UnitOfWork, month: Month, home: Home) -> Panel | None:
    return work.first(Panel, Panel.team_id == home.team, Panel.code == month.panel.id)


def _numbers(work: UnitOfWork, panel: Panel, month: Month) -> list[str]:
    moved = numbers(work, panel, month)
    return [
        f"Panel {panel.code} was there already: it has the file's numbers now. Agencies, people and dates stay.",
        f"Cut-offs moved for {count(moved, 'meeting')}; a cycle whose requests are out keeps its own.",
    ]


def _books(work: UnitOfWork, month: Month, home: Home) -> list[str]:
    panel = _is_there(work, month, home)
    if panel is None:
        raise Unusable(f"There is no panel {month.panel.id} in this workspace yet. Import its set-up first.")
    day = month.cycle.panel_date if month.cycle else today(panel, work.now)
    cases, actions = importing.books(work, panel, month, day)
    return [f"{count(cases, 'case')} and {count(actions, 'action')} read in."]


def panel_of(work: UnitOfWork, code: str | None) -> Panel:
    """The panel of this prefix; without one, the only panel there is. Raises Unusable."""
    found = work.find(Panel, *([Panel.code == code] if code else []))
    if not found:
        raise Unusable("There is no such panel." if code else "There is no panel yet.")
    if len(found) > 1:
        raise Unusable(f"Which panel? Add --panel with one of: {', '.join(sorted(panel.code for panel in found))}")
    return found[0]


def said_purpose(panel: Panel, purpose: TakenFor | None) -> str:
    """The purpose as the audit log has it. Raises Unusable where the panel is live and none is said."""
    try:
        return purpose_of(panel, purpose)
    except NoPurpose:
        raise Unusable(f"What is it taken out for? Add --purpose with one of: {', '.join(TakenFor)}") from None


def _meeting(work: UnitOfWork, panel: Panel, day: date | None) -> Meeting:
    """The meeting on a day; without one, the last on or before today."""
    regular = (Meeting.panel_id == panel.id, Meeting.kind == "regular", Meeting.status != "cancelled")
    wanted = Meeting.day == day if day else Meeting.day <= today(panel, work.now)
    found = work.first(Meeting, *regular, wanted, order=col(Meeting.day).desc())
    if found is None:
        raise Unusable("There is no meeting on that day." if day else "No meeting has been held yet. Add --meeting.")
    return found
