"""What this journey listens to."""

from __future__ import annotations

from slack_bolt import App

from commands.kit.case_sections import CaseSection
from commands.kit.headings import THIS_MONTH
from commands.kit.service import Service
from commands.updates import (
    advice,
    basis,
    behalf,
    board,
    case_list,
    facing,
    held,
    history,
    intelligence,
    invitation,
    invite,
    joined,
    joining,
    mini,
    more,
    notices,
    ours,
    own_actions,
    own_note,
    part_actions,
    part_ahead,
    part_facts,
    part_victims,
    part_view,
    part_where,
    part_working,
    profile,
    sections,
    sent,
    sitting,
    statement,
    taps,
    tell,
)
from panel.cycle import CutOff


def register(app: App, service: Service) -> None:
    """Register everything of this journey."""
    _words(service)
    _sitting(service)
    _sections(service)
    _apart(service)
    _around(service)
    _office(service)
    notices.register(service)
    joined.register(service)
    service.at_cut_off(CutOff.CASE_LIST_AND_REQUESTS, joining.at_cut_off)


def _words(service: Service) -> None:
    service.word("/update", "", statement.open_updates, "Send your agency's updates")
    service.word("/panel", "list", case_list.open_form, "The case list, and a new version of it", under=THIS_MONTH)
    service.word("/panel", "board", board.show, "Returns in, and who has not yet returned", under=THIS_MONTH)
    service.word("/panel", "invite", invite.open_form, "Invite an agency to a case, or leave it out", under=THIS_MONTH)
    service.word("/panel", "enter", behalf.open_form, "Enter an update for an agency", under=THIS_MONTH)


def _sitting(service: Service) -> None:
    """An agency answers."""
    service.button("updates.open", statement.open_updates)
    service.button("updates.agency", statement.open_updates)
    service.button("updates.which.back", statement.turn_page)
    service.button("updates.which.next", statement.turn_page)
    service.form(statement.WhatWasSearched, statement.save)
    service.surface(sitting.SITTING, sitting.redrawn)
    service.button("updates.page.back", sitting.turn_page)
    service.button("updates.page.next", sitting.turn_page)
    service.button("updates.no_trace", taps.no_trace, once=True)
    service.button("updates.known", taps.known, once=True)
    service.button("updates.change", sitting.change)
    service.button("updates.menu", taps.menu, once=True)
    service.button("updates.tell.open", tell.open_form)
    service.form(tell.TellSomething, tell.save)
    service.form(tell.Finish, tell.finish)
    service.form(sent.SentElsewhere, sent.save)
    service.form(more.OneMoreItem, more.save)
    service.form(held.Unable, held.save_unable)
    service.form(held.Hold, held.save_hold)
    service.button("updates.overdue.open", own_actions.open_form)
    service.form(own_actions.OwnActions, own_actions.save)
    service.button("updates.ours.change", ours.change)
    service.button("updates.ours.withdraw", ours.take_back, once=True)
    service.button("updates.ours.done", ours.back)
    service.button("updates.basis", ours.open_basis)
    service.form(basis.SharedUnder, ours.save_basis)
    service.button("updates.ours.back", ours.turn_page)
    service.button("updates.ours.next", ours.turn_page)
    service.button("updates.no_list", case_list.no_list, once=True)


