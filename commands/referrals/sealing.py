"""A referral about somebody who works for an agency of the panel: sealed as it is sent, before anybody reads it.

Its references are numbered apart and not in a row, so that nobody finds a gap where it stands (field reference 9.4).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from commands.cases.seal import of_agencies, put_seal
from commands.kit.blocks import A_MENU, Block, options, plain, section
from commands.kit.errors import Refusal
from commands.kit.meetings import today
from commands.kit.people import agencies_by_id, holders
from commands.kit.sealing import seal_of, sealing_of
from commands.kit.turn import Turn
from panel import refs
from panel.codes import Role, SealReason
from storage.tables import Case, Fingerprint, Referral, Seal

WORKS_HERE = "referrals.works_here"
BLOCK = "works_here"


class NobodyToRead(Refusal):
    """Chair, deputy chair and coordinator are all of an agency that is chosen below. Telephone another agency's senior
    lead, who finds a chair from outside; then refer it."""


def asks(turn: Turn) -> list[Block]:
    """The menu above the last question; it belongs to the one before."""
    agencies = [(str(key), each.code) for key, each in agencies_by_id(turn.work, turn.panel.id).items()][:A_MENU]
    if not agencies:
        return []
    menu = {
        "type": "multi_static_select", "action_id": WORKS_HERE, "placeholder": plain("None"),
        "options": options(agencies),
    }  # fmt: skip
    return [section(turn.say("referrals/works_here"), menu) | {"block_id": BLOCK}]


def chosen(turn: Turn) -> frozenset[int]:
    """The agencies (by id) that somebody in the case works for; ids of elsewhere are nobody's."""
    state = ((turn.request.view or {}).get("state") or {}).get("values", {}).get(BLOCK, {}).get(WORKS_HERE) or {}
    told = {option["value"] for option in state.get("selected_options") or ()}
    return frozenset(key for key in agencies_by_id(turn.work, turn.panel.id) if key is not None and str(key) in told)


def seal(turn: Turn, referral: Referral, out: frozenset[int]) -> Seal:
    """For whoever triages it, and for who sent it unless they are of such an agency. Raises NobodyToRead."""
    shut = of_agencies(turn, out)
    return put_seal(
        turn, _first(turn, shut) | ({turn.user} - shut), out, SealReason.SUBJECT_WORKS_HERE, referral_id=referral.id
    )


def _first(turn: Turn, shut: frozenset[str]) -> frozenset[str]:
    """Who triages it: the chair, else the deputy chair, else the coordinator."""
    assert turn.panel.id is not None
    for role in (Role.CHAIR, Role.DEPUTY_CHAIR, Role.COORDINATOR):
        able = frozenset(holders(turn.work, turn.panel.id, [role])) - shut
        if able:
            return able
    raise NobodyToRead(field="conflict")


def readers(turn: Turn, referral: Referral) -> frozenset[str] | None:
    """Who may know of a referral; None for one that is not sealed."""
    found = seal_of(turn.work, referral_id=referral.id)
    return sealing_of(turn.work, found).named if found is not None and found.lifted_at is None else None


def next_referral(turn: Turn, *, sealed: bool) -> str:
    """The next reference of a referral."""
    with turn.work.everything():
        taken = [row.ref for row in turn.work.rows(Referral, panel_id=turn.panel.id)]
    year = today(turn.panel, turn.work.now).year
    if sealed:
        return refs.sealed_referral(turn.panel.code, year, _free(refs.parse_referral(ref).serial for ref in taken))
    return refs.next_referral(turn.panel.code, year, taken)


def next_case(turn: Turn, *, sealed: bool) -> tuple[str, str]:
    """The next references of a case and of its subject."""
    with turn.work.everything():
        cases = turn.work.rows(Case, panel_id=turn.panel.id)
        taken, subjects = [case.ref for case in cases], [case.subject_ref for case in cases]
    year = today(turn.panel, turn.work.now).year
    if sealed:
        ref = refs.sealed_case(turn.panel.code, year, _free(refs.parse_case(ref).serial for ref in taken))
    else:
        ref = refs.next_case(turn.panel.code, year, taken)
    return ref, refs.propose_subject(ref, subjects)


def _free(taken: Iterable[int]) -> int:
    """Not the next one: a row would say how many there are."""
    found: int = secrets.choice(sorted({*range(refs.SEALED_FROM, refs.LAST + 1)} - {*taken}))
    return found


def tell_of_match(turn: Turn, referral: Referral) -> None:
    """Whoever is named on a sealed case or referral learns that this one has its identifiers; its sender does not."""
    digests = [each.digest for each in turn.work.rows(Fingerprint, referral_id=referral.id)]
    with turn.work.everything():
        same = turn.work.rows(Fingerprint, panel_id=turn.panel.id, digest=digests) if digests else []
        rows = turn.work.rows(Referral, id=sorted({each.referral_id for each in same} - {referral.id or 0}))
        for row in rows:
            found = seal_of(turn.work, referral_id=row.id) or seal_of(turn.work, case_id=row.case_id)
            if found is None or found.lifted_at is not None:
                continue
            for user in sorted(sealing_of(turn.work, found).named - {turn.user}):
                turn.work.owe(
                    f"sealed_match:{found.id}:{referral.id}:{user}", "referrals.sealed_match", user,
                    panel_id=turn.panel.id, about={"seal": found.id, "referral": referral.id},
                )  # fmt: skip
