"""/panel live: what must be settled before real cases. Until all of it is, the panel practises."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from commands.kit.about import About
from commands.kit.answers import Answer, Show, Tell
from commands.kit.blocks import sections
from commands.kit.errors import Refusal
from commands.kit.fields import Day, One, Text, Tick, Whole
from commands.kit.forms import Form, ask
from commands.kit.meetings import settings_of, today
from commands.kit.people import agencies_of, holder
from commands.kit.turn import Turn
from commands.kit.views import modal
from commands.panels.agreement import all_hold
from panel.access import Thing, Verb, may
from panel.codes import Role
from panel.settings import Content

ITEMS = {
    "lead": "Information-governance lead picked",
    "key_apart": "Encryption key kept apart from the database",
    "content": "What Convenor keeps, decided",
    "agreement": "Date of the sharing agreement",
    "agreements": "Sharing agreements of all core agencies, none of them over",
    "dpia": "DPIA reference",
    "policy": "Appropriate policy document",
    "retention": "Months to keep a case after it ends",
    "reviewed": "Who has which part, looked through",
}


DAYS = ("agreement", "reviewed")


class Invented(Refusal):
    """This panel is invented: it can be played with, and never goes live."""


class NotYetSigned(Refusal):
    """That day is still to come. Give the day on which it was done."""


@dataclass
class GoLive(Form):
    """The list. It may be saved unfinished."""

    name = "panels.live"
    title = "Go-live list"
    key_apart: bool = ask(
        Tick("The encryption key", saying="It is kept apart from the database and its backups.", optional=True)
    )
    content: str | None = ask(
        One("What does Convenor keep?", choices=[(one.value, one.label) for one in Content], optional=True)
    )
    agreement: date | None = ask(Day("Date of the sharing agreement", "Signed by every agency.", optional=True))
    dpia: str | None = ask(Text("DPIA reference", "The reference alone.", optional=True, limit=60))
    policy: str | None = ask(Text("Appropriate policy document", "Its reference alone.", optional=True, limit=60))
    retention: int | None = ask(
        Whole(
            "Months to keep a case after it ends",
            "As the panel's own schedule says.",
            optional=True,
            least=1,
            most=1_200,
        )
    )

    reviewed: date | None = ask(
        Day("Parts looked through on", "The day on which every part in /panel people was found right.", optional=True)
    )


def open_form(turn: Turn) -> Answer:
    """The form for the information-governance lead; where things stand, for coordinator and chair."""
    _refuse_invented(turn)
    if not may(turn.person, Verb.SET_GO_LIVE, Thing()):
        turn.need(Verb.CHANGE_SETTINGS, Thing())
        return Show(_standing(turn))
    told = turn.panel.go_live
    initial = told | {name: date.fromisoformat(told[name]) for name in DAYS if told.get(name)}
    return Show(GoLive.draw(About(panel=turn.panel.id), initial=initial, before=sections(_said(turn))))


def save(turn: Turn, form: GoLive) -> Answer:
    """Keep what is given. With all of it the panel is live; with less it practises."""
    turn.need(Verb.SET_GO_LIVE, Thing())
    _refuse_invented(turn)
    for name in DAYS:
        if (getattr(form, name) or date.min) > today(turn.panel, turn.work.now):
            raise NotYetSigned(field=name)
    panel, was = turn.panel, turn.panel.live
    panel.go_live = {
        "lead": turn.user, "key_apart": form.key_apart, "content": form.content, "dpia": form.dpia,
        "agreement": form.agreement and form.agreement.isoformat(), "retention": form.retention,
        "policy": form.policy, "reviewed": form.reviewed and form.reviewed.isoformat(),
        "agreements": _sign(turn, form.agreement),
    }  # fmt: skip
    panel.live = not missing(panel.go_live)
    panel.version += 1
    _take_over(turn, form)
    turn.audit("go_live_list", f"panel:{panel.id}", live=panel.live, missing=missing(panel.go_live))
    if panel.live != was and panel.channel_id:
        name, about = f"live:{panel.id}:{panel.version}", {"panel": panel.id, "live": panel.live}
        turn.work.owe(name, "live", panel.channel_id, panel_id=panel.id, about=about)
    return Tell(_said(turn))


def _sign(turn: Turn, signed: date | None) -> bool:
    """Core agencies that have no day of their own take the agreement's; whether all of theirs hold now."""
    for agency in agencies_of(turn.work, turn.panel) if signed else ():
        if agency.core and agency.agreement_at is None:
            agency.agreement_at, agency.version = signed, agency.version + 1
    return all_hold(turn.work, turn.panel)


def missing(told: Mapping[str, Any]) -> list[str]:
    """The items of the list that are not given yet."""
    return [item for item in ITEMS if not told.get(item)]


def _refuse_invented(turn: Turn) -> None:
    if turn.panel.fictional:
        raise Invented


def _take_over(turn: Turn, form: GoLive) -> None:
    """What the list decides is a setting, too."""
    now = settings_of(turn.panel)
    changed = replace(
        now,
        content=Content(form.content) if form.content else now.content,
        retention=replace(now.retention, case_months=form.retention or now.retention.case_months),
    )
    turn.panel.settings = json.loads(changed.to_json())


def _said(turn: Turn) -> str:
    assert turn.panel.id is not None
    lead = holder(turn.work, turn.panel.id, Role.INFORMATION_GOVERNANCE)
    told = {**turn.panel.go_live, "lead": lead, "agreements": all_hold(turn.work, turn.panel)}
    given = [(label, bool(told.get(item))) for item, label in ITEMS.items()]
    return turn.say("panels/go_live", live=turn.panel.live, lead=lead, given=given)


def _standing(turn: Turn) -> dict[str, Any]:
    return modal("Go-live list", sections(_said(turn)), About(panel=turn.panel.id))
