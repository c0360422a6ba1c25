"""Earlier cases of the same subject, as far as whoever triages may know of them, and the link to one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import col

from commands.cases import known
from commands.kit.about import About
from commands.kit.blocks import Block, button, context, divider, section
from commands.kit.errors import Refusal
from commands.kit.meetings import settings_of, zone_of
from commands.kit.people import recused_on, thing_of
from commands.kit.text import weekday
from commands.kit.turn import Turn
from commands.referrals import additions
from commands.referrals.identify import CHECKED
from panel.access import Verb, may
from panel.codes import CaseStatus, RepeatKind
from panel.life import ENDED
from panel.referral import repeat_kind
from storage.tables import Case, Fingerprint, Person, Referral


class LiveAlready(Refusal):
    """The case that is linked{case} is live. Decline this as “Already a live case here”, or take the link away."""


@dataclass(frozen=True)
class Match:
    """An earlier case, what it makes of the referral, and whether identifiers or a reference found it."""

    case: Case
    kind: RepeatKind
    by_reference: bool


def matches(turn: Turn, referral: Referral) -> list[Match]:
    """Newest first; never a case that is closed to this person."""
    by_hash, by_name = _by_hash(turn, referral), _by_name(turn, referral)
    cases = turn.work.rows(Case, id=sorted(by_hash | by_name), panel_id=turn.panel.id) if by_hash | by_name else []
    open_to = [case for case in cases if may(turn.person, Verb.EDIT_CASE, thing_of(turn.work, case))]
    return [Match(case, kind_of(turn, referral, case), case.id not in by_hash) for case in reversed(open_to)]


def kind_of(turn: Turn, referral: Referral, case: Case) -> RepeatKind:
    """What a case makes of the referral (field reference 8.4)."""
    zone = zone_of(turn.panel)
    ended = None
    if case.status in ENDED:
        ended = (case.ended_at or case.opened_at).astimezone(zone).date()
    return repeat_kind(ended, referral.at.astimezone(zone).date(), settings_of(turn.panel).life.repeat_months)


def others_waiting(turn: Turn, referral: Referral) -> list[Referral]:
    """Other referrals of the same subject that have no case: two agencies may have referred one person."""
    ids = _same_hash(turn, referral)
    found = turn.work.rows(Referral, id=sorted(ids), case_id=None) if ids else []
    return [each for each in found if may(turn.person, Verb.TRIAGE, additions.seen_as(turn.work, each))]


def _same_hash(turn: Turn, referral: Referral) -> set[int]:
    digests = [each.digest for each in turn.work.rows(Fingerprint, referral_id=referral.id)]
    if not digests:
        return set()
    same = turn.work.find(
        Fingerprint, Fingerprint.panel_id == turn.panel.id, col(Fingerprint.digest).in_(digests),
        Fingerprint.referral_id != referral.id,
    )  # fmt: skip
    return {each.referral_id for each in same}


def _by_hash(turn: Turn, referral: Referral) -> set[int]:
    ids = _same_hash(turn, referral)
    rows: Iterable[Referral] = turn.work.rows(Referral, id=sorted(ids)) if ids else ()
    return {row.case_id for row in rows if row.case_id and row.case_id != referral.case_id}


def _by_name(turn: Turn, referral: Referral) -> set[int]:
    told = [ref for row in additions.rows(turn.work, referral, CHECKED) for ref in (row.answers or {}).get("refs", ())]
    if not told:
        return set()
    cases = turn.work.find(
        Case, Case.panel_id == turn.panel.id, col(Case.ref).in_(told) | col(Case.subject_ref).in_(told)
    )
    sent = turn.work.rows(Referral, panel_id=turn.panel.id, ref=told)
    found = {case.id for case in cases} | {row.case_id for row in sent}
    return {id for id in found if id is not None and id != referral.case_id}


# -- at triage


def blocks(turn: Turn, referral: Referral) -> list[Block]:
    """What may be the same subject, each with the button that links it."""
    about = About(panel=turn.panel.id, referral=referral.id, version=referral.version)
    found = matches(turn, referral)
    shown: list[Block] = [_match(turn, referral, match, about) for match in found]
    linked = turn.work.look(Case, referral.repeats_id)
    if linked is not None and linked.id not in {match.case.id for match in found}:
        shown += linked_case(turn, referral)
    for other in others_waiting(turn, referral):
        shown.append(section(f"*{other.ref}* has the same identifiers, and no case yet."))
    return [context("*May be the same subject*"), *shown, divider()] if shown else []


def _match(turn: Turn, referral: Referral, match: Match, about: About) -> Block:
    case, linked = match.case, referral.repeats_id == match.case.id
    said = turn.say(
        "referrals/match", case=case, kind=match.kind.label, by_reference=match.by_reference, linked=linked,
        victims=known.in_words(turn, case),
    )  # fmt: skip
    if linked:
        return section(said, button("Take the link away", "referrals.unlink", about))
    return section(said, button("Link it", "referrals.link", about.but(case=case.id)))


def linked_case(turn: Turn, referral: Referral) -> list[Block]:
    """The earlier case that triage linked, for whoever may open it."""
    case = turn.work.look(Case, referral.repeats_id)
    if case is None or not may(turn.person, Verb.EDIT_CASE, thing_of(turn.work, case)):
        return []
    ended = f", ended {weekday(case.ended_at.astimezone(zone_of(turn.panel)).date())}" if case.ended_at else ""
    return [section(f"*Linked*: {case.ref}{ended}. {kind_of(turn, referral, case).label}.")]


# -- on acceptance


def repeated(turn: Turn, referral: Referral) -> Case | None:
    """The linked case, where this is a repeat (field reference 8.4): it has ended at panel, or gone to another area, no
    longer ago than the panel's months. A merged one points on."""
    linked = turn.work.look(Case, referral.repeats_id)
    case = turn.work.look(Case, linked.merged_into_id) or linked if linked else None
    if case is None or case.status not in (CaseStatus.CLOSED, CaseStatus.TRANSFERRED_OUT) or case.ended_at is None:
        return None
    return case if kind_of(turn, referral, case) is RepeatKind.REPEAT_SUBJECT else None


def named(turn: Turn, case: Case, words: str) -> str:
    """These words with the reference of a case; none where it is closed to whoever asks."""
    return "" if turn.user in recused_on(turn.work, case.id or 0) else words.format(ref=case.ref)


def same_person(turn: Turn, referral: Referral, case: Case) -> None:
    """The new case is about the subject of the linked one. Raises LiveAlready."""
    earlier = turn.work.look(Case, referral.repeats_id)
    if earlier is None:
        return
    if earlier.status not in ENDED:
        raise LiveAlready(case=named(turn, earlier, ", {ref},"))
    if earlier.person_id is None:
        assert turn.panel.id is not None
        earlier.person_id = turn.work.add(Person(panel_id=turn.panel.id)).id
    case.person_id = earlier.person_id
    turn.audit("linked", f"case:{case.id}", case_id=case.id, repeat=kind_of(turn, referral, earlier).value)
