"""A check lighter than the standard's: the victim service agrees, then the chair, each by their own hand; the audit log
keeps who and when. Until then the stricter one counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from commands.actions.catalogue import LIST, words
from commands.kit.about import About
from commands.kit.alerts import alerted, of_service
from commands.kit.answers import Answer, Show
from commands.kit.beneath import back_to
from commands.kit.blocks import button, section
from commands.kit.catalogue import BY_CHAIR, BY_SERVICE, MARK, STAGE, asked_of, catalogue_of, entries_of, write
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
    row = entries_of(turn.work, turn.panel.id)[wanted.code]
    row.asked = {
        "check": wanted.check.value, "visibility": wanted.visibility.value, "reveals": wanted.reveals_address,
    }  # fmt: skip
    _to(row, BY_SERVICE)
    turn.audit("lighter_asked", f"panel:{turn.panel.id}", code=wanted.code, check=wanted.check.value)
    _tell(turn, row, of_service(turn.work, row.panel_id, Function.VICTIM_SERVICE))


def _to(row: CatalogueEntry, stage: str) -> None:
    """Whose turn it is. What an open form or a message was drawn from is marked by the version it then had."""
    row.version += 1
    row.asked = {**(row.asked or {}), STAGE: stage, MARK: row.version}


def withdraw(turn: Turn, code: str) -> None:
    """What was asked for this kind is not asked any more."""
    row = entries_of(turn.work, turn.panel.id).get(code)
    if row is not None:
        row.asked = None


def open_form(turn: Turn) -> Answer:
    """What it is now and what it would be, with the question for whose turn it is."""
    row, asked, wanted = _row(turn)
    _need(turn, asked)
    now = catalogue_of(turn.work, turn.panel.id).kinds[wanted.code]
    said = turn.say("actions/lighter", code=wanted.code, label=now.label, now=words(now), wanted=words(wanted))
    about = About(panel=turn.panel.id, row=row.id, version=asked[MARK])
    return Show(Lighter.draw(about, before=[section(said)]))


def answer(turn: Turn, form: Lighter) -> Answer:
    """Agreed by the victim service it goes to the chair; by the chair it counts. Raises ChangedMeanwhile."""
    row, asked, wanted = _row(turn)
    _need(turn, asked)
    if turn.about.version != asked[MARK]:
        raise ChangedMeanwhile
    by_chair = asked[STAGE] == BY_CHAIR
    turn.audit(
        "lighter_agreed" if form.agree == YES else "lighter_refused", f"panel:{turn.panel.id}", code=row.code,
        check=wanted.check.value, role=Role.CHAIR.value if by_chair else Function.VICTIM_SERVICE.value,
    )  # fmt: skip
    if form.agree == NO:
        row.asked = None
    elif by_chair:
        _take_over(turn, row, wanted)
    else:
        _to(row, BY_CHAIR)
        _tell(turn, row, alerted(turn.work, row.panel_id, Role.CHAIR))
    return back_to(turn, LIST, About(panel=turn.panel.id))


def _take_over(turn: Turn, row: CatalogueEntry, wanted: ActionType) -> None:
    """What was asked for counts; what else was changed since stays."""
    write(row, wanted, row.also)
    row.by_user, row.at, row.version, row.asked = turn.user, turn.work.now, row.version + 1, None


def _row(turn: Turn) -> tuple[CatalogueEntry, dict[str, Any], ActionType]:
    """What is asked for. Raises NoSuchThing once it was answered or taken back, and for another panel's."""
    row = turn.work.look(CatalogueEntry, turn.about.row)
    wanted = asked_of(row) if row is not None and row.panel_id == turn.panel.id else None
    if row is None or wanted is None or not row.asked:
        raise NoSuchThing
    return row, row.asked, wanted


def _need(turn: Turn, asked: Mapping[str, Any]) -> None:
    turn.need(Verb.LIGHTEN_CHECK if asked[STAGE] == BY_CHAIR else Verb.AGREE_LIGHTER, Thing())


def _tell(turn: Turn, row: CatalogueEntry, users: list[str]) -> None:
    for user in users:
        turn.work.owe(
            f"lighter:{row.id}:{row.version}:{user}", NOTICE, user, panel_id=turn.panel.id,
            about={"row": row.id, "version": row.version},  # its mark
        )  # fmt: skip


def notice(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """That an agreement is asked for, without of what; nothing once it was given."""
    row = work.look(CatalogueEntry, owed.about["row"])
    if row is None or not row.asked or row.asked[MARK] != owed.about["version"]:
        return None
    panel = work.get(Panel, row.panel_id)
    about = About(panel=panel.id, row=row.id, version=row.asked[MARK])
    text = service.words("actions/told_lighter", zone=panel.timezone, panel=panel)
    return say(text, button("Open", "actions.types.lighter", about))
