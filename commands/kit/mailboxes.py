"""Who is written to by e-mail: people outside Slack, and those in it who asked for both."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlmodel import col

from commands.kit.blocks import label
from commands.kit.errors import NoSuchThing
from commands.kit.people import REPRESENTS, agencies_by_id, seats_of
from panel.codes import Role
from panel.mail import RETURNED, outside_slack
from storage import reach
from storage.outbox import EMAIL, VIEWS, Owed
from storage.tables import Mailbox, Notice, Panel
from storage.work import UnitOfWork

NOBODY = "nobody"
NOT_WRITTEN = ("remove", *VIEWS)  # kinds that are no message
# Who reads the panel's channel; of the agencies, those that are asked about every case.
OF_THE_CHANNEL = (Role.COORDINATOR, Role.CHAIR, Role.DEPUTY_CHAIR)


def mailbox_of(work: UnitOfWork, user: str, panel_id: int | None = None) -> Mailbox | None:
    """Where somebody is written to now: this panel's address first, else another panel's, for it is theirs."""
    found = work.find(Mailbox, Mailbox.user_id == user, col(Mailbox.until).is_(None))
    return min(found, key=lambda box: (box.panel_id != panel_id, box.id or 0), default=None)


def comes_back(work: UnitOfWork, user: str) -> bool:
    """Whether the coordinator has said that nothing arrives at the address of somebody outside Slack."""
    known = reach.reach_of(work.session, user)
    return known is not None and known.problem == RETURNED


def mailboxes_of(work: UnitOfWork, panel_id: int | None) -> Mapping[str, Mailbox]:
    """Every open mailbox of a panel, by user."""
    return work.once(
        ("mailboxes", panel_id), lambda: {box.user_id: box for box in work.rows(Mailbox, panel_id=panel_id, until=None)}
    )


def waiting_for_slack(work: UnitOfWork) -> Sequence[Notice]:
    """What is due by Slack to somebody who has it by e-mail too: while Slack is away none of it is even tried there."""
    boxes = work.find(Mailbox, col(Mailbox.until).is_(None))
    if not boxes:
        return ()
    panels = work.rows(Panel, id={box.panel_id for box in boxes})
    readers = {box.user_id for box in boxes if not outside_slack(box.user_id)}
    return work.find(
        Notice, col(Notice.state).in_(("pending", "claimed", "uncertain")), Notice.not_before <= work.now,
        col(Notice.route).is_(None), col(Notice.kind).not_in(NOT_WRITTEN),
        col(Notice.to).in_(readers | {panel.channel_id for panel in panels}),
    )  # fmt: skip


def owe_copies(work: UnitOfWork, owed: Owed | Notice) -> None:
    """Owe whoever has it by e-mail too their copy, once."""
    for user in by_mail_too(work, owed):
        name = f"{owed.name}:{EMAIL}:{user}"
        work.owe(name, owed.kind, user, panel_id=owed.panel_id, about=owed.about, route=EMAIL)


def by_mail_too(work: UnitOfWork, owed: Owed | Notice) -> list[str]:
    """Who has what goes to Slack by e-mail as well: the person it is for, if they asked for it; of the channel's
    readers also those who can't see a channel."""
    panel = work.look(Panel, owed.panel_id)
    if panel is None or owed.to != panel.channel_id:
        return [owed.to] if mailbox_of(work, owed.to) else []
    agencies, boxes = agencies_by_id(work, panel.id), mailboxes_of(work, panel.id)
    reads = {
        seat.user_id
        for seat in (seats_of(work, panel.id) if boxes else ())
        if seat.role in OF_THE_CHANNEL or (seat.role in REPRESENTS and agencies[seat.agency_id].core)
    }
    return [user for user in boxes if user in reads]


def outside_choices(
    work: UnitOfWork, panel_id: int | None, fits: Callable[[str], bool] = lambda user: True
) -> list[tuple[str, str]]:
    """The panel's people outside Slack, by label, for a question beside Slack's own picker; and nobody of them, for
    what was chosen once can't be emptied. Empty where there are none."""
    boxes = mailboxes_of(work, panel_id)
    found = [(user, label(box.label)) for user, box in boxes.items() if outside_slack(user) and fits(user)]
    return [(NOBODY, "Nobody outside Slack"), *found] if found else []


def either(user: str | None, picker: str) -> dict[str, str | None]:
    """Somebody set beforehand under the question that can show them: Slack's picker, or that for people outside it."""
    return {"outside" if outside_slack(user) else picker: user}


def chosen(inside: str | None, outside: str | None) -> str | None:
    """Who was picked, by either question."""
    return inside or (None if outside == NOBODY else outside)


def both(inside: str | None, outside: str | None) -> dict[str, str]:
    """What is wrong where both questions were answered."""
    twice = inside and outside not in (None, NOBODY)
    return {"outside": "One or the other: choose nobody here, or empty the other."} if twice else {}


def check_outside(work: UnitOfWork, panel_id: int | None, user: str | None) -> None:
    """Raises NoSuchThing for somebody who is not, or no longer, among the panel's people outside Slack."""
    if outside_slack(user) and user not in mailboxes_of(work, panel_id):
        raise NoSuchThing
