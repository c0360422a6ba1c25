"""What was opened in an emergency: the chair looks at who, why and what was read, and says what they found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col

from commands.access.glass import REMIND, of_panel, tell, to_review
from commands.kit.about import About
from commands.kit.alerts import alerted
from commands.kit.answers import Answer, Back, Show
from commands.kit.blocks import Block, actions, button, context, section
from commands.kit.errors import ChangedMeanwhile
from commands.kit.fields import One
from commands.kit.forms import Form, ask
from commands.kit.notices import Rendered, say
from commands.kit.people import holders, person_on, thing_of
from commands.kit.service import Service
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.kit.waits import Waiting
from commands.kit.words import Words
from panel.access import Person, Verb, may
from panel.codes import Role
from panel.codes.trust import GlassFinding
from panel.grants import Holder
from storage.outbox import Owed
from storage.tables import AuditRow, BreakGlass, Case, Panel
from storage.work import UnitOfWork

FOUND = "access.glass_found"
LOOKED = timedelta(days=92)  # how long an opening that was looked at stays on the page


@dataclass
class Finding(Form):
    """What the chair found. A code: what else there is to say, they say elsewhere."""

    name = "access.glass.finding"
    title = "What you found"
    finding: str = ask(One("Was it needed?", choices=[(one.value, one.label) for one in GlassFinding]))


def show(turn: Turn) -> Answer:
    """Every opening that waits for a look, or was looked at of late."""
    return Show(view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page."""
    return Show(view(turn))


def view(turn: Turn) -> Block:
    """Who opened what, why, until when, and how much they read; audited."""
    late = col(BreakGlass.at) > turn.work.now - LOOKED
    rows = turn.work.find(
        BreakGlass, BreakGlass.panel_id == turn.panel.id, late | col(BreakGlass.reviewed_at).is_(None),
        order=col(BreakGlass.id).desc(),
    )  # fmt: skip
    parts = [part for row in rows if (part := _part(turn, row))]
    if not parts:
        turn.need(Verb.REVIEW_GLASS, thing_of(turn.work))
    about = About(panel=turn.panel.id, page=turn.about.page)
    heading = [context(turn.say("access/openings_heading", openings=len(parts)))]
    return paged("Opened in an emergency", [heading, *parts], about, "access.openings", name="access.openings")


def _part(turn: Turn, row: BreakGlass) -> list[Block]:
    """One opening; nothing of it for whom it is not."""
    case = turn.case(row.case_id)
    thing = thing_of(turn.work, case, author=row.user_id)
    if not may(turn.person, Verb.REVIEW_GLASS, thing):
        return []
    turn.audit("opened", f"opening:{row.id}", case_id=case.id)
    open_now = row.ends_at > turn.work.now
    said = turn.say(
        "access/opening", row=row, case=case, open=open_now,
        read=_read(turn.work, row), finding=GlassFinding(row.finding).label if row.finding else None,
    )  # fmt: skip
    this = About(panel=turn.panel.id, row=row.id, version=row.version)
    doors = [] if row.reviewed_at else [button("Say what you found", "access.glass.look", this)]
    doors += [button("End it now", "access.glass.end", this)] if open_now else []
    return [section(said), *([actions(*doors, block_id=f"opening {row.id}")] if doors else [])]


def _read(work: UnitOfWork, row: BreakGlass) -> int:
    """How many times something of the case was opened through it, as the audit log has it."""
    found = work.find(
        AuditRow, AuditRow.by_user == row.user_id, AuditRow.case_id == row.case_id, AuditRow.at >= row.at,
        AuditRow.at <= row.ends_at, order=AuditRow.seq,
    )  # fmt: skip
    return sum(bool(each.details.get("break_glass")) for each in found)


def open_form(turn: Turn) -> Answer:
    """The one question."""
    row = _reviewed(turn)
    return Show(Finding.draw(About(panel=turn.panel.id, row=row.id, version=row.version)))


def save(turn: Turn, form: Finding) -> Answer:
    """Keep it; the information-governance lead hears of whatever was not as it should be. Raises ChangedMeanwhile."""
    row = _reviewed(turn)
    if row.version != turn.about.version or row.reviewed_at is not None:
        raise ChangedMeanwhile
    row.reviewed_by, row.reviewed_at, row.wake_at = turn.user, turn.work.now, None
    row.finding, row.version = form.finding, row.version + 1
    turn.audit("reviewed emergency opening", f"opening:{row.id}", case_id=row.case_id, finding=form.finding)
    if form.finding != GlassFinding.NEEDED:
        for lead in alerted_lead(turn.work, row.panel_id):
            turn.work.owe(f"glass:{row.id}:found", FOUND, lead, panel_id=row.panel_id, about={"opening": row.id})
    return Back(view(turn))


def alerted_lead(work: UnitOfWork, panel_id: int) -> list[str]:
    """The information-governance lead, or the coordinator where there is none."""
    return holders(work, panel_id, [Role.INFORMATION_GOVERNANCE]) or alerted(work, panel_id, Role.COORDINATOR)


def _reviewed(turn: Turn) -> BreakGlass:
    row = of_panel(turn)
    turn.need(Verb.REVIEW_GLASS, thing_of(turn.work, turn.case(row.case_id), author=row.user_id))
    return row


def waits(words: Words, work: UnitOfWork, panel: Panel, person: Person) -> Iterator[Waiting]:
    """For App Home: how many openings wait for this person's look."""
    mine = [row for row in to_review(work, panel.id) if _for(work, person, row)] if person.is_chair else []
    if mine:
        text = words("access/openings_wait", openings=len(mine))
        yield Waiting(text, ("Look at them", "access.openings"), About(panel=panel.id))


def _for(work: UnitOfWork, person: Person, row: BreakGlass) -> bool:
    thing = thing_of(work, work.get(Case, row.case_id), author=row.user_id)
    verdict = may(person, Verb.REVIEW_GLASS, thing)
    return bool(verdict) and getattr(verdict, "by", None) is Holder.CHAIR


def wake(work: UnitOfWork, row: BreakGlass) -> None:
    """The chair is told once more, a day after another, until somebody has looked."""
    if row.reviewed_at is not None:
        row.wake_at = None
        return
    tell(work, row, f"{work.now:%Y-%m-%d}")
    row.wake_at = work.now + REMIND


def notice(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """That a case was opened in an emergency, and until when. By whom and why is seen when opened, by who reviews it;
    no longer wanted once somebody has."""
    row = work.get(BreakGlass, owed.about["opening"])
    panel, case = work.get(Panel, row.panel_id), work.get(Case, row.case_id)
    person = person_on(work, panel, owed.to)
    if row.reviewed_at is not None or not person.roles:
        return None
    reviews = _for(work, person, row)
    facts = {"case": case, "until": row.ends_at, "open": row.ends_at > work.now, "reviews": reviews}
    text = service.words("access/glass", zone=panel.timezone, **facts)
    return say(text, *([button("Open", "access.openings", About(panel=panel.id), style="primary")] if reviews else []))


def found(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To the information-governance lead: the audit log says more."""
    row = work.get(BreakGlass, owed.about["opening"])
    panel, case = work.get(Panel, row.panel_id), work.get(Case, row.case_id)
    return say(service.words("access/glass_found", zone=panel.timezone, case=case, at=row.at))
