"""Who of the victim service may check an action and has no Slack, so that the coordinator enters what they say."""

from __future__ import annotations

from commands.actions.sight import thing
from commands.kit.blocks import label
from commands.kit.mailboxes import mailboxes_of
from commands.kit.people import agencies_of, person_on, seats_of
from panel.access import Verb, may
from panel.codes import Function
from panel.mail import outside_slack
from storage.tables import Action, Panel
from storage.work import UnitOfWork


def checkers_outside(work: UnitOfWork, panel: Panel, action: Action) -> dict[str, str]:
    """Them, by user: never of its owner's agency, nor with a part in doing it, nor to whom its case is closed."""
    boxes = {user: box for user, box in mailboxes_of(work, panel.id).items() if outside_slack(user)}
    if not boxes:
        return {}
    services = {row.id: row.code for row in agencies_of(work, panel) if row.function == Function.VICTIM_SERVICE}
    held = [(seat.user_id or "", services[seat.agency_id]) for seat in seats_of(work, panel.id)
            if seat.agency_id in services and seat.user_id in boxes]  # fmt: skip
    about = thing(work, panel, action)
    return {
        user: label(f"{code} {boxes[user].label}".strip())
        for user, code in held
        if may(person_on(work, panel, user), Verb.CHECK_SAFETY, about)
    }
