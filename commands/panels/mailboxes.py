"""People outside Slack, who are written to by e-mail; and those in it who want both. An address is shown to the
coordinator and to whose it is, and to nobody else."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlmodel import col

from commands.kit.answers import Answer, Back, Show
from commands.kit.errors import ChangedMeanwhile, NoSuchThing, NotAllowed, Refusal
from commands.kit.fields import One, Text, Tick
from commands.kit.forms import Form, ask
from commands.kit.mailboxes import comes_back
from commands.kit.notices import Rendered, say
from commands.kit.people import seats_of
from commands.kit.service import Service
from commands.kit.turn import Turn
from commands.panels.people import people_view
from panel.access import Thing, Verb
from panel.actions import ENDED
from panel.mail import LONGEST, RETURNED, outside_slack, wrong_address
from storage import reach
from storage.outbox import EMAIL, Owed
from storage.tables import Action, Mailbox, Panel
from storage.work import UnitOfWork

KIND = "mailbox"
YES, NO = "yes", "no"
A_LABEL = 30
WHERE = Text(
    "Their e-mail address",
    "At work, and read back to them by telephone. What is sent holds references, dates and counts alone.",
    limit=LONGEST,
    guarded=False,
)


class StillHas(Refusal):
    """They still have a part on the panel or an action to do. Give it to somebody else first."""


@dataclass
class SomebodyOutside(Form):
    """Somebody without Slack, and where they are written to."""

    name = "panels.mailbox"
    title = "Somebody outside Slack"
    label: str = ask(
        Text(
            "What the panel calls them", "Initials or their part, such as R.Y. or Duty desk. Never a full name.",
            limit=A_LABEL,
        )
    )  # fmt: skip
    address: str = ask(WHERE)
    arrives: str | None = ask(
        One(
            "Do messages arrive there?", "A mail server can take a message and send it back later, to the sender's "
            "mailbox, which Convenor does not read.", choices=[(YES, "Yes"), (NO, "No: telephone them instead")],
        ),
        None,
    )  # fmt: skip
    gone: bool = ask(Tick("They have left", optional=True, saying="Forget the address, and send nothing more"), False)

    def check(self) -> dict[str, str]:
        """An address that can be written to; a label that is none."""
        wrong = wrong_address(self.address)
        named = {"label": "Initials or a part, not an address."} if "@" in self.label else {}
        return named | ({"address": wrong} if wrong and not self.gone else {})


def open_form(turn: Turn) -> Answer:
    """Empty for somebody new, filled in for one who is there: for the coordinator alone."""
    for_the_coordinator(turn)
    if turn.about.row is None:
        return Show(SomebodyOutside.draw(turn.about, without=("arrives", "gone")))
    box = mailbox(turn)
    turn.audit("opened", f"mailbox:{box.id}")
    arrives = NO if comes_back(turn.work, box.user_id) else YES
    initial = {"label": box.label, "address": box.address, "arrives": arrives}
    return Show(SomebodyOutside.draw(turn.about.but(version=box.version), initial=initial))


def save(turn: Turn, form: SomebodyOutside) -> Answer:
    """Kept; a new address is told that messages come there from now on."""
    for_the_coordinator(turn)
    if turn.about.row is None:
        keep_address(turn, _new(turn, form), form.address)
        return Back(people_view(turn))
    box = mailbox(turn)
    if box.version != turn.about.version:
        raise ChangedMeanwhile
    if form.gone:
        _end(turn, box)
    else:
        box.label = form.label
        _mark(turn, box, form)
        keep_address(turn, box, form.address)
    return Back(people_view(turn))


def _mark(turn: Turn, box: Mailbox, form: SomebodyOutside) -> None:
    """What is said of an address is of that one: another is written to until it is said of it too."""
    was, now = comes_back(turn.work, box.user_id), form.arrives == NO and form.address == box.address
    if was != now or form.address != box.address:
        reach.begin_anew(turn.work.session, box.user_id, RETURNED if now else None)
    if was != now:
        turn.audit("mailbox_returns" if now else "mailbox_arrives", f"mailbox:{box.id}", user=box.user_id)


def mailbox(turn: Turn) -> Mailbox:
    """The one that a form is about. Raises NoSuchThing for another panel's, and for one that has ended."""
    box = turn.work.get(Mailbox, turn.about.row)
    if box.panel_id != turn.panel.id or box.until is not None:
        raise NoSuchThing
    return box


def keep_address(turn: Turn, box: Mailbox, address: str) -> None:
    """Write to this address from now on, and tell it so where it is another."""
    other = (box.address, box.until) != (address, None)
    box.address, box.until = address, None
    box.version += 1
    turn.work.session.flush()
    turn.audit("mailbox_saved", f"mailbox:{box.id}", user=box.user_id)
    if other:
        name, about = f"{KIND}:{box.id}:{box.version}", {"mailbox": box.id}
        turn.work.owe(name, KIND, box.user_id, panel_id=turn.panel.id, about=about, route=EMAIL)


def welcome(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To the address itself: what comes there from now on. Not once it is another, or none."""
    box = work.get(Mailbox, owed.about["mailbox"])
    if box.until is not None:
        return None
    return say(service.words("panels/mailbox", panel=work.get(Panel, box.panel_id).code))


def _new(turn: Turn, form: SomebodyOutside) -> Mailbox:
    """A row whose id says who it is: "M" and the number, wherever a user's id stands."""
    assert turn.panel.id is not None
    box = turn.work.add(
        Mailbox(panel_id=turn.panel.id, user_id=secrets.token_hex(8), label=form.label, since=turn.work.now)
    )
    box.user_id = f"M{box.id}"
    turn.work.session.flush()
    return box


def _end(turn: Turn, box: Mailbox) -> None:
    """The address is forgotten. Somebody outside Slack who still has a part could be told nothing of it."""
    held = any(seat.user_id == box.user_id for seat in seats_of(turn.work, turn.panel.id))
    to_do = [Action.panel_id == turn.panel.id, Action.assignee == box.user_id, col(Action.status).not_in(ENDED)]
    if outside_slack(box.user_id) and (held or turn.work.first(Action, *to_do)):
        raise StillHas(field="gone")
    end_mailbox(turn, box)


def end_mailbox(turn: Turn, box: Mailbox) -> None:
    """Nothing more is sent there, and the address is kept no longer."""
    box.address, box.until = None, turn.work.now
    box.version += 1
    turn.audit("mailbox_ended", f"mailbox:{box.id}", user=box.user_id)


def for_the_coordinator(turn: Turn) -> None:
    """Goes on for the coordinator alone. Raises NotAllowed."""
    turn.need(Verb.MANAGE_PEOPLE, Thing())
    if not turn.person.is_coordinator:
        raise NotAllowed(reason="Addresses are the coordinator's to see and to change. Ask them.")
