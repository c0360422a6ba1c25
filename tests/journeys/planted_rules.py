"""Each question that takes free text, and who may read what is typed under it: one without a line fails a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.month import Month
from tests.journeys.entitlement import Entitlement, Reader
from tests.journeys.planted_places import Place
from tests.journeys.planting import Planted

Rule = Callable[["Judge", Reader, Planted, Place], bool]


@dataclass(frozen=True)
class Judge:
    """Who may read a planted word that came to rest in a place."""

    month: Month
    users: Mapping[str, str]

    def may(self, reader: Reader, planted: Planted, place: Place) -> bool:
        """By the question's own line."""
        return RULES[planted.question](self, reader, planted, place)

    @property
    def by(self) -> Entitlement:
        """The field's words."""
        return Entitlement(self.month)


def _everyone_on_case(judge: Judge, reader: Reader, planted: Planted, place: Place) -> bool:
    assert place.case
    return judge.by.on_case(reader, place.case)


def _area(judge: Judge, reader: Reader, planted: Planted, place: Place) -> bool:
    assert place.case
    with_victim = "living-with-victim" in str(judge.month.case(place.case).whereabouts.type)
    return (judge.by.safety if with_victim else judge.by.on_case)(reader, place.case)


def _safety(judge: Judge, reader: Reader, planted: Planted, place: Place) -> bool:
    assert place.case
    return judge.by.safety(reader, place.case)


def _everybody(judge: Judge, reader: Reader, planted: Planted, place: Place) -> bool:
    return True  # nothing about a case: it stands in the part of the minutes that all may read


def _office(judge: Judge, reader: Reader, planted: Planted, place: Place) -> bool:
    return reader.chair or reader.coordinator


def _chair_alone(judge: Judge, reader: Reader, planted: Planted, place: Place) -> bool:
    return reader.chair


def _office_and_service(judge: Judge, reader: Reader, planted: Planted, place: Place) -> bool:
    """And the service that works with subjects, on its cases."""
    serves = judge.by.function(reader) == "perpetrator_service"
    return _office(judge, reader, planted, place) or (serves and judge.by.on_case(reader, place.case or ""))


def _office_and_sender(judge: Judge, reader: Reader, planted: Planted, place: Place) -> bool:
    return reader.chair or reader.coordinator or judge.users[reader.who] == place.by


def _nobody(judge: Judge, reader: Reader, planted: Planted, place: Place) -> bool:
    """Typed once, and kept nowhere."""
    return False


def _voice_of_victim(judge: Judge, reader: Reader, planted: Planted, place: Place) -> bool:
    """The chair, the victim service, and whoever told it."""
    service = judge.by.function(reader) == "victim_service"
    return reader.chair or service or judge.users[reader.who] == place.by


def _office_and_agency(judge: Judge, reader: Reader, planted: Planted, place: Place) -> bool:
    return reader.chair or reader.coordinator or reader.agency == place.source


def _short_form(judge: Judge, reader: Reader, planted: Planted, place: Place) -> bool:
    assert place.case and place.source
    readers, named = planted.answers.get("readers"), planted.answers.get("named", ())
    chosen = {"everyone": ["ALL"], "chair_and_victim_service": ["IDVA"], "named": ["NAMED"]}.get(str(readers), [])
    limits = judge.by.usual(planted.question, place.source, place.case, ["NAMED"] if named else chosen)
    return judge.by.item(reader, place.case, place.source, limits, named, "shared")


def _section(judge: Judge, reader: Reader, planted: Planted, place: Place) -> bool:
    """A form of a section: whoever its writer chose, or what applies by itself to a victim service."""
    assert place.case and place.source
    given = planted.answers
    readers = given.get("victims_readers" if planted.question == "updates.victims.victims" else "readers")
    chosen = {"everyone": ["ALL"], "chair_and_victim_service": ["IDVA"], "named": ["NAMED"]}[str(readers)]
    return judge.by.item(reader, place.case, place.source, chosen, given.get("named", ()), "shared")


