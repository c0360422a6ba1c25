"""What the listeners of referring and triage are called."""

from __future__ import annotations

from slack_bolt import App

from commands.kit.case_sections import CaseSection
from commands.kit.headings import CASES, THIS_MONTH
from commands.kit.notices import NoticeKind
from commands.kit.service import Service
from commands.referrals import (
    chairs,
    cohort,
    decide,
    identify,
    intake,
    kept,
    late,
    linking,
    notices,
    outcome,
    own,
    refer,
    sealing,
    sections,
    sign_off,
    triage,
    urgent,
)
from commands.referrals.catalogue import SECTIONS
from panel.cycle import CutOff


def register(app: App, service: Service) -> None:
    """Register everything of this journey."""
    service.at_cut_off(CutOff.CALL_FOR_REFERRALS, notices.call)
    service.notice(NoticeKind("referrals.call", lambda work, owed: notices.called(service, work, owed)))
    service.at_cut_off(CutOff.REFERRAL_DEADLINE, notices.close)
    service.notice(NoticeKind("referrals.closed", lambda work, owed: notices.closed(service, work, owed)))
    service.at_cut_off(CutOff.TRIAGE, notices.triage_day)
    service.notice(NoticeKind("referrals.to_triage", lambda work, owed: notices.triage(service, work, owed)))

    service.word("/refer", "", refer.open_form, "Refer a case: eight questions")
    service.button("referrals.open", refer.open_form)
    service.button(refer.VERIFIED, refer.picked_day)
    service.button(sealing.WORKS_HERE, refer.picked_day)
    service.form(refer.ReferCase, refer.save)
    service.notice(
        NoticeKind("referrals.alert", lambda work, owed: notices.alert(service, work, owed), at_any_hour=notices.urgent)
    )

    service.word("/panel", "triage", triage.open_list, "The referrals that wait for triage", under=THIS_MONTH)
    service.button("referrals.triage", triage.open_list)
    service.button("referrals.turn.back", triage.turn_page)
    service.button("referrals.turn.next", triage.turn_page)
    service.button("referrals.triage.open", decide.open_form)
    service.form(decide.Triage, decide.save)
    service.button("referrals.call_urgent", urgent.call_urgent, once=True)
    service.notice(
        NoticeKind(
            "referrals.called_urgent", lambda work, owed: notices.called_urgent(service, work, owed), at_any_hour=True
        )
    )
    service.notice(NoticeKind("referrals.decided", lambda work, owed: notices.decided(service, work, owed)))
    service.notice(NoticeKind("referrals.missed_list", lambda work, owed: notices.missed_list(service, work, owed)))
    service.button("referrals.outcome", outcome.show)
    _sections(service)
    _lists(service)


def _sections(service: Service) -> None:
    """What is told after a referral was sent."""
    service.word("/refer", "mine", own.open_list, "What you referred, and where each stands")
    service.button("referrals.mine.open", own.open_list)
    service.button("referrals.sections.open", sections.open_hub)
    for name, turn_to in (
        ("referrals.mine", own.turn_page),
        (sections.HUB, sections.turn_page),
        ("referrals.told.turn", sections.read_page),
    ):
        service.button(f"{name}.back", turn_to)
        service.button(f"{name}.next", turn_to)
    service.surface(sections.HUB, sections.view)
    service.case_part(sections.case_part, CaseSection.EVIDENCE)
    for form in SECTIONS.values():
        service.button(form.name, sections.open_section)
        service.form(form, sections.save)
    service.button("referrals.told", sections.read)
    service.button("referrals.voice", sections.read_voice)
    service.notice(NoticeKind("referrals.added", lambda work, owed: notices.added(service, work, owed)))
    service.notice(NoticeKind("referrals.voice", lambda work, owed: notices.voice(service, work, owed)))
    service.button("referrals.identify", identify.open_form)
    service.form(identify.Identifiers, identify.save)
    service.button("referrals.link", linking.link, once=True)
    service.button("referrals.unlink", linking.unlink, once=True)
    service.waits_for(lambda work, panel, person: late.waits(service.words, work, panel, person))
    service.button("referrals.late.this", chairs.take, once=True)
    service.button("referrals.late.next", chairs.leave, once=True)
    match = "referrals.sealed_match"
    service.notice(NoticeKind(match, lambda work, owed: notices.sealed_match(service, work, owed)))
    service.notice(NoticeKind("referrals.late", lambda work, owed: notices.late(service, work, owed)))
    service.button("referrals.sign_off", sign_off.show)
    service.button("referrals.sign_off.ask", sign_off.ask, once=True)
    service.button("referrals.sign_off.sign", sign_off.sign, once=True)
    service.notice(NoticeKind("referrals.sign_off", lambda work, owed: notices.sign_off_asked(service, work, owed)))


def _lists(service: Service) -> None:
    """What the panel has, and what could come."""
    service.word("/panel", "referrals", kept.open_list, "Every referral, those not accepted too", under=CASES)
    service.button("referrals.kept.open", kept.open_list)
    for name in ("back", "next", *kept.Shown):
        service.button(f"referrals.kept.{name}", kept.turn_to)
    service.word("/panel", "cohort", cohort.open_list, "The live cases, and how much room there is", under=CASES)
    service.button("referrals.cohort.open", cohort.open_list)
    service.button("referrals.cohort.order", cohort.turn_page)
    service.button("referrals.cohort.back", cohort.turn_page)
    service.button("referrals.cohort.next", cohort.turn_page)
    service.button("referrals.intake", intake.open_list)
    service.button("referrals.intake.back", intake.turn_page)
    service.button("referrals.intake.next", intake.turn_page)
    service.button("referrals.intake.enter", intake.open_form)
    service.form(intake.RankedList, intake.save)