def _sections(service: Service) -> None:
    """The whole return on one case, section by section."""
    service.surface(sections.HUB, sections.draw)
    service.button("updates.sections.open", sections.open_hub)
    service.button("updates.sections.back", sections.back)
    service.button("updates.more.open", more.open_form)
    service.button("updates.ours.open", ours.show)
    service.button("updates.ours.earlier", history.show)
    service.button("updates.earlier.back", history.turn_page)
    service.button("updates.earlier.next", history.turn_page)
    service.button("updates.still.open", part_where.open_still)
    service.button("updates.where.open", part_where.open_form)
    service.button("updates.ahead.open", part_ahead.PIECES.open)
    service.button("updates.line.open", part_facts.PIECES.open)
    service.button("updates.factors.open", part_view.open_factors)
    service.button("updates.view.open", part_view.open_view)
    service.button("updates.working.open", part_working.open_form)
    service.button("updates.victims.open", part_victims.open_form)
    service.button("updates.proposal.open", part_actions.open_form)
    service.form(part_where.StillCorrect, part_where.save_still)
    service.form(part_where.NewWhereabouts, part_where.save)
    service.form(part_ahead.AppointmentAhead, part_ahead.save)
    service.form(part_facts.DatedLine, part_facts.save)
    service.form(part_view.RiskFactors, part_view.save_factors)
    service.form(part_view.ProfessionalView, part_view.save_view)
    service.form(part_working.Working, part_working.save)
    service.form(part_victims.VictimsAndChildren, part_victims.save)
    service.form(part_actions.Proposal, part_actions.save)


def _apart(service: Service) -> None:
    """What is no part of a return: for the police alone, for the agency itself alone."""
    service.word("/update", "intelligence", intelligence.show, "What went to the police alone, and their answer")
    service.button("updates.intelligence", intelligence.show)
    service.button("updates.intelligence.back", intelligence.turn_page)
    service.button("updates.intelligence.next", intelligence.turn_page)
    service.button("updates.for_police.open", intelligence.open_form)
    service.button("updates.police_answer.open", intelligence.open_answer)
    service.form(intelligence.ForPolice, intelligence.save)
    service.form(intelligence.PoliceAnswer, intelligence.answer)
    service.button("updates.note.open", own_note.open_form)
    service.form(own_note.OwnNote, own_note.save)


def _around(service: Service) -> None:
    """The police profile before the others are asked; an agency that was invited to one case."""
    service.case_part(profile.on_record, CaseSection.EVIDENCE, state=profile.state)
    service.case_part(facing.on_record, CaseSection.SUBJECT)
    service.button("updates.facing.open", facing.open_form)
    service.form(facing.WorksWithSubject, facing.save)
    service.button("updates.profile.open", profile.open_form)
    service.button("updates.profile.read", profile.read)
    service.button("updates.profile.page.back", profile.read)
    service.button("updates.profile.page.next", profile.read)
    service.form(profile.PoliceProfile, profile.save)
    service.button("updates.mini.open", mini.open_form)
    service.form(mini.MiniReturn, mini.save)
    service.button("updates.hours.open", mini.open_hours)
    service.form(mini.HoursSpent, mini.save_hours)
    service.word("/panel", "advice", advice.show, "What became of the advice of invited agencies", under=THIS_MONTH)
    service.button("updates.advice.back", advice.turn_page)
    service.button("updates.advice.next", advice.turn_page)
    service.button("updates.advice.open", advice.open_form)
    service.form(advice.Followed, advice.save)
    service.button("updates.advice.theirs", advice.theirs)


def _office(service: Service) -> None:
    """Coordinator, chair and victim service look after it."""
    service.form(case_list.CaseList, case_list.save)
    for question in ("cases", "added"):
        service.search(f"updates.list.{question}", case_list.find)
    service.button("updates.list.open", case_list.open_form)
    service.button("updates.board.open", board.show)
    service.button("updates.board.back", board.turn_page)
    service.button("updates.board.next", board.turn_page)
    service.button("updates.remind", board.remind, once=True)
    service.button("updates.enter.open", behalf.open_form)
    service.form(behalf.EnterFor, behalf.save)
    service.button("updates.invite.open", invite.open_form)
    service.form(invite.InviteAgency, invite.save)
    service.button("updates.invitations", invitation.show)
    service.button("updates.invitations.back", invitation.turn_page)
    service.button("updates.invitations.next", invitation.turn_page)
    service.waits_for(lambda work, panel, person: invitation.waits(service.words, work, panel, person))
    service.button("updates.agree", invitation.agree, once=True)
    service.button("updates.decline", invitation.decline, once=True)
