"""What this journey listens to."""

from __future__ import annotations

from functools import partial

from slack_bolt import App

from commands.kit.headings import THIS_MONTH
from commands.kit.notices import NoticeKind
from commands.kit.service import Service
from commands.meetings import (
    absent,
    amend,
    answering,
    answering_for,
    attendance,
    carry,
    case,
    close,
    decide,
    decide_in_writing,
    delegate,
    drafting,
    has_chair,
    hub,
    information,
    notices,
    proposed_notices,
    proposed_view,
    proposing,
    ratify,
    reading,
    settings,
    sheet,
    sitting,
    statement,
    steps,
    telling,
)
from panel.cycle import CutOff


def register(app: App, service: Service) -> None:
    """Register everything of this journey."""
    service.word("/panel", "record", hub.open_hub, "Keep the meeting's record (from panel day on)", under=THIS_MONTH)
    service.word("/panel", "meeting", sitting.open_view, "Run the meeting, case by case (panel day)", under=THIS_MONTH)
    service.button("meetings.open_sitting", sitting.open_view)
    service.button("meetings.sit", sitting.show)
    for name, act in (
        ("start", steps.start), ("next", steps.go_on), ("previous", steps.go_back), ("break", steps.pause),
        ("not_reached", steps.not_reached), ("resume", steps.resume), ("end", steps.end),
    ):  # fmt: skip
        service.button(f"meetings.{name}", act, once=True)
    service.button("meetings.hub", hub.back_to_hub)
    service.button("meetings.record", hub.open_hub)
    service.button("meetings.attendance", attendance.show)
    service.button("meetings.attended", attendance.attended, once=True)
    service.button("meetings.attendance.edit", attendance.edit)
    service.button("meetings.chaired", has_chair.yes, once=True)
    service.button("meetings.unchaired", has_chair.no, once=True)
    service.form(attendance.AttendanceForm, attendance.save)
    service.button("meetings.statement", statement.show)
    service.button("meetings.was_read", statement.was_read, once=True)
    service.button("meetings.read_for_case", statement.read_for_case, once=True)
    service.button("meetings.confirm", statement.confirm, once=True)
    service.button("meetings.observers", statement.open_observers)
    service.form(statement.ObserversForm, statement.save_observers)
    service.button("meetings.information", information.open_form)
    service.form(information.WithoutQuorum, information.save)
    service.button("meetings.settings.open", settings.open_form)
    service.form(settings.SittingNumbers, settings.save)
    service.button("meetings.ratify", ratify.ratify, once=True)
    service.button("meetings.case", case.show)
    service.button("meetings.decide", decide.open_form)
    service.form(decide.DecisionForm, decide.save)
    service.button("meetings.tell", telling.open_form)
    service.form(telling.TellForm, telling.save)
    service.button("meetings.told", telling.show)
    service.button("meetings.close", close.press, once=True)
    service.word(
        "/panel", "minutes", reading.open_view, "Read the minutes; the chair approves them here", under=THIS_MONTH
    )
    service.button("meetings.minutes", reading.open_view)
    service.button("meetings.approve_minutes", reading.approve, once=True)
    service.button("meetings.draft_again", reading.draft_again, once=True)
    service.button("meetings.summary", reading.show_summary)
    service.button("meetings.delegate", delegate.open_form)
    service.form(delegate.DelegateForm, delegate.save)
    service.button("meetings.amend", amend.open_form)
    service.form(amend.AmendForm, amend.save)
    service.word("/panel", "sheet", sheet.show, "An agency's own actions after the meeting", under=THIS_MONTH)
    service.button("meetings.sheets", sheet.show)
    service.button("meetings.sheet", sheet.show)
    for turned in ("back", "next"):
        service.button(f"meetings.turn.{turned}", hub.back_to_hub)
        service.button(f"meetings.sit.{turned}", sitting.show)
        service.button(f"meetings.attendance.{turned}", attendance.show)
        service.button(f"meetings.case.{turned}", case.show)
        service.button(f"meetings.summary.{turned}", reading.turn_summary)
        service.button(f"meetings.sheet.{turned}", sheet.show)
        service.button(f"meetings.sheets.{turned}", sheet.turn_page)
        service.button(f"meetings.told.{turned}", telling.turn_page)
        service.button(f"meetings.minutes.{turned}", reading.turn_page)
    _in_writing(service)
    service.at_cut_off(CutOff.PANEL, drafting.at_start)
    service.at_cut_off(CutOff.MINUTES_DRAFT, drafting.at_draft)
    service.at_cut_off(CutOff.MINUTES_ISSUE, drafting.at_issue)
    service.notice(NoticeKind("record", lambda work, owed: notices.record(service, work, owed), at_any_hour=True))
    service.notice(NoticeKind("record_open", lambda work, owed: notices.record_open(service, work, owed)))
    service.notice(NoticeKind("minutes_draft", lambda work, owed: notices.minutes_draft(service, work, owed)))
    service.notice(NoticeKind("minutes", lambda work, owed: notices.minutes(service, work, owed)))
    service.notice(NoticeKind("minutes_waiting", lambda work, owed: notices.minutes_waiting(service, work, owed)))
    service.notice(NoticeKind("unreached", lambda work, owed: carry.notice(service, work, owed)))
    service.notice(NoticeKind("absent", lambda work, owed: absent.notice(service, work, owed)))
    service.notice(NoticeKind("telling", lambda work, owed: notices.telling(service, work, owed)))
    service.notice(NoticeKind("video", lambda work, owed: statement.notice(service, work, owed), at_any_hour=True))
    service.notice(NoticeKind("sit_again", lambda work, owed: information.notice(service, work, owed)))


def _in_writing(service: Service) -> None:
    """Decisions proposed on a panel that works in writing."""
    hint = "Proposed decisions, where a panel works in writing: answer, decide"
    service.word("/panel", "proposed", proposed_view.open_list, hint, under=THIS_MONTH)
    service.button("meetings.proposed.open", proposed_view.open_case)
    service.button("meetings.proposed.show", proposed_view.show_case)
    service.button("meetings.proposed.to_list", proposed_view.turn_list)
    for turned in ("back", "next"):
        service.button(f"meetings.proposed.list.{turned}", proposed_view.turn_list)
        service.button(f"meetings.proposed.case.{turned}", proposed_view.show_case)
    service.button("meetings.propose", proposing.open_form)
    service.form(proposing.ProposeInWriting, proposing.save)
    service.button("meetings.answer", answering.open_form)
    service.form(answering.AnswerInWriting, answering.save)
    service.button("meetings.answer_for", answering_for.open_form)
    service.form(answering_for.AnswerFor, answering_for.save)
    service.button("meetings.decide_in_writing", decide_in_writing.press, once=True)
    service.notice(NoticeKind("proposed_told", partial(proposed_notices.told, service)))
    service.notice(NoticeKind("proposed_due", partial(proposed_notices.due, service)))
    service.notice(NoticeKind("proposed_ready", partial(proposed_notices.ready, service)))
    service.notice(NoticeKind("proposed_over", partial(proposed_notices.over, service)))
    service.waits_for(partial(proposed_notices.waits, service.words))
