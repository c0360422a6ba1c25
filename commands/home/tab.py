"""The App Home tab: what waits for me, each with its button, when the panel meets, and a quieter button to everything
else. Counts and dates only."""

from __future__ import annotations

from collections.abc import Iterable

from commands.home.next import next_for
from commands.home.waiting import Look, waiting
from commands.kit.about import About
from commands.kit.blocks import Block, actions, button, context, divider, header, section
from commands.kit.errors import NoMeeting
from commands.kit.meetings import ahead
from commands.kit.modes import called
from commands.kit.people import panels_of, person_on
from commands.kit.service import Service
from commands.kit.stamp import stamp_of
from commands.kit.waits import Waiting
from commands.reminders.digest import opener
from panel.access import Person
from panel.codes import Role
from storage.tables import Meeting, Panel
from storage.work import UnitOfWork

MOST_PANELS = 15  # of one person; a home tab holds 100 blocks
A_FEW = 2  # panels of which each line has its own block, and the button beside it
PLAIN = (("My actions", "/actions"), ("Agenda", "/agenda"))
OF_AN_AGENCY = (("My updates", "/update"), ("My agency's actions", "/actions agency"), ("Refer a case", "/refer"))
OF_THE_OFFICE = (
    ("The panel", "/panel"),
    ("Referrals to triage", "/panel triage"),
    ("Return board", "/panel board"),
    ("The meeting's record", "/panel record"),
    ("All actions", "/actions all"),
)
WHY = ("What I was told, and why", "/actions why")
MY_PARTS = ("My parts, days away", "/panel me")
LEADS = (Role.LEAD, Role.DUTY)


def home_of(service: Service, work: UnitOfWork, enterprise: str, team: str, user: str) -> Block:
    """The tab as it stands for one person, over all their panels."""
    theirs = list(panels_of(work, enterprise, team, user))
    blocks = [header("Convenor")]
    if not theirs:
        blocks += _stranger(service, work, enterprise, team)
    for panel in theirs[:MOST_PANELS]:
        stamp = stamp_of(panel)
        blocks += [divider(), *([context(stamp)] if stamp else [])]
        blocks += _panel(service, work, panel, user, beside=len(theirs) <= A_FEW)
    return {"type": "home", "blocks": blocks}


def _stranger(service: Service, work: UnitOfWork, enterprise: str, team: str) -> Iterable[Block]:
    """For somebody on no panel: what this is, and whom to ask; the first panel can be set up from here."""
    first = work.first(Panel, Panel.team_id == team, Panel.enterprise_id == enterprise) is None
    yield section(service.words("home/stranger", first=first))
    if first:
        yield actions(opener("Set up a panel", "/panel new", About()))


def _panel(service: Service, work: UnitOfWork, panel: Panel, user: str, *, beside: bool) -> Iterable[Block]:
    """One panel. `beside`: each line that waits with its button; else, for want of room, as sentences alone."""
    person = person_on(work, panel, user)
    if person.roles and all(held.role is Role.OBSERVER for held in person.roles):
        yield section(service.words("home/observer", panel=panel))
        return
    waits = waiting(Look(service, work, panel, person))
    facts = {
        "zone": panel.timezone, "panel": panel, "meeting": _ahead(work, panel), "waits": waits,
        "cut_off": next_for(work, panel, person),
    }  # fmt: skip
    about = About(panel=panel.id)
    if beside:
        yield section(service.words("home/heading", **facts))
        yield from (_beside(each, panel, about, first=each is waits[0]) for each in waits)
        yield section(service.words("home/dates", **facts))
        yield divider()
        yield section("*Everything else*")
    else:
        yield section(service.words("home/panel", **facts))
    doors = [*ways_in(person), *_calendar(service, person), WHY, *([MY_PARTS] if person.roles else [])]
    yield actions(*(opener(called(label, panel), command, about) for label, command in doors))


def _calendar(service: Service, person: Person) -> Iterable[tuple[str, str]]:
    """Where pages open outside Slack, everybody with a part has a calendar of their own."""
    return [("Calendar", "/panel calendar")] if service.address and person.roles else []


def _ahead(work: UnitOfWork, panel: Panel) -> Meeting | None:
    try:
        return ahead(work, panel)
    except NoMeeting:
        return None


def _beside(each: Waiting, panel: Panel, about: About, *, first: bool) -> Block:
    """A line with its button; the most urgent one's stands out."""
    label, opens = called(each.door[0], panel), each.door[1]
    made = opener(label, opens, about) if each.about is None else button(label, opens, each.about)
    return section(each.text, made | ({"style": "primary"} if first else {}))


def ways_in(person: Person) -> Iterable[tuple[str, str]]:
    """The buttons a person has: what their roles let them open."""
    yield from PLAIN if person.roles else PLAIN[:1]  # whoever only does an action has that alone
    if person.agencies:
        yield from OF_AN_AGENCY
    elif person.has(*LEADS):
        yield from OF_AN_AGENCY[1:]
    if person.functions & {"victim_service"}:
        yield "Safety checks", "/actions checks"
    if person.is_coordinator or person.has(Role.CHAIR, Role.DEPUTY_CHAIR):
        yield from OF_THE_OFFICE
    if person.is_coordinator or person.is_chair or person.has(Role.STEERING):
        yield "Figures", "/panel health"
