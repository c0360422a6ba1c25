"""What the case record's listeners are called."""

from __future__ import annotations

from slack_bolt import App

from commands.cases import (
    apart,
    background,
    choose,
    conflict,
    dates,
    equality,
    equality_counts,
    facts,
    forums,
    hub,
    needs,
    notices,
    orders,
    others,
    pair,
    possible_victim,
    primary,
    prompts,
    propose,
    requirement,
    safety,
    same,
    scoring,
    seal,
    seal_list,
    seal_part,
    victims,
)
from commands.kit.case_sections import CaseSection
from commands.kit.headings import CASES
from commands.kit.notices import NoticeKind
from commands.kit.service import Service
from panel.codes.subject import Need


def register(app: App, service: Service) -> None:
    """Register everything of this journey."""
    service.word("/panel", "case", choose.open_chooser, "The record of a case", under=CASES)
    service.button("cases.choose", hub.open_hub)
    service.button(choose.FIND, hub.open_hub)
    service.search(choose.FIND, choose.find)
    service.button("cases.open", hub.open_hub)
    service.button("cases.turn.back", hub.turn_page)
    service.button("cases.turn.next", hub.turn_page)
    for each in CaseSection:
        service.button(f"cases.section.{each}", hub.turn_page)

    service.button("cases.facts", facts.open_form)
    service.form(facts.Facts, facts.save)
    service.button("cases.background", background.open_form)
    service.form(background.Background, background.save)
    scoring.register(service)
    _subject(service)
    _people(service)
    _orders(service)
    _sealed(service)
    service.waits_for(lambda work, panel, person: prompts.unprotected(service.words, work, panel, person))

    service.button("cases.propose", propose.open_form)
    service.form(propose.ProposeEnd, propose.save)
    service.notice(NoticeKind("cases.proposed", lambda work, owed: notices.proposed(service, work, owed)))

    service.word("/panel", "conflict", conflict.open_form, "Declare a personal link to a case", under=CASES)
    service.button("cases.conflict.open", conflict.open_form)
    service.form(conflict.DeclareConflict, conflict.save)
    service.search("cases.conflict.case", conflict.find)
    service.button("cases.conflict.show", conflict.show)
    closed = "cases.closed_to_you"
    service.notice(NoticeKind(closed, lambda work, owed: notices.closed_to_you(service, work, owed), at_any_hour=True))
    service.notice(NoticeKind("cases.conflict", lambda work, owed: notices.conflict(service, work, owed)))


def _sealed(service: Service) -> None:
    service.case_part(seal_part.draw, CaseSection.COURSE)
    service.case_door(seal_part.door)
    service.waits_for(lambda work, panel, person: seal_part.waits(service.words, work, panel, person))
    service.button("cases.seal", seal.open_form)
    service.form(seal.SealCase, seal.save)
    service.button(seal_part.LIST, seal_list.open_list)
    service.button("cases.seal.name", seal_list.open_name)
    service.form(seal_list.NameReader, seal_list.save_name)
    service.button("cases.seal.off", seal_list.take_off, once=True)
    service.button("cases.seal.part", seal_list.open_part)
    service.form(seal_list.SealedPart, seal_list.save_part)
    service.button("cases.seal.lift", seal_list.lift, once=True)
    service.notice(NoticeKind("cases.sealed", lambda work, owed: seal_part.told(service, work, owed)))
    service.notice(NoticeKind("cases.sealed_part", lambda work, owed: seal_part.part_told(service, work, owed)))


def _subject(service: Service) -> None:
    service.button("cases.staff", safety.open_form)
    service.form(safety.StaffSafety, safety.save)
    for need in Need:
        service.button(f"cases.need.{need}", needs.open_form)
    service.form(needs.SubjectNeed, needs.save)
    service.button("cases.forums", forums.open_form)
    service.form(forums.OtherForums, forums.save)
    service.button("cases.equality", equality.open_form)
    service.form(equality.Equality, equality.save)
    service.button(equality_counts.OPEN, equality_counts.open_counts)
    service.button("cases.date", dates.open_form)
    service.button("cases.date.add", dates.open_form)
    service.form(dates.DateAhead, dates.save)


def _people(service: Service) -> None:
    service.button("cases.victim", victims.open_form)
    service.button("cases.victim.add", victims.open_form)
    service.form(victims.LinkedVictim, victims.save)
    service.button("cases.pair", pair.open_form)
    service.form(pair.Pair, pair.save)
    service.button("cases.child", others.open_child)
    service.button("cases.child.add", others.open_child)
    service.form(others.LinkedChild, others.save_child)
    service.button("cases.at_risk", others.open_other)
    service.button("cases.at_risk.add", others.open_other)
    service.form(others.AtRisk, others.save_other)
    service.button("cases.safe", apart.open_contact)
    service.form(apart.SafeContact, apart.save_contact)
    service.button("cases.voice", apart.open_voice)
    service.form(apart.OwnVoice, apart.save_voice)
    service.button("cases.talk", apart.open_talk)
    service.form(apart.SafeToTalk, apart.save_talk)
    service.button("cases.same", same.open_form)
    service.form(same.SamePerson, same.save)
    service.button("cases.primary", primary.open_form)
    service.form(primary.Primary, primary.save)
    service.button("cases.possible", possible_victim.open_form)
    service.form(possible_victim.PossibleVictim, possible_victim.save)
    service.button("cases.possible.show", possible_victim.show)
    service.notice(NoticeKind("cases.possible", lambda work, owed: notices.possible(service, work, owed)))


def _orders(service: Service) -> None:
    service.button("cases.order", orders.open_form)
    service.button("cases.order.add", orders.open_form)
    service.form(orders.OrderInForce, orders.save)
    service.button("cases.breach", orders.open_breach)
    service.form(orders.Breach, orders.save_breach)
    service.button("cases.requirement", requirement.open_form)
    service.form(requirement.OrderRequires, requirement.save)
