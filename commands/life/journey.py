"""What the listeners of a case's life are called."""

from __future__ import annotations

from functools import partial

from slack_bolt import App

from commands.cases import choose, hub
from commands.kit.case_sections import CaseSection
from commands.kit.headings import CASES
from commands.kit.notices import NoticeKind
from commands.kit.service import Service
from commands.life import (
    death,
    ended,
    ending,
    flags,
    follow_up,
    merge,
    notices,
    offer_link,
    own_plans,
    part,
    pathway,
    receive,
    settings,
    status,
    timeline,
    transfer,
    victim_view,
    waiting_list,
    waits,
    wake,
)
from panel.cycle import CutOff
from storage.tables import Case


def register(app: App, service: Service) -> None:
    """Register everything of this journey."""
    service.case_part(part.stands, None)
    service.case_part(part.course, CaseSection.COURSE, state=part.state)
    service.case_door(part.door)
    service.word("/panel", "ended", ended.open_chooser, "Cases that have ended: read, open again", under=CASES)
    service.button(ended.FIND, hub.open_hub)
    service.search(ended.FIND, ended.find)
    _standing(service)
    _ending(service)
    _handing_over(service)
    service.on_wake(Case, wake.wake)
    service.on_case_change(wake.case_changed)
    service.at_cut_off(CutOff.CALL_FOR_REFERRALS, wake.plan)
    service.waits_for(lambda work, panel, person: waits.waits(service.words, work, panel, person))
    service.button(waits.LIST, waiting_list.open_list)
    service.button(f"{waits.LIST}.back", waiting_list.turn_page)
    service.button(f"{waits.LIST}.next", waiting_list.turn_page)
    service.button("life.choose", choose.open_chooser)
    service.button("life.settings.open", settings.open_form)
    service.form(settings.LifeNumbers, settings.save)
    for kind, render in notices.KINDS.items():
        service.notice(NoticeKind(kind, partial(render, service), at_any_hour=kind in notices.AT_ANY_HOUR))


def _standing(service: Service) -> None:
    service.button("life.timeline", timeline.open_view)
    for way in ("back", "next"):
        service.button(f"life.timeline.turn.{way}", timeline.turn_page)
        service.button(f"life.transfer.turn.{way}", receive.turn_page)
    service.button("life.status.open", status.open_form)
    service.form(status.WhereItStands, status.save)
    service.button("life.merge.open", merge.open_form)
    service.form(merge.Merge, merge.save)
    service.button("life.pathway.open", pathway.open_form)
    service.form(pathway.NextStep, pathway.save)


def _ending(service: Service) -> None:
    service.button("life.ending.open", ending.open_form)
    service.form(ending.Ending, ending.save)
    service.button("life.view.open", victim_view.open_form)
    service.form(victim_view.View, victim_view.save)
    service.button("life.own_plans.open", own_plans.open_form)
    service.form(own_plans.OwnPlans, own_plans.save)
    service.button("life.flag.open", flags.show)
    service.button("life.flag.set", flags.confirm, once=True)
    service.button("life.follow_up.open", follow_up.open_form)
    service.form(follow_up.ThreeNumbers, follow_up.save)
    service.button("life.death.open", death.show)
    service.button("life.death.subject", death.subject, once=True)
    service.button("life.death.victim", death.victim, once=True)


def _handing_over(service: Service) -> None:
    service.button("life.transfer.open", transfer.open_form)
    service.form(transfer.HandOver, transfer.save)
    service.button("life.transfer.answer", transfer.open_answer)
    service.form(transfer.Answered, transfer.save_answer)
    service.button("life.transfer.receive", receive.show)
    service.button("life.transfer.link", offer_link.declare, once=True)
    service.button("life.transfer.accept", receive.open_accept)
    service.form(receive.Accept, receive.accept)
    service.button("life.transfer.refuse", receive.open_refuse)
    service.form(receive.Refuse, receive.refuse)
