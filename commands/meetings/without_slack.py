"""Who has no Slack and speaks for an agency on a case, so that the coordinator enters what they say."""

from __future__ import annotations

from dataclasses import replace

from commands.kit.blocks import label
from commands.kit.mailboxes import mailboxes_of
from commands.kit.people import REPRESENTS, agencies_of, seats_of
from commands.kit.turn import Turn
from commands.meetings.proposed import Proposed
from panel.access import Thing, Verb, may
from panel.mail import outside_slack


def voices_outside(turn: Turn, proposed: Proposed, thing: Thing) -> dict[str, str]:
    """Representatives and deputies of the agencies that are asked, by "CODE:user"; nobody to whom the case is closed,
    and nobody at all for whoever may not enter what they say."""
    boxes = {user: box for user, box in mailboxes_of(turn.work, turn.panel.id).items() if outside_slack(user)}
    codes = {agency.id: agency.code for agency in agencies_of(turn.work, turn.panel)}
    held = [
        (codes[seat.agency_id], seat.user_id)
        for seat in (seats_of(turn.work, turn.panel.id) if boxes else ())
        if seat.role in REPRESENTS and seat.user_id in boxes and seat.user_id not in thing.recused
    ]
    return {
        f"{code}:{user}": label(f"{code} {boxes[user].label}")
        for code, user in held
        if user and code in proposed.answers
        if may(turn.person, Verb.ANSWER_IN_WRITING_FOR, replace(thing, agency=code))
    }
