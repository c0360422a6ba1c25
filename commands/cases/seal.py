"""Sealing a case: from now on it is there for those named alone, and chaired by somebody who is no part of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import col

from commands.cases.edit import editable
from commands.cases.hub import back_to_case
from commands.kit.answers import Answer, Show, Tell
from commands.kit.blocks import label, section
from commands.kit.errors import ChangedMeanwhile, Refusal
from commands.kit.fields import Many, One, Who
from commands.kit.forms import Form, WrongAnswers, ask
from commands.kit.people import agencies_by_id, seats_of, thing_of
from commands.kit.sealing import seal_of
from commands.kit.turn import Turn
from panel.access import Verb
from panel.codes import Role, SealReason
from storage.tables import Case, Meeting, Request, Seal, SealedReader, Seat

CHAIRS = (Role.CHAIR, Role.DEPUTY_CHAIR)
LEFT_OUT = "left_out"


class SealedAlready(Refusal):
    """This case is sealed already. Open it again to see its list."""


@dataclass
class SealCase(Form):
    """Why, against whom, for whom, and who chairs it."""

    name = "cases.seal"
    title = "Seal this case"
    submit = "Seal it"
    reason: str = ask(One("Why is it sealed?", choices=[(code.value, code.label) for code in SealReason]))
    out: list[str] | None = ask(
        Many("Which agency is kept out?", "Nobody of it can be named, now or later.", optional=True), None
    )
    named: list[str] = ask(
        Many("Who may know of it?", "As few as can prepare it: who does nothing on it need not know.", optional=True)
    )
    chair: str | None = ask(
        Who("A chair from outside, for this case alone", "Where the chair's own agency is kept out.", optional=True)
    )


def open_form(turn: Turn) -> Answer:
    """The form. Raises SealedAlready."""
    case = _to_seal(turn)
    turn.audit("opened", f"case:{case.id}", case_id=case.id, section="seal")
    agencies = [(str(key), each.code) for key, each in agencies_by_id(turn.work, turn.panel.id).items()]
    drawn = SealCase.draw(
        turn.about.but(version=case.version, page=None), before=[section(turn.say("cases/seal"))],
        choices={"out": agencies, "named": people(turn)}, without=() if agencies else ("out",),
    )  # fmt: skip
    return Show(drawn)


def save(turn: Turn, form: SealCase) -> Answer:
    """Sealed, at once; whoever is named is told. Raises SealedAlready, ChangedMeanwhile."""
    case = _to_seal(turn)
    if turn.about.version != case.version:
        raise ChangedMeanwhile
    out = frozenset(int(key) for key in form.out or ())
    named = _named(turn, form, out)
    case.version += 1
    seal = put_seal(turn, named, out, SealReason(form.reason), case=case, chair=form.chair)
    _leave_out(turn, seal, case)
    turn.work.see_as(turn.user)
    if turn.work.look(Case, case.id) is None:
        return Tell(turn.say("cases/sealed_to_you"))
    return back_to_case(turn, case)


def people(turn: Turn) -> list[tuple[str, str]]:
    """Everybody with a part on the panel, by their parts: never by name."""
    agencies = agencies_by_id(turn.work, turn.panel.id)
    found: dict[str, list[str]] = {}
    for seat in seats_of(turn.work, turn.panel.id):
        code = f"{agencies[seat.agency_id].code} · " if seat.agency_id else ""
        found.setdefault(seat.user_id or "", []).append(f"{code}{Role(seat.role).label}")
    return [(user, label("; ".join(parts))) for user, parts in found.items()]


def of_agencies(turn: Turn, agencies: Iterable[int]) -> frozenset[str]:
    """Everybody who has a part for one of these agencies."""
    wanted = {*agencies}
    return frozenset(seat.user_id for seat in seats_of(turn.work, turn.panel.id) if seat.agency_id in wanted)  # type: ignore[misc]


def put_seal(
    turn: Turn, named: frozenset[str], out: frozenset[int], reason: SealReason, *, case: Case | None = None,
    referral_id: int | None = None, chair: str | None = None,
) -> Seal:  # fmt: skip
    """Seal a case or a referral for these users, and owe each of the others a word."""
    assert turn.panel.id is not None
    key = case.id if case else None
    seal = seal_of(turn.work, case_id=key, referral_id=referral_id)
    if seal is None:
        row = Seal(panel_id=turn.panel.id, case_id=key, referral_id=referral_id, by_user=turn.user, at=turn.work.now)
        seal = turn.work.add(row)
    seal.by_user, seal.at, seal.lifted_at = turn.user, turn.work.now, None
    seal.details = {"reason": reason.value, "agencies": sorted(out)}
    seal.version += 1
    for user in sorted(named | ({chair} if chair else set())):
        put_reader(turn, seal, user, chairs=user == chair)
    turn.audit("sealed", f"seal:{seal.id}", case_id=key, named=len(named), reason=reason.value)
    return seal


def put_reader(turn: Turn, seal: Seal, user: str, *, chairs: bool = False) -> SealedReader:
    """Name somebody, and tell them unless it is themselves."""
    assert seal.id is not None
    row = turn.work.first(SealedReader, SealedReader.seal_id == seal.id, SealedReader.user_id == user)
    if row is None:
        made = SealedReader(seal_id=seal.id, user_id=user, by_user=turn.user, since=turn.work.now)
        row = turn.work.add(made)
    row.by_user, row.since, row.until, row.chairs = turn.user, turn.work.now, None, chairs
    turn.work.session.flush()
    turn.audit("named", f"seal:{seal.id}", case_id=seal.case_id, user=user, chairs="yes" if chairs else None)
    if user != turn.user:
        turn.work.owe(
            f"sealed:{seal.id}:{user}:{turn.work.now.isoformat()}", "cases.sealed", user, panel_id=turn.panel.id,
            about={"seal": seal.id},
        )  # fmt: skip
    return row


def _to_seal(turn: Turn) -> Case:
    case = editable(turn)
    turn.need(Verb.SEAL_CASE, thing_of(turn.work, case))
    seal = seal_of(turn.work, case_id=case.id)
    if seal is not None and seal.lifted_at is None:
        raise SealedAlready
    return case


def _named(turn: Turn, form: SealCase, out: frozenset[int]) -> frozenset[str]:
    """Who is named: whoever seals it with them, unless they are of an agency that is kept out. Raises WrongAnswers."""
    seated, shut = {user for user, _ in people(turn)}, of_agencies(turn, out)
    named = frozenset(form.named) & seated
    wrong: dict[str, str] = {}
    if named & shut:
        wrong["named"] = "Somebody chosen here is of an agency that is kept out."
    if form.chair in shut:
        wrong["chair"] = "This person is of an agency that is kept out."
    named |= {turn.user} - shut
    if form.chair is None and not any(seat.user_id in named for seat in _chairs(turn)):
        wrong["named"] = wrong.get("named") or "Nobody chosen here chairs: choose a chair, or pick one from outside."
    if wrong:
        raise WrongAnswers(wrong)
    return named


def _chairs(turn: Turn) -> list[Seat]:
    return [seat for seat in seats_of(turn.work, turn.panel.id) if seat.role in CHAIRS]


def _leave_out(turn: Turn, seal: Seal, case: Case) -> None:
    """Agencies of whom nobody is named are asked no more, and told nothing of why."""
    able = {seat.agency_id for seat in seats_of(turn.work, turn.panel.id) if seat.user_id in _on_list(turn, seal)}
    rows = [row for row in still_asked(turn, case) if row.status == "asked" and row.agency_id not in able]
    for row in rows:
        row.status = LEFT_OUT
    seal.details = {**(seal.details or {}), "requests": [row.id for row in rows]}


def still_asked(turn: Turn, case: Case) -> list[Request]:
    """What agencies were asked about the case for meetings whose record is open."""
    open_ones = turn.work.find(Meeting, Meeting.panel_id == turn.panel.id, col(Meeting.record_closed_at).is_(None))
    meetings = [meeting.id for meeting in open_ones]
    return list(turn.work.find(Request, Request.case_id == case.id, col(Request.meeting_id).in_(meetings)))


def ask_again(turn: Turn, seal: Seal, agencies: Mapping[int | None, object] | None = None) -> None:
    """What was left out because of the seal is asked again: of these agencies, or of all where it was lifted."""
    details = dict(seal.details or {})
    kept = [turn.work.get(Request, key) for key in details.get("requests") or ()]
    for row in kept:
        if row.status == LEFT_OUT and (agencies is None or row.agency_id in agencies):
            row.status = "asked"
    seal.details = details | {"requests": [row.id for row in kept if row.status == LEFT_OUT]}


def _on_list(turn: Turn, seal: Seal) -> frozenset[str]:
    rows = turn.work.rows(SealedReader, seal_id=seal.id, until=None)
    return frozenset(row.user_id for row in rows)
