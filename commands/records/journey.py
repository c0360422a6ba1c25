"""What this journey listens to."""

from __future__ import annotations

from functools import partial

from slack_bolt import App

from commands.kit.headings import PANEL_ITSELF
from commands.kit.notices import NoticeKind
from commands.kit.service import Service
from commands.records import (
    batch,
    carry,
    clock,
    clocks,
    consult,
    daily,
    given,
    holds,
    hub,
    pieces,
    request,
    requests,
)
from storage.tables import Erasure, Panel, SubjectRequest


def register(app: App, service: Service) -> None:
    """Register everything of this journey."""
    service.word("/panel", "records", hub.show, "How long records stay, holds, requests", under=PANEL_ITSELF)
    service.button("records.clocks.open", clocks.open_records)
    service.form(clocks.RecordClocks, clocks.save_records)
    service.button("records.copies.open", clocks.open_copies)
    service.form(clocks.CopyClocks, clocks.save_copies)
    _erasing(service)
    _asking(service)


def _erasing(service: Service) -> None:
    for action in ("records.holds.open", f"{holds.VIEW}.back", f"{holds.VIEW}.next"):
        service.button(action, holds.show)
    service.button("records.hold.open", holds.open_form)
    service.button("records.hold.lift", holds.lift, once=True)
    service.form(holds.PutHold, holds.put)
    for action in ("records.due.open", f"{batch.VIEW}.back", f"{batch.VIEW}.next"):
        service.button(action, batch.show)
    service.button(batch.APPROVE, batch.approve, once=True)
    service.button(batch.TAKE_BACK, batch.take_back, once=True)
    service.on_wake(Erasure, carry.carry_out)
    service.on_wake(Panel, daily.plan, before_others=True)
    service.after_tick(carry.tidy)
    service.notice(NoticeKind(daily.DUE, partial(daily.render_due, service)))
    service.notice(NoticeKind(daily.REVIEW, partial(daily.render_review, service)))


def _asking(service: Service) -> None:
    for action in ("records.requests.open", f"{requests.VIEW}.back", f"{requests.VIEW}.next"):
        service.button(action, requests.show)
    service.button("records.request.open", requests.open_form)
    service.form(requests.OpenRequest, requests.enter)
    service.button("records.request.show", request.show)
    service.button("records.request.again", request.again, once=True)
    service.button("records.request.route", request.other_route, once=True)
    service.button("records.request.close", request.close, once=True)
    service.button("records.extend.open", requests.open_extend)
    service.form(requests.Extend, request.extend)
    service.button("records.erase", request.erase, once=True)
    for action in ("records.pieces.open", f"{pieces.VIEW}.back", f"{pieces.VIEW}.next"):
        service.button(action, pieces.show)
    service.button("records.decide.open", pieces.open_form)
    service.form(pieces.Decide, pieces.decide)
    service.button("records.consult.ask", consult.ask_agencies, once=True)
    for action in ("records.consult.open", f"{consult.VIEW}.back", f"{consult.VIEW}.next"):
        service.button(action, consult.show)
    service.button("records.consult.answer", consult.open_form)
    service.form(consult.Consulted, consult.answer)
    service.button("records.pack", given.give)
    service.papers[given.DOCUMENT] = given.drawn
    service.on_wake(SubjectRequest, clock.plan)
    service.notice(NoticeKind(consult.KIND, partial(consult.render, service)))
    service.notice(NoticeKind(clock.KIND, partial(clock.render, service)))
