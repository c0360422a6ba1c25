"""What this journey listens to."""

from __future__ import annotations

from typing import Any

from slack_bolt import App

from commands.access import attest, glass, glass_review, leavers, numbers
from commands.kit.headings import CASES
from commands.kit.notices import NoticeKind
from commands.kit.service import Service
from storage.tables import BreakGlass, Seat


def register(app: App, service: Service) -> None:
    """Register everything of this journey."""
    service.word("/panel", "glass", glass.open_form, "Open a case in an emergency", under=CASES)
    service.form(glass.OpenInEmergency, glass.save)
    service.button("access.glass.end", glass.end, once=True)
    service.button("access.openings", glass_review.show)
    service.button("access.glass.look", glass_review.open_form)
    service.form(glass_review.Finding, glass_review.save)
    service.waits_for(lambda *asked: glass_review.waits(service.words, *asked))
    service.on_wake(BreakGlass, glass_review.wake)
    service.notice(
        NoticeKind(glass.KIND, lambda work, owed: glass_review.notice(service, work, owed), at_any_hour=True)
    )
    service.notice(NoticeKind(glass_review.FOUND, lambda work, owed: glass_review.found(service, work, owed)))

    service.button("access.seats", attest.show)
    service.button("access.attest.one", attest.one, once=True)
    service.button("access.attest.all", attest.everybody, once=True)
    for turned in ("back", "next"):
        service.button(f"access.seats.{turned}", attest.turn_page)
        service.button(f"access.openings.{turned}", glass_review.turn_page)
    service.waits_for(lambda *asked: attest.waits(service.words, *asked))
    service.on_wake(Seat, attest.wake)
    service.notice(NoticeKind(attest.ASKED, lambda work, owed: attest.asked(service, work, owed)))
    service.notice(NoticeKind(attest.HELD, lambda work, owed: attest.on_hold(service, work, owed)))

    service.button("access.numbers.open", numbers.open_form)
    service.form(numbers.AccessNumbers, numbers.save)
    _leavers(app, service)


def _leavers(app: App, service: Service) -> None:
    def changed(event: dict[str, Any], body: dict[str, Any]) -> None:
        leavers.account_changed(service, event, body)

    def left(event: dict[str, Any], body: dict[str, Any]) -> None:
        leavers.left_channel(service, event, body)

    app.event("user_change")(changed)
    app.event("member_left_channel")(left)
    service.notice(NoticeKind(leavers.KIND, lambda work, owed: leavers.notice(service, work, owed), at_any_hour=True))