def _by_default(judge: Judge, reader: Reader, planted: Planted, place: Place) -> bool:
    """Of an agency that is asked for no readers: by what it is."""
    assert place.case and place.source
    limits = judge.by.usual(planted.question, place.source, place.case, ())
    return judge.by.item(reader, place.case, place.source, limits, (), "shared")


def _for_police(judge: Judge, reader: Reader, planted: Planted, place: Place) -> bool:
    """For police and for whoever sent it, the answer too."""
    assert place.case and place.source
    return judge.by.item(reader, place.case, place.source, ["ALL"], (), "intelligence")


def _for_itself(judge: Judge, reader: Reader, planted: Planted, place: Place) -> bool:
    assert place.case and place.source
    return judge.by.item(reader, place.case, place.source, ["ALL"], (), "agency_note")


def _one_item(judge: Judge, reader: Reader, planted: Planted, place: Place) -> bool:
    assert place.case and place.source
    given = planted.answers
    return judge.by.item(
        reader, place.case, place.source, given["readers"], given.get("named", ()), given.get("audience", "shared")
    )


def _own_action(judge: Judge, reader: Reader, planted: Planted, place: Place) -> bool:
    assert place.case and place.source
    return judge.by.item(reader, place.case, place.source, ["ALL"], (), "shared")  # as the action it speaks of


def _told(judge: Judge, reader: Reader, planted: Planted, place: Place) -> bool:
    """Who was told of an imminent risk: for chair and victim service, who are called at once, and the agency itself;
    for the coordinator where they may read that the risk is imminent."""
    assert place.case and place.source
    if judge.by.safety(reader, place.case):
        return True
    limits = judge.by.usual(planted.question, place.source, place.case, ())
    ours = reader.coordinator or reader.agency == place.source
    return ours and judge.by.item(reader, place.case, place.source, limits, (), "shared")


def _reason(judge: Judge, reader: Reader, planted: Planted, place: Place) -> bool:
    assert place.case and place.source
    return judge.by.item(reader, place.case, place.source, ["CHAIR"], (), "shared")


def _action(judge: Judge, reader: Reader, planted: Planted, place: Place) -> bool:
    assert place.case and place.action
    row = next((row for row in judge.month.actions if row.id == place.action), None)
    if row is None:  # proposed by the police for themselves, about a vehicle: nothing to check, nothing limited
        return judge.by.action(reader, place.case, "POL", None, "ALL", (), False)
    limit, named = (row.restriction.kind, row.restriction.named) if row.restriction else ("ALL", ())
    checked = row.safety != "not_required"
    return judge.by.action(reader, place.case, row.owner, row.assignee, str(limit), named, checked)


def _instruction(judge: Judge, reader: Reader, planted: Planted, place: Place) -> bool:
    row = next(row for row in judge.month.actions if row.id == place.action)
    owns = reader.agency == row.owner or reader.who == row.assignee or (row.owner == "PANEL" and reader.coordinator)
    return _action(judge, reader, planted, place) and (owns or _safety(judge, reader, planted, place))


