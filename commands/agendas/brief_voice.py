"""What a victim wants, as it was told with the referral: for chair and victim service, at the head of the voice."""

from __future__ import annotations

from collections.abc import Iterator

from commands.kit.blocks import Block, context
from commands.kit.meetings import today
from commands.kit.reading import Reading
from commands.kit.text import weekday
from commands.kit.turn import Turn
from commands.referrals import additions
from commands.referrals.section import said
from commands.referrals.telling import Voice
from storage.tables import Referral, ReferralAddition


def told_at_referral(turn: Turn, reading: Reading) -> list[Block]:
    """Oldest first, of every referral of the case, each with its day; nothing for anybody else (field reference 4.2 and
    6.3: the victims' voice before the agencies')."""
    if not reading.sees_safety():
        return []
    return [block for row in _rows(turn, reading) for block in _drawn(turn, row)]


def _rows(turn: Turn, reading: Reading) -> Iterator[ReferralAddition]:
    for referral in turn.work.rows(Referral, case_id=reading.case.id):
        if additions.reads_voice(turn, referral):
            yield from additions.rows(turn.work, referral, Voice.section)


def _drawn(turn: Turn, row: ReferralAddition) -> list[Block]:
    words = said(Voice, row.answers or {})
    return [context(f"*Told with the referral* · {weekday(today(turn.panel, row.at))}"), *words] if words else []
