"""What papers are taken out for: asked before a link is given, kept in the audit log, and said on every page."""

from __future__ import annotations

from commands.kit.about import About
from commands.kit.answers import Answer, Show
from commands.kit.blocks import button, section
from commands.kit.errors import NoSuchThing
from commands.kit.taken import NEVER_FOR, said
from commands.kit.turn import Turn
from commands.kit.views import modal
from panel.codes.basis import TakenFor
from storage.tables import AuditRow, Pass

VIEW = "pages.purpose"


def chosen(turn: Turn) -> TakenFor | None:
    """What they pressed; None where they are still to be asked. Raises NoSuchThing."""
    if turn.about.code is None:
        return None
    if turn.about.code not in set(TakenFor):
        raise NoSuchThing
    return TakenFor(turn.about.code)


def asked(turn: Turn, name: str, about: About) -> Answer:
    """The question: a button a purpose, each with the name of the button that gives the link. No form: what a form
    answers is kept for when it is sent twice, and a link and its code are kept nowhere."""
    rows = [section(one.label, button("For this", name, about.but(code=one.value))) for one in TakenFor]
    return Show(modal("What is it for?", [section(turn.say("pages/purpose")), *rows], about, name=VIEW))


def of_pass(turn: Turn, row: Pass) -> str | None:
    """What a pass was given for, as the audit log has it."""
    given = turn.work.first(
        AuditRow, AuditRow.by_user == row.user_id, AuditRow.verb == "gave_pass", AuditRow.thing == f"pass:{row.id}"
    )
    purpose: str | None = given.details.get("purpose") if given else None
    return purpose


def on_paper(purpose: str | None) -> str:
    """The line for every page."""
    return f"For: {said(purpose)} · {NEVER_FOR}" if purpose else NEVER_FOR
