"""A check lighter than the standard's: the victim service agrees, then the chair, each by their own hand; the audit log
keeps who and when. Until then the stricter one counts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from commands.actions.catalogue import LIST, words
from commands.kit.about import About
from commands.kit.alerts import alerted, of_service
from commands.kit.answers import Answer, Show
from commands.kit.beneath import back_to
from commands.kit.blocks import button, section
from commands.kit.catalogue import AGREED, ASKED, catalogue_of, entries_of, kind_of, write
from commands.kit.errors import ChangedMeanwhile, NoSuchThing, Refusal
from commands.kit.fields import One
from commands.kit.forms import Form, ask
from commands.kit.notices import Rendered, say
from commands.kit.people import agencies_of
from commands.kit.service import Service
from commands.kit.turn import Turn
from panel.access import Thing, Verb
from panel.action_types import ActionType
from panel.codes import Function, Role
from storage.outbox import Owed
from storage.tables import CatalogueEntry, Panel
from storage.work import UnitOfWork

NOTICE = "actions.lighter"
YES, NO = "yes", "no"


class NoVictimService(Refusal):
    """A lighter check needs the victim service's agreement, and this panel has no victim service. Add it first."""


@dataclass
class Lighter(Form):
    """Agreed, or not."""

    name = "actions.lighter"
    title = "A lighter check"
    agree: str = ask(
        One(
            "Do you agree?", "It counts for actions agreed from then on, and can be made stricter at any time.",
            choices=[(YES, "Yes"), (NO, "No: it stays as it is")],
        )
    )  # fmt: skip


def ask_for(turn: Turn, wanted: ActionType) -> None:
    """Put it to the victim service, in the place of what was asked before. Raises NoVictimService."""
    if not any(agency.function == Function.VICTIM_SERVICE for agency in agencies_of(turn.work, turn.panel)):
        raise NoVictimService(field="safety")
    withdraw(turn, wanted.code)
    assert turn.panel.id is not None
    row = CatalogueEntry(
        panel_id=turn.panel.id, code=wanted.code + ASKED, lever="", term="", check="", visibility="",
        by_user=turn.user, at=turn.work.now,
    )  # fmt: skip
    write(row, wanted, None)
    turn.work.add(row)
    turn.audit("lighter_asked", f"panel:{turn.panel.id}", code=wanted.code, check=wanted.check.value)
    _tell(turn, row, of_service(turn.work, turn.panel.id, Function.VICTIM_SERVICE))


def withdraw(turn: Turn, code: str) -> None:
    """What was asked for this kind is not asked any more."""
    for row in turn.work.rows(CatalogueEntry, panel_id=turn.panel.id, code=[code + ASKED, code + AGREED]):
        turn.work.session.delete(row)
    turn.work.session.flush()


def open_form(turn: Turn) -> Answer:
    """What it is now and what it would be, with the question for whose turn it is."""
    row = _row(turn)
    _need(turn, row)
    wanted = kind_of(row)
    now = catalogue_of(turn.work, turn.panel.id).kinds[wanted.code]
    said = turn.say("actions/lighter", code=wanted.code, label=now.label, now=words(now), wanted=words(wanted))
    about = About(panel=turn.panel.id, row=row.id, version=row.version)
    return Show(Lighter.draw(about, before=[section(said)]))


def answer(turn: Turn, form: Lighter) -> Answer:
    """Agreed by the victim service it goes to the chair; by the chair it counts. Raises ChangedMeanwhile."""
    row = _row(turn)
    _need(turn, row)
    if turn.about.version != row.version:
        raise ChangedMeanwhile
    code, by_chair = row.code[:-1], row.code[-1] == AGREED
    turn.audit(
        "lighter_agreed" if form.agree == YES else "lighter_refused", f"panel:{turn.panel.id}", code=code,
        check=row.check, role=Role.CHAIR.value if by_chair else Function.VICTIM_SERVICE.value,
    )  # fmt: skip
    if form.agree == NO:
        withdraw(turn, code)
    elif by_chair:
        _take_over(turn, row)
    else:
        row.code, row.version = code + AGREED, row.version + 1
        turn.work.session.flush()
        _tell(turn, row, alerted(turn.work, row.panel_id, Role.CHAIR))
    return back_to(turn, LIST, About(panel=turn.panel.id))


def _take_over(turn: Turn, row: CatalogueEntry) -> None:
    wanted, entry = kind_of(row), entries_of(turn.work, turn.panel.id).get(row.code[:-1])
    if entry is None:
        raise NoSuchThing
    now = kind_of(entry)
    agreed = replace(
        now, check=wanted.check, visibility=wanted.visibility, reveals_address=wanted.reveals_address
    )  # what else was changed since stays
    write(entry, agreed, entry.also)
    entry.by_user, entry.at, entry.version = turn.user, turn.work.now, entry.version + 1
    withdraw(turn, wanted.code)


def _row(turn: Turn) -> CatalogueEntry:
    row = turn.work.look(CatalogueEntry, turn.about.row)
    if row is None or row.panel_id != turn.panel.id or row.code[-1] not in (ASKED, AGREED):
        raise NoSuchThing
    return row


def _need(turn: Turn, row: CatalogueEntry) -> None:
    turn.need(Verb.LIGHTEN_CHECK if row.code[-1] == AGREED else Verb.AGREE_LIGHTER, Thing())


def _tell(turn: Turn, row: CatalogueEntry, users: list[str]) -> None:
    for user in users:
        turn.work.owe(
            f"lighter:{row.id}:{row.version}:{user}", NOTICE, user, panel_id=turn.panel.id,
            about={"row": row.id, "version": row.version},
        )  # fmt: skip


def notice(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """That an agreement is asked for, without of what; nothing once it was given."""
    row = work.look(CatalogueEntry, owed.about["row"])
    if row is None or row.version != owed.about["version"]:
        return None
    panel = work.get(Panel, row.panel_id)
    about = About(panel=panel.id, row=row.id, version=row.version)
    text = service.words("actions/told_lighter", zone=panel.timezone, panel=panel)
    return say(text, button("Open", "actions.types.lighter", about))
