"""What the case record's listeners are called."""

from __future__ import annotations

from slack_bolt import App

from commands.cases import background, choose, conflict, facts, hub, notices, orders, ppit, propose, score, victims
from commands.kit.headings import CASES
from commands.kit.notices import NoticeKind
from commands.kit.service import Service


def register(app: App, service: Service) -> None:
    """Register everything of this journey."""
    service.word("/panel", "case", choose.open_chooser, "The record of a case", under=CASES)
    service.button("cases.choose", hub.open_hub)
    service.button("cases.open", hub.open_hub)
    service.button("cases.turn.back", hub.turn_page)
    service.button("cases.turn.next", hub.turn_page)

    service.button("cases.facts", facts.open_form)
    service.form(facts.Facts, facts.save)
    service.button("cases.background", background.open_form)
    service.form(background.Background, background.save)
    service.button("cases.score", score.open_form)
    service.form(score.Ranking, score.save)
    service.button("cases.ppit", ppit.open_form)
    service.form(ppit.PpitResult, ppit.save)
    service.button("cases.victim", victims.open_form)
    service.button("cases.victim.add", victims.open_form)
    service.form(victims.LinkedVictim, victims.save)
    service.button("cases.order", orders.open_form)
    service.button("cases.order.add", orders.open_form)
    service.form(orders.OrderInForce, orders.save)

    service.button("cases.propose", propose.open_form)
    service.form(propose.ProposeEnd, propose.save)
    service.notice(NoticeKind("cases.proposed", lambda work, owed: notices.proposed(service, work, owed)))

    service.word("/panel", "conflict", conflict.open_form, "Declare a personal link to a case", under=CASES)
    service.button("cases.conflict.open", conflict.open_form)
    service.form(conflict.DeclareConflict, conflict.save)
    service.button("cases.conflict.show", conflict.show)
    closed = "cases.closed_to_you"
    service.notice(
        NoticeKind(closed, lambda work, owed: notices.closed_to_you(service, work, owed), at_any_hour=True)
    )
    service.notice(NoticeKind("cases.conflict", lambda work, owed: notices.conflict(service, work, owed)))