RULES: Mapping[str, Rule] = {
    "agendas.mini.action": _everyone_on_case,
    "agendas.mini.whereabouts": _everyone_on_case,
    "actions.add.text": _action,
    "actions.bulk_move.reason": _action,
    "actions.bulk_pass.reason": _action,
    "actions.bring.rows": _action,
    "actions.check.conditions": _safety,
    "actions.check.instruction": _instruction,
    "actions.check.reason": _safety,
    "actions.check_for.instruction": _instruction,
    "actions.done.evidence": _action,
    "actions.done.note": _action,
    "actions.edit.text": _action,
    "actions.end.reason": _action,
    "actions.for.evidence": _action,
    "actions.for.note": _action,
    "actions.keep_date.reason": _action,
    "actions.not_done.note": _action,
    "actions.picture.danger": _safety,
    "actions.picture.others": _safety,
    "actions.picture.wants": _safety,
    "actions.proceed.reason": _safety,
    "actions.progress.note": _action,
    "access.glass.reason": _chair_alone,
    "actions.propose.text": _action,
    "actions.query.question": _action,
    "actions.reason.reason": _action,
    "actions.reassign.post": _action,
    "actions.reassign.reason": _action,
    "actions.reopen.reason": _action,
    "actions.time.reason": _action,
    "cases.child.lead": _everyone_on_case,
    "cases.child.plan": _everyone_on_case,
    "cases.facts.area": _area,
    "cases.order.court": _everyone_on_case,
    "cases.order.terms": _everyone_on_case,
    "cases.safe.contact": _safety,
    "cases.safe.never": _safety,
    "cases.ppit.evidence": _everyone_on_case,
    "cases.ppit.why": _everyone_on_case,
    "cases.score.more.caveat": _everyone_on_case,
    "cases.score.method": _everyone_on_case,
    "cases.staff.words": _everyone_on_case,
    "cases.talk.talk": _safety,
    "cases.victim.aware": _everyone_on_case,
    "cases.voice.voice": _safety,
    "records.consulted.note": _nobody,  # the lead alone; so are the next
    "records.decide.strike": _nobody,
    "records.extend.reason": _nobody,
    "records.hold.reason": _nobody,  # the lead and the chair alone
    "life.ending.note": _office,
    "life.pathway.note": _office_and_service,
    "life.refuse.why": _office,
    "life.status.note": _office,
    "life.transfer.area": _office,
    "life.transfer.note": _office,
    "life.transfer.route": _office,
    "life.view.words": _safety,
    "meetings.amend.correction": _everyone_on_case,
    "meetings.answer.reason": _short_form,
    "meetings.answer_for.reason": _short_form,
    "meetings.attendance.note": _office,
    "meetings.decide.dissent": _everyone_on_case,
    "meetings.decide.note": _everyone_on_case,
    "meetings.information.authority": _everybody,
    "meetings.propose.why": _everyone_on_case,
    "meetings.tell.note": _safety,
    "referrals.refer.urgent": _office_and_sender,
    "referrals.refer.why": _office_and_sender,
    "referrals.triage.note": _office_and_sender,
    "updates.ahead.place": _section,
    "updates.factors.note": _section,
    "updates.finish.told": _told,
    "updates.for_police.body": _for_police,
    "updates.for_police.conditions": _for_police,
    "updates.hold.reason": _reason,
    "updates.line.text": _section,
    "updates.more.body": _one_item,
    "updates.mini.advice": _by_default,
    "updates.mini.what": _by_default,
    "updates.note.not_shared": _for_itself,
    "updates.note.note": _for_itself,
    "updates.police_answer.note": _for_police,
    "updates.profile.body": _one_item,
    "updates.proposal.reach": _section,
    "updates.proposal.text": _section,
    "updates.sent.told": _told,
    "updates.statement.other": _office_and_agency,
    "updates.unable.more": _reason,
    "updates.victims.children": _section,
    "updates.victims.in_danger": _section,
    "updates.victims.victims": _section,
    "updates.view.good": _section,
    "updates.view.told": _told,
    "updates.view.view": _section,
    "updates.where.area": _section,
    "updates.where.expected": _section,
    "updates.working.engagement": _section,
    "updates.working.language": _section,
    "updates.working.neurodiversity": _section,
    "updates.working.works": _section,
} | {
    f"updates.{form}.{question}": _short_form
    for form in ("tell", "finish")
    for question in ("happened", "whereabouts", "view", "in_danger", "proposed")
} | {
    f"referrals.more.{question}": _office_and_sender
    for question in (
        "ppit.evidence", "ppit.why", "rfg.method",
        "activity.now", "activity.proposed", "basis.why", "correction.right", "correction.wrong", "court.terms",
        "forums.more", "mappa.remaining", "marac.wanted", "mash.risk", "narrative.concern", "pattern.incidents",
        "pattern.more", "release.conditions", "risk.more", "safety.more", "situation.dates", "transfer.area",
        "transfer.limits",
    )
} | {
    "referrals.identify.names": _nobody,
    "referrals.identify.others": _nobody,
    "referrals.more.voice.words": _voice_of_victim,
} | {
    f"updates.overdue.{number}": _own_action
    for number in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
}  # fmt: skip
