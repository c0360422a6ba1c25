"""By e-mail as well as in Slack: for whoever asks for it, or is entered by the coordinator."""

from __future__ import annotations

from dataclasses import dataclass, replace

from commands.kit.answers import Answer, Back, Show
from commands.kit.errors import Refusal
from commands.kit.fields import Text, Who
from commands.kit.forms import Form, ask
from commands.kit.turn import Turn
from commands.panels.mailboxes import WHERE, end_mailbox, for_the_coordinator, keep_address, mailbox
from commands.panels.mine import OWN, mine_view
from commands.panels.people import people_view
from panel.mail import LONGEST, wrong_address
from storage.tables import Mailbox

YOURS = Text(
    "Your e-mail address", "At work. What is sent holds references, dates and counts alone. Empty: no e-mail.",
    optional=True, limit=LONGEST, guarded=False,
)  # fmt: skip


class NoMail(Refusal):
    """No mail server is set up for this Convenor. Whoever looks after it can set one."""


@dataclass
class AlsoByMail(Form):
    """Where somebody in Slack is written to besides."""

    name = "panels.also"
    title = "By e-mail too"
    who: str | None = ask(Who("Who has their messages by e-mail too?", "Ask them first."), None)
    address: str | None = ask(replace(WHERE, hint=f"{WHERE.hint} Empty: no e-mail any more.", optional=True))

    def check(self) -> dict[str, str]:
        """An address that can be written to."""
        wrong = wrong_address(self.address) if self.address else None
        return {"address": wrong} if wrong else {}


def open_for(turn: Turn) -> Answer:
    """The coordinator's form, for anybody on the panel, or for one who has it already."""
    for_the_coordinator(turn)
    if turn.about.row is None:
        _there_is_mail(turn)
        return Show(AlsoByMail.draw(turn.about))
    box = mailbox(turn)
    turn.audit("opened", f"mailbox:{box.id}")
    return Show(AlsoByMail.draw(turn.about, initial={"address": box.address}, without=("who",)))


def open_own(turn: Turn) -> Answer:
    """One's own."""
    box = _of(turn, turn.user)
    if box is None or box.address is None:
        _there_is_mail(turn)
    address = box.address if box else None
    return Show(
        AlsoByMail.draw(turn.about, initial={"address": address}, without=("who",), fields={"address": YOURS})
    )  # fmt: skip


def save(turn: Turn, form: AlsoByMail) -> Answer:
    """Kept, or ended; it counts at once."""
    own = turn.about.code == OWN
    if not own:
        for_the_coordinator(turn)
    who = turn.user if own else mailbox(turn).user_id if turn.about.row is not None else form.who
    assert who is not None
    box = _of(turn, who)
    if form.address:
        keep_address(turn, box or _new(turn, who), form.address)
    elif box is not None and box.until is None:
        end_mailbox(turn, box)
    return Back(mine_view(turn) if own else people_view(turn))


def _of(turn: Turn, user: str) -> Mailbox | None:
    return turn.work.first(Mailbox, Mailbox.panel_id == turn.panel.id, Mailbox.user_id == user)


def _new(turn: Turn, user: str) -> Mailbox:
    assert turn.panel.id is not None
    return turn.work.add(Mailbox(panel_id=turn.panel.id, user_id=user, since=turn.work.now))


def _there_is_mail(turn: Turn) -> None:
    if not turn.service.has_mail:
        raise NoMail
