"""Identifiers of a subject, typed once: what is kept is a keyed hash of them, and what was typed is gone.

Nothing of it is stored, logged, shown again or kept as a draft. Equal hashes on one panel are offered at triage.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from commands.kit import guard
from commands.kit.about import About
from commands.kit.answers import Answer, Show
from commands.kit.beneath import back_to
from commands.kit.blocks import Block, button, section
from commands.kit.errors import Refusal
from commands.kit.fields import Day, Text
from commands.kit.forms import Form, ask
from commands.kit.meetings import today
from commands.kit.turn import Turn
from commands.referrals import additions, sealing
from panel import refs
from panel.guard import parts_of_name
from panel.identity import identifiers, same_number
from storage.tables import Fingerprint, KnownWord, Referral

CHECKED = "identifiers"  # the addition that says it was done, and which references were named
HUB = "referrals.sections"
PLACE = "fingerprint.digest"


class TooLittle(Refusal):
    """Give a whole name with a date of birth, a number, or an earlier reference. One alone of the first two is not
    enough."""


class NotOurReference(Refusal):
    """Write references of this panel, as {prefix}-26-0041 or K-041, with a space between."""


class NotBornYet(Refusal):
    """This day has not come yet. Choose the date of birth."""


@dataclass
class Identifiers(Form):
    """Typed once, never kept."""

    name = "referrals.identify"
    title = "Check identifiers"
    submit = "Check"
    names: str | None = ask(
        Text("Whole name and aliases", "One on each line. Used for this check alone and not kept.", optional=True,
             lines=True, limit=500, guarded=False)
    )  # fmt: skip
    born: date | None = ask(Day("Date of birth", optional=True))
    also_born: date | None = ask(Day("Another date of birth in use", optional=True))
    police: str | None = ask(Text("Police number", "PNC or CRO. Not kept.", optional=True, limit=40, guarded=False))
    health: str | None = ask(Text("NHS number", "Not kept.", optional=True, limit=40, guarded=False))
    earlier: str | None = ask(
        Text("Earlier references here", "A case or subject reference of this panel. These are kept.", optional=True,
             limit=200)
    )  # fmt: skip
    others: str | None = ask(
        Text("Others who must not be named here", "Those harmed, children: one on each line. Not kept: Convenor then"
             " refuses these words in what is written on this case.", optional=True, lines=True, limit=500,
             guarded=False),
        None,
    )  # fmt: skip

    @classmethod
    def keeps(cls, view: Block) -> bool:
        """Never: not even for its writer."""
        return False


def row(turn: Turn, referral: Referral, about: About) -> Block:
    """Its line in the list of sections, from here."""
    done = bool(additions.rows(turn.work, referral, CHECKED))
    check = button("Check again" if done else "Check", "referrals.identify", about)
    return section(turn.say("referrals/identify_row", done=done), check)


def open_form(turn: Turn) -> Answer:
    """The form, with what becomes of it said first."""
    referral = additions.may_be_added_to(turn, always=True)
    about = About(panel=turn.panel.id, referral=referral.id)
    return Show(Identifiers.draw(about, before=[section(turn.say("referrals/identify"))]))


def save(turn: Turn, form: Identifiers) -> Answer:
    """Keep the hashes. Whether anything was found is for triage alone to read."""
    referral = additions.may_be_added_to(turn, always=True)
    born = [day for day in (form.born, form.also_born) if day]
    if any(day > today(turn.panel, turn.work.now) for day in born):
        raise NotBornYet(field="born")
    named = _references(turn, form.earlier)
    found = identifiers((form.names or "").splitlines(), born, [form.police or "", form.health or ""])
    if not found and not named and not form.others:
        raise TooLittle(field="names")
    _keep(turn, referral, found)
    sealing.tell_of_match(turn, referral)
    know(turn, referral, form)
    additions.add(turn, referral, CHECKED, {"refs": named})
    return back_to(turn, HUB, About(panel=turn.panel.id, referral=referral.id))


def _references(turn: Turn, typed: str | None) -> list[str]:
    """The references that were named. Raises NotOurReference for another panel's, and for what is none."""
    named = re.split(r"[\s,;]+", (typed or "").strip().upper())
    for ref in filter(None, named):
        case = refs.CASE.fullmatch(ref) or refs.REFERRAL.fullmatch(ref)
        if not (refs.SUBJECT.fullmatch(ref) or (case and case["prefix"] == turn.panel.code)):
            raise NotOurReference(field="earlier", prefix=turn.panel.code)
    return [ref for ref in named if ref]


def _keep(turn: Turn, referral: Referral, found: list[str]) -> None:
    """A hash by this database's key, of this panel alone: two panels' hashes of one person differ."""
    assert turn.panel.id is not None and referral.id is not None
    known = {each.digest for each in turn.work.rows(Fingerprint, referral_id=referral.id)}
    for each in found:
        digest = turn.work.keyed_hash(f"{turn.panel.id} {each}", PLACE)
        if digest not in known:
            turn.work.add(Fingerprint(panel_id=turn.panel.id, referral_id=referral.id, digest=digest, at=turn.work.now))
    turn.audit("checked_identifiers", f"referral:{referral.id}", case_id=referral.case_id, hashes=len(found))


def know(turn: Turn, referral: Referral, form: Identifiers) -> None:
    """What the guard refuses on this case from now on: the names, each part of them, and the numbers, as hashes."""
    assert turn.panel.id is not None
    typed = [*(form.names or "").splitlines(), *(form.others or "").splitlines()]
    numbers = [f"#{same_number(each)}" for each in (form.police, form.health) if each and same_number(each)]
    words = dict.fromkeys([*(each for name in typed for each in parts_of_name(name)), *numbers])
    known = {each.digest for each in turn.work.rows(KnownWord, referral_id=referral.id)}
    for each in words:
        digest = guard.digest(turn, each)
        if digest not in known:
            turn.work.add(
                KnownWord(
                    panel_id=turn.panel.id, digest=digest, words=each.count(" ") + 1, referral_id=referral.id,
                    by_user=turn.user, at=turn.work.now,
                )
            )  # fmt: skip
