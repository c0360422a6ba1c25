"""The chair calls a referral urgent: it goes to the nearest meeting, past its deadline or not."""

from __future__ import annotations

from commands.kit.alerts import alerted
from commands.kit.answers import Answer, Replace
from commands.kit.errors import ChangedMeanwhile
from commands.kit.turn import Turn
from commands.referrals.decide import triage_view
from commands.referrals.facts import meetings_for
from commands.referrals.triage import to_be_triaged
from panel.access import Thing, Verb
from panel.codes import Role


def call_urgent(turn: Turn) -> Answer:
    """Bring it forward, and tell the coordinator."""
    turn.need(Verb.DECLARE_URGENT, Thing())
    referral = to_be_triaged(turn)
    if turn.about.version != referral.version:
        raise ChangedMeanwhile
    nearest, _ = meetings_for(turn.work, turn.panel)
    referral.urgent = True
    referral.meeting_id = nearest.id if nearest else None
    referral.version += 1
    turn.work.session.flush()
    turn.audit("called urgent", f"referral:{referral.id}")
    for told in alerted(turn.work, referral.panel_id, Role.COORDINATOR):
        turn.work.owe(
            f"referral_urgent:{referral.id}:{referral.version}:{told}", "referrals.called_urgent", told,
            panel_id=referral.panel_id, about={"referral": referral.id},
        )  # fmt: skip
    return Replace(triage_view(turn, referral))
