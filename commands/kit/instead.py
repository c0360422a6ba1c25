"""What was owed to somebody before they went away, and goes while they are: whoever stands in has it (field reference
7.7)."""

from __future__ import annotations

from commands.kit.away import away_on
from commands.kit.cover import passed_to
from commands.kit.meetings import today
from commands.kit.people import recused_on
from commands.kit.sealing import not_named, seal_of, sealing_of
from storage.outbox import Owed
from storage.tables import Action, Item, Notice, Panel, Referral, Request
from storage.work import UnitOfWork

# What somebody is to do or to know for a part of theirs; all else is theirs alone, drawn for whoever is there (the
# digest), or goes to a channel.
FOR_A_PART = """
    actions.advise actions.agreed actions.brought actions.cleared actions.escalate actions.lighter actions.told
    health late_papers life.end_record life.flag life.flag_ends life.follow_up life.forward life.offered
    life.view_asked minutes_draft minutes_waiting precheck proposed_due proposed_over proposed_ready referrals.added
    referrals.alert referrals.called_urgent referrals.late referrals.missed_list referrals.sign_off referrals.to_triage
    referrals.voice telling undelivered updates.added updates.advice updates.after_agenda updates.for_police
    updates.invitation updates.late_paper updates.list updates.nobody updates.no_list updates.police_answer
    updates.remind updates.requested updates.urgent updates.waiting updates_closed
"""
PASSED_ON = frozenset(FOR_A_PART.split())
OVER = ("failed", "dropped")


def instead_of(work: UnitOfWork, owed: Owed) -> str | None:
    """Who has a notice in the place of whom it was owed to; None where it stays theirs. It stays where they were away
    already when it was owed: who has it was asked then."""
    panel = work.look(Panel, owed.panel_id) if owed.kind in PASSED_ON else None
    if panel is None or panel.id is None or owed.to not in away_on(work, panel.id):
        return None
    row = work.look(Notice, owed.id)
    if row is None or owed.to in away_on(work, panel.id, today(panel, row.made_at)):
        return None
    action = work.look(Action, owed.about.get("action"))
    found = passed_to(work, panel.id, owed.to, _closed(work, panel.id, owed), action.owner_id if action else None)
    return found if found != owed.to else None


def pass_on(work: UnitOfWork, owed: Owed, to: str) -> None:
    """Owe it to whoever stands in, once; not where the same is on its way to them, or came to them today."""
    panel = work.get(Panel, owed.panel_id)
    day = today(panel, work.now)
    theirs = work.find(Notice, Notice.kind == owed.kind, Notice.to == to, Notice.panel_id == panel.id)
    same = [row for row in theirs if row.about == owed.about and row.state not in OVER]
    if not any(row.sent_at is None or today(panel, row.sent_at) == day for row in same):
        work.owe(f"{owed.name}>{to}", owed.kind, to, panel_id=owed.panel_id, about=owed.about)


def _closed(work: UnitOfWork, panel_id: int, owed: Owed) -> frozenset[str]:
    """Those who may not know of what a notice is about."""
    about = {name: owed.about.get(name) for name in ("action", "item", "request", "referral")}
    referral = work.look(Referral, about["referral"])
    known = (
        work.look(Action, about["action"]), work.look(Item, about["item"]), work.look(Request, about["request"]),
        referral,
    )  # fmt: skip
    cases = [owed.about.get("case"), *(row.case_id for row in known if row is not None)]
    closed = [recused_on(work, case_id) for case_id in cases if isinstance(case_id, int)]
    seal = seal_of(work, referral_id=referral.id) if referral else None
    if seal is not None and seal.lifted_at is None:
        closed.append(not_named(work, panel_id, sealing_of(work, seal)))
    return frozenset().union(*closed)
