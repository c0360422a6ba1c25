"""What this journey listens to."""

from __future__ import annotations

from functools import partial

from slack_bolt import App

from commands.actions import (
    against,
    check_form,
    checks,
    choose_case,
    circulate,
    deciding,
    doing,
    edit,
    ending,
    enter,
    gate_settings,
    hand_over,
    listing,
    noticed,
    notices,
    one,
    picture_form,
    reason,
    recheck,
    wake,
)
from commands.kit.notices import NoticeKind
from commands.kit.service import Service
from panel.cycle import CutOff
from storage.tables import Action


def register(app: App, service: Service) -> None:
    """Register everything of this journey."""
    _lists(service)
    _adding(service)
    _doing(service)
    _deciding(service)
    _by_itself(service)


def _lists(service: Service) -> None:
    service.word("/actions", "", listing.mine, "What you have to do")
    service.word("/actions", "agency", listing.agency, "Your agency's actions")
    service.word("/actions", "all", listing.everything, "Every action, overdue ones first (chair, coordinator)")
    service.word("/actions", "checks", checks.open_list, "What waits for a safety check (victim service)")
    service.button("actions.mine", listing.mine)
    service.button("actions.agency", listing.agency)
    service.button("actions.all", listing.everything)
    service.button("actions.checks", checks.open_list)
    service.button("actions.checks_swap", checks.turn_page)
    for name in listing.SOURCES:
        service.button(f"actions.swap.{name}", listing.turn_page)
    for way in ("back", "next"):
        service.button(f"actions.page.{way}", listing.turn_page)
        service.button(f"actions.turn.{way}", one.turn_page)
        service.button(f"actions.checks_page.{way}", checks.turn_page)
        service.button(f"actions.case_page.{way}", choose_case.turn_page)
    service.button("actions.open", one.open_one)


def _adding(service: Service) -> None:
    service.button("actions.case_swap", choose_case.turn_page)
    service.word("/actions", "add", choose_case.to_add, "Add an action to a case (chair, coordinator)")
    service.word("/actions", "propose", choose_case.to_propose, "Propose an action on a case")
    service.button("actions.add", enter.open_add)
    service.button("actions.propose", enter.open_propose)
    for what in ("check", "disclosure"):  # from a possible victim on the record: the kind of action is chosen already
        service.button(f"actions.propose.{what}", enter.open_propose)
    service.form(enter.AddAction, enter.add)
    service.form(enter.ProposeAction, enter.propose)
    service.button("actions.edit", edit.open_form)
    service.form(edit.EditAction, edit.save)
    service.button("actions.noticed", noticed.open_form)
    service.form(noticed.Noticed, noticed.save)


def _doing(service: Service) -> None:
    service.button("actions.acknowledge", doing.acknowledge, once=True)
    service.button("actions.progress", doing.open_progress)
    service.form(doing.Progress, doing.progress)
    service.button("actions.done", doing.open_done)
    service.form(doing.Done, doing.done)
    service.button("actions.time", doing.open_time)
    service.form(doing.MoreTimePlease, doing.time)
    service.button("actions.reason", reason.open_form)
    service.form(reason.Reason, reason.save)
    service.button("actions.not_mine", doing.not_mine, once=True)
    service.button("actions.reassign", hand_over.open_form)
    service.form(hand_over.HandOver, hand_over.save)


def _deciding(service: Service) -> None:
    service.button("actions.confirm", deciding.confirm, once=True)
    service.button("actions.query", deciding.open_query)
    service.form(deciding.Query, deciding.query)
    service.button("actions.time.give", deciding.give_time, once=True)
    service.button("actions.time.refuse", deciding.open_refuse)
    service.form(deciding.KeepDate, deciding.refuse)
    service.button("actions.agree", deciding.agree, once=True)
    service.button("actions.start", deciding.start, once=True)
    for what in ending.ENDED_BY:
        service.button(f"actions.end.{what}", ending.open_end)
    service.button("actions.end.agree", ending.agree_end, once=True)
    service.form(ending.End, ending.end)
    service.button("actions.not_done", deciding.open_not_done)
    service.form(deciding.NotDone, deciding.not_done)
    service.button("actions.check", check_form.open_form)
    service.form(check_form.Check, check_form.answer)
    service.button("actions.picture", picture_form.open_form)
    service.form(picture_form.Picture, picture_form.save)
    service.button("actions.proceed", against.open_proceed)
    service.form(against.Proceed, against.proceed)
    service.button("actions.gate.open", gate_settings.open_form)
    service.form(gate_settings.GateNumbers, gate_settings.save)


def _by_itself(service: Service) -> None:
    service.on_wake(Action, recheck.wake_up)
    service.on_case_change(recheck.case_changed)
    service.at_cut_off(CutOff.PANEL, wake.carry_forward)
    service.at_cut_off(CutOff.ACTIONS_CIRCULATED, circulate.announce)
    for kind, render in notices.KINDS.items():
        service.notice(NoticeKind(kind, partial(render, service), at_any_hour=notices.can_not_wait))
