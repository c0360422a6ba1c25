"""What this journey listens to."""

from __future__ import annotations

from functools import partial

from slack_bolt import App

from commands.agendas import (
    briefing,
    crosscheck,
    emergency,
    emergency_answers,
    freeze,
    issue,
    late,
    marking,
    notices,
    outstanding,
    precheck,
    preview,
    returns,
    standing,
    urgent,
    view,
)
from commands.kit.headings import CASES
from commands.kit.notices import NoticeKind
from commands.kit.service import Service
from panel.cycle import CutOff


def register(app: App, service: Service) -> None:
    """Register everything of this journey."""
    service.button(returns.OPEN, returns.show)
    service.word("/agenda", "", view.open_view, "The agenda of the next panel, with the briefing on each case")
    service.button("agendas.view", view.open_view)
    for turned in ("back", "next"):
        service.button(f"agendas.turn.{turned}", view.turn_page)
        service.button(f"agendas.returns_page.{turned}", returns.turn_page)
        service.button(f"agendas.page.{turned}", briefing.turn_page)
        service.button(f"agendas.overdue_page.{turned}", outstanding.turn_page)
        service.button(f"agendas.cross_page.{turned}", crosscheck.turn_page)
    service.button("agendas.cross", crosscheck.open_list)
    service.button("agendas.overdue", outstanding.open_list)
    service.button("agendas.open", briefing.open_page)
    service.button("agendas.approve", preview.approve_now, once=True)
    service.button("agendas.told", briefing.told, once=True)
    service.button("agendas.issue_again", preview.issue_once_more, once=True)
    service.button("agendas.by_report", view.take_by_report, once=True)
    service.button("agendas.all_by_report", view.take_all_by_report, once=True)
    service.button("agendas.in_the_room", view.hear_after_all, once=True)
    service.button("agendas.acting", view.act_as_chair, once=True)
    service.button("agendas.not_acting", view.stop_acting, once=True)
    service.button("agendas.deputy_chairs", view.deputy_chairs, once=True)
    service.button("agendas.chair_back", view.chair_back, once=True)
    service.notice(NoticeKind("agenda_acting", lambda work, owed: notices.acting(service, work, owed)))
    service.button("agendas.standing", standing.open_list)
    service.surface(standing.LIST, standing.view)
    service.button("agendas.item", standing.open_form)
    service.form(standing.StandingItem, standing.save)
    service.button("agendas.marking", marking.open_form)
    service.form(marking.MarkingForm, marking.save)
    service.word("/panel", "urgent", urgent.open_form, "Call or record an out-of-cycle meeting", under=CASES)
    service.button("agendas.call", emergency.open_form)
    service.form(emergency.Call, emergency.save)
    service.button("agendas.emergency", emergency_answers.show)
    service.button("agendas.emergency.again", emergency_answers.turn_page)
    service.button("agendas.mini", emergency_answers.open_form)
    service.form(emergency_answers.MiniReturn, emergency_answers.save)
    service.button("agendas.was_held", emergency_answers.was_held, once=True)
    for turned in ("back", "next"):
        service.button(f"agendas.emergency.{turned}", emergency_answers.turn_page)
    for kind, say in (("called", emergency_answers.called), ("answered", emergency_answers.answered)):
        service.notice(NoticeKind(kind, partial(say, service), at_any_hour=True))
    service.form(urgent.Urgent, urgent.save)
    service.at_cut_off(CutOff.SAFETY_PRECHECK_AND_STATUS_FREEZE, freeze.at_cut_off)
    service.at_cut_off(CutOff.SAFETY_PRECHECK_AND_STATUS_FREEZE, precheck.at_cut_off)
    service.at_cut_off(CutOff.AGENDA_LOCKED, issue.at_cut_off)
    service.at_cut_off(CutOff.PANEL, late.at_start)
    service.notice(NoticeKind("agenda", lambda work, owed: notices.agenda(service, work, owed)))
    service.notice(NoticeKind("agenda_part", lambda work, owed: notices.agenda_part(service, work, owed)))
    service.notice(NoticeKind("agenda_approved", lambda work, owed: notices.approved(service, work, owed)))
    service.notice(NoticeKind("late_papers", lambda work, owed: notices.late(service, work, owed), at_any_hour=True))
    service.notice(NoticeKind("previewable", lambda work, owed: notices.previewable(service, work, owed)))
    service.notice(NoticeKind("precheck", lambda work, owed: notices.precheck(service, work, owed)))
    service.notice(NoticeKind("out_of_cycle", lambda work, owed: notices.out_of_cycle(service, work, owed)))
