"""What the panel's own listeners are called."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from commands.kit.deliver import Ack, deliver
from commands.kit.headings import DATES, PANEL_ITSELF
from commands.kit.notices import NoticeKind
from commands.kit.service import Service
from commands.kit.turn import read
from commands.panels import (
    agency,
    agreement,
    agreements,
    also_by_mail,
    answering,
    cancel,
    cycle,
    dates,
    declaration,
    declarations,
    golive,
    hub,
    leave,
    leave_form,
    mailboxes,
    mine,
    move,
    new,
    notices,
    numbers,
    offsets,
    on_paper,
    people,
    pick,
    schedule,
    seats,
    series,
    settings,
    sittings,
)
from storage.tables import CutOffRow


def register(app: App, service: Service) -> None:
    """Register everything of this journey."""
    service.word("/panel", "", hub.open_hub, without_panel=True)
    _hub_buttons(app, service)
    _dates(service)
    _people(service)

    service.word("/panel", "settings", settings.open_form, "Change the settings", under=PANEL_ITSELF)
    service.form(settings.Numbers, settings.save)
    service.button("panels.sittings", sittings.open_form)
    service.form(sittings.Sittings, sittings.save)
    service.button("panels.series", series.open_form)
    service.form(series.Series, series.save)
    service.notice(NoticeKind("restarted", lambda work, owed: series.restarted(service, work, owed)))
    service.button("panels.cut_offs", offsets.open_list)
    service.surface(offsets.LIST, offsets.view)
    service.button("panels.offset", offsets.open_form)
    service.form(offsets.OneCutOff, offsets.save)
    service.notice(NoticeKind("replanned", lambda work, owed: numbers.replanned(service, work, owed)))

    service.word("/panel", "declare", declaration.open_form, "Declare confidentiality, for a year", under=PANEL_ITSELF)
    service.button("panels.declare", declaration.open_form)
    service.form(declaration.DeclareForm, declaration.save)
    service.notice(NoticeKind(declaration.KIND, lambda work, owed: declaration.notice(service, work, owed)))
    service.word("/panel", "declarations", declarations.open_list, "Who has declared it", under=PANEL_ITSELF)
    service.button("panels.on_paper", on_paper.open_form)
    service.form(on_paper.SignedOnPaper, on_paper.save)
    service.button("panels.let_in", declarations.let_in, once=True)
    for turned in ("back", "next"):
        service.button(f"panels.declarations.{turned}", declarations.turn_page)

    service.word("/panel", "agreements", agreements.open_list, "The agencies' sharing agreements", under=PANEL_ITSELF)
    service.button("panels.agreements", agreements.open_list)
    for turned in ("back", "next"):
        service.button(f"panels.agreements.{turned}", agreements.turn_page)
    service.button("panels.agreement", agreements.open_form)
    service.form(agreements.Agreement, agreements.save)
    service.notice(NoticeKind(agreement.KIND, lambda work, owed: agreement.notice(service, work, owed)))

    service.word("/panel", "live", golive.open_form, "The go-live list", under=PANEL_ITSELF)
    service.form(golive.GoLive, golive.save)
    service.notice(NoticeKind("live", lambda work, owed: notices.live(service, work, owed)))

    service.word("/panel", "new", new.open_form, "Set up another panel", under=PANEL_ITSELF, without_panel=True)
    service.form(new.NewPanel, new.save, without_panel=True)
    service.button("panels.plan", schedule.plan_a_year, once=True)


def _dates(service: Service) -> None:
    service.word("/panel", "schedule", schedule.open_form, "Plan a year of meetings", under=DATES)
    service.form(schedule.Schedule, schedule.save)
    service.button("panels.dates", dates.open_dates)
    service.button("panels.dates.back", dates.turn_page)
    service.button("panels.dates.next", dates.turn_page)

    service.word("/panel", "move", move.open_form, "Move a meeting", under=DATES)
    service.form(move.MoveMeeting, move.save)
    service.button("panels.move.anyway", move.move_anyway, once=True)
    service.notice(NoticeKind("moved", lambda work, owed: notices.moved(service, work, owed), at_any_hour=True))

    service.word("/panel", "cancel", cancel.open_form, "Cancel a meeting", under=DATES)
    service.form(cancel.CancelMeeting, cancel.save)
    service.notice(NoticeKind("cancelled", lambda work, owed: notices.cancelled(service, work, owed), at_any_hour=True))
    service.on_wake(CutOffRow, lambda work, row: cycle.wake(service, work, row))


def _people(service: Service) -> None:
    service.word("/panel", "people", people.open_people, "Agencies and people", under=PANEL_ITSELF)
    service.button("panels.people.back", people.turn_page)
    service.button("panels.people.next", people.turn_page)
    service.button("panels.agency", agency.choose)
    service.button("panels.mine", mine.open_mine)
    service.word("/panel", "me", mine.open_mine, "Your own parts, days away and e-mail", under=PANEL_ITSELF)
    service.button("panels.agency.add", agency.open_form)
    service.form(agency.EditAgency, agency.save)
    _days_away(service)
    service.button("panels.pick", pick.open_form)
    for role in seats.OF_PANEL:
        service.button(f"panels.pick.{role}", pick.open_form)
    service.form(pick.Pick, pick.save)
    _by_mail(service)
    service.button("panels.unseat", pick.unseat, once=True)
    service.notice(NoticeKind("seated", lambda work, owed: notices.seated(service, work, owed)))
    service.notice(NoticeKind("unseated", lambda work, owed: notices.unseated(service, work, owed)))


def _days_away(service: Service) -> None:
    service.button(people.LEAVES, leave_form.open_list)
    for turned in ("back", "next"):
        service.button(f"{people.LEAVES}.{turned}", leave_form.turn_page)
    for opens in ("add", "change"):
        service.button(f"panels.leave.{opens}", leave_form.open_form)
    service.form(leave_form.DaysAway, leave_form.save)
    service.button("panels.leave.take_back", leave_form.take_back, once=True)
    service.notice(NoticeKind(leave.KIND, lambda work, owed: leave.told(service, work, owed)))


def _by_mail(service: Service) -> None:
    for name in ("panels.mailbox", "panels.mailbox.add"):
        service.button(name, mailboxes.open_form)
    service.form(mailboxes.SomebodyOutside, mailboxes.save)
    for name in ("panels.also", "panels.also.add"):
        service.button(name, also_by_mail.open_for)
    service.button("panels.also.own", also_by_mail.open_own)
    service.form(also_by_mail.AlsoByMail, also_by_mail.save)
    service.button("panels.answering", answering.open_form)
    service.form(answering.HowTheyAnswer, answering.save)
    service.notice(NoticeKind(mailboxes.KIND, lambda work, owed: mailboxes.welcome(service, work, owed)))


def _hub_buttons(app: App, service: Service) -> None:
    def opened(body: dict[str, Any], client: WebClient, ack: Ack) -> None:
        request = read(body)
        deliver(hub.reopen(service, request), request, client, ack)
        service.wake()

    app.action(re.compile(r"panels\.open\..*"))(opened)
