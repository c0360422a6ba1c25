"""What chair and victim service keep for themselves: safe contact, a move, a child's own voice, whom it is safe to talk
to. The coordinator sees that it is there, and nothing of it."""

from __future__ import annotations

from dataclasses import dataclass

from commands.cases.around import kept_apart, sees_victim_side
from commands.cases.edit import kept, merged, row_of, same_row, tell_change
from commands.cases.hub import back_to_case, meeting_in_work
from commands.kit.answers import Answer, Show
from commands.kit.blocks import context
from commands.kit.errors import NotAllowed
from commands.kit.fields import One, Text
from commands.kit.forms import Form, ask
from commands.kit.people import thing_of
from commands.kit.reading import Reading
from commands.kit.turn import Turn
from panel.access import Verb
from panel.codes.linked import AddressFlag, Moved
from panel.codes.subject import YesNo
from storage.tables import Case, Linked, Victim

TIGHTER = "Whoever has a second part on this panel does not read this. Ask the victim service."
NEVER = "Never a name, an address or a number."


@dataclass
class SafeContact(Form):
    """How a victim may be reached, and what must never be done."""

    name = "cases.safe"
    title = "Safe contact"
    contact: str | None = ask(
        Text("How and when is contact safe?", f"Through whom, on which days, saying what. {NEVER}", optional=True,
             lines=True, limit=600)
    )  # fmt: skip
    never: str | None = ask(
        Text("What must nobody do?", f"Such as letters, voicemail, a visit in uniform. {NEVER}", optional=True,
             lines=True, limit=600)
    )  # fmt: skip
    moved: str = ask(
        One("Moved to another area?", "Where to is never written here.", choices=[(c, c.label) for c in Moved])
    )
    address: str = ask(One("Who may know the address?", choices=[(c, c.label) for c in AddressFlag]))


@dataclass
class OwnVoice(Form):
    """What a child has said, or how they present."""

    name = "cases.voice"
    title = "In the child's own voice"
    voice: str | None = ask(
        Text("What has the child said or shown?", f"In their words, or how they present; who heard it. {NEVER}",
             optional=True, lines=True, limit=1_000)
    )  # fmt: skip


@dataclass
class SafeToTalk(Form):
    """Whether somebody at risk may be spoken to."""

    name = "cases.talk"
    title = "Safe to talk to?"
    safe: str = ask(One("Is it safe to talk to this person?", choices=[(c, c.label) for c in YesNo]))
    talk: str | None = ask(
        Text("What must be known before?", f"What they know, to whom it would get. {NEVER}", optional=True,
             lines=True, limit=600)
    )  # fmt: skip


def open_contact(turn: Turn) -> Answer:
    """How to reach a victim."""
    case = _case(turn)
    victim = row_of(turn, Victim, case)
    told = {"moved": Moved.NOT_KNOWN, "address": ((victim.details or {}).get("address") or AddressFlag.OPEN).lower()}
    return _show(turn, SafeContact, victim, {**told, **kept_apart(victim)})


def save_contact(turn: Turn, form: SafeContact) -> Answer:
    """Keep it; a move, or another word on the address, unsettles the checks that were given."""
    case = _case(turn)
    victim = same_row(turn, Victim, case)
    told = (kept_apart(victim).get("moved") or Moved.NOT_KNOWN, (victim.details or {}).get("address") or "open")
    victim.details = merged(
        victim.details, address=form.address, apart=kept(contact=form.contact, never=form.never, moved=form.moved)
    )
    return _saved(turn, case, victim, unsettles=told != (form.moved, form.address))


def open_voice(turn: Turn) -> Answer:
    """What a child has said."""
    child = row_of(turn, Linked, _case(turn))
    return _show(turn, OwnVoice, child, dict(kept_apart(child)))


def save_voice(turn: Turn, form: OwnVoice) -> Answer:
    """Keep it."""
    return _keep(turn, kept(voice=form.voice))


def open_talk(turn: Turn) -> Answer:
    """Whether somebody at risk may be spoken to."""
    other = row_of(turn, Linked, _case(turn))
    return _show(turn, SafeToTalk, other, {"safe": YesNo.NOT_KNOWN, **kept_apart(other)})


def save_talk(turn: Turn, form: SafeToTalk) -> Answer:
    """Keep it."""
    return _keep(turn, kept(safe=form.safe, talk=form.talk))


def _keep(turn: Turn, told: dict[str, object]) -> Answer:
    case = _case(turn)
    row = same_row(turn, Linked, case)
    row.details = merged(row.details, apart=told)
    return _saved(turn, case, row)


def _case(turn: Turn) -> Case:
    """The case, for those who read what is kept for chair and victim service. Raises NotAllowed, NoSuchThing."""
    case = turn.case()
    turn.need(Verb.KEEP_APART, thing_of(turn.work, case, meeting_in_work(turn)))
    if not sees_victim_side(Reading(turn.work, turn.panel, turn.person, case, meeting_in_work(turn))):
        raise NotAllowed(reason=TIGHTER)
    return case


def _show(turn: Turn, form: type[Form], row: Victim | Linked, initial: dict[str, object]) -> Answer:
    turn.audit("opened", f"case:{row.case_id}", case_id=row.case_id, section=form.name)
    about = turn.about.but(version=row.version)
    return Show(form.draw(about, initial=initial, before=[context(row.ref)]))


def _saved(turn: Turn, case: Case, row: Victim | Linked, *, unsettles: bool = False) -> Answer:
    row.version += 1
    turn.work.session.flush()
    tell_change(turn, case, "apart", unsettles=unsettles)
    return back_to_case(turn, case)
