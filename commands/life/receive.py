"""A case that another panel offers: opened, accepted as a new case with its history, or refused with a reason."""

from __future__ import annotations

from dataclasses import dataclass

from commands.kit.about import About
from commands.kit.alerts import alerted
from commands.kit.answers import Answer, Replace, Show, Tell
from commands.kit.blocks import Block, actions, button, context, header, paragraphs, section, sections
from commands.kit.errors import ChangedMeanwhile, NoSuchThing, Refusal
from commands.kit.fields import Text
from commands.kit.forms import Form, ask
from commands.kit.life import record, set_review
from commands.kit.meetings import today
from commands.kit.people import recused_on, seats_of
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.life.pack import pictured, unpacked
from commands.life.pack_view import known_of
from commands.life.transfer import OPEN, answer, gone
from panel import refs
from panel.access import Thing, Verb
from panel.codes import CaseStatus, Role
from panel.codes.life import MoveReason, TransferStatus
from storage.tables import Case, Conflict, Panel, Transfer

T = TransferStatus
LINK = "I have a personal link"


class Settled(Refusal):
    """This offer was answered, or taken back by the other panel. Close this; nothing was changed."""


class Taken(Refusal):
    """There is a case with this reference here. Choose another number."""


class NotOurs(Refusal):
    """References of this panel begin with {prefix}."""


@dataclass
class Accept(Form):
    """Under which references it goes on here."""

    name = "life.accept"
    title = "Accept the case"
    submit = "Accept"
    case_ref: str = ask(Text("Case reference here", "Proposed; change it if your books say otherwise.", limit=12))
    subject_ref: str = ask(Text("Subject reference here", "As K-041.", limit=6))

    def check(self) -> dict[str, str]:
        """References look as they should."""
        patterns = {"case_ref": (refs.CASE, "MSP-26-0041"), "subject_ref": (refs.SUBJECT, "K-041")}
        return {
            name: f"Write it as {example}."
            for name, (pattern, example) in patterns.items()
            if not pattern.fullmatch(getattr(self, name))
        }


@dataclass
class Refuse(Form):
    """Why not."""

    name = "life.refuse"
    title = "Refuse the case"
    submit = "Refuse"
    why: str = ask(Text("Why?", "The other panel reads it. No names, addresses or numbers.", lines=True, limit=1_000))


def show(turn: Turn) -> Answer:
    """The pack; opening it acknowledges the offer."""
    transfer = _offered(turn)
    if transfer.status == T.OFFERED:
        answer(turn, transfer, T.ACKNOWLEDGED)
        _tell(turn, transfer)
    return Show(_view(turn, transfer))


def turn_page(turn: Turn) -> Answer:
    """Another page of it."""
    return Replace(_view(turn, _offered(turn)))


def open_accept(turn: Turn) -> Answer:
    """The references, proposed as at triage."""
    transfer = _offered(turn)
    cases = turn.work.rows(Case, panel_id=turn.panel.id)
    ref = refs.next_case(turn.panel.code, today(turn.panel, turn.work.now).year, [case.ref for case in cases])
    subject = refs.propose_subject(ref, [case.subject_ref for case in cases])
    return Show(Accept.draw(_about(turn, transfer), initial={"case_ref": ref, "subject_ref": subject}))


def accept(turn: Turn, form: Accept) -> Answer:
    """A new case with the history of the old one; the old one has gone from the other panel."""
    transfer = _current(turn)
    _check_free(turn, form)
    there = turn.work.get(Case, transfer.case_id)
    gone(turn, there)
    pack = transfer.pack or {}
    assert turn.panel.id is not None
    case = turn.work.add(
        Case(
            panel_id=turn.panel.id, ref=form.case_ref, subject_ref=form.subject_ref, status=CaseStatus.ACCEPTED_WAITING,
            routes=pack["routes"], opened_at=turn.work.now,
        )
    )  # fmt: skip
    case.picture = pictured(turn.work, case, pack)
    unpacked(turn.work, case, pack, turn.user)
    _stays_closed(turn, there, case)
    record(
        turn.work, case, CaseStatus.IN_TRIAGE, by=turn.user, reason=MoveReason.CAME_FROM_ELSEWHERE,
        details={"from": pack["ref"], "history": pack["history"]},
    )  # fmt: skip
    set_review(turn.work, turn.panel, case)
    transfer.new_case_id = case.id
    answer(turn, transfer, T.ACCEPTED)
    _tell(turn, transfer)
    return Tell(turn.say("life/accepted", case=case))


def open_refuse(turn: Turn) -> Answer:
    """The form."""
    return Show(Refuse.draw(_about(turn, _offered(turn))))


def refuse(turn: Turn, form: Refuse) -> Answer:
    """It stays with the other panel, which reads why."""
    transfer = _current(turn)
    transfer.pack = {**(transfer.pack or {}), "refused": form.why}
    answer(turn, transfer, T.REFUSED)
    _tell(turn, transfer)
    return Tell(turn.say("life/refused"))


def _about(turn: Turn, transfer: Transfer) -> About:
    return About(panel=turn.panel.id, row=transfer.id, version=transfer.version)


def _offered(turn: Turn) -> Transfer:
    """The offer to this panel that is still open; the look is audited here and there."""
    turn.need(Verb.HAND_OVER_CASE, Thing())
    transfer = turn.work.get(Transfer, turn.about.row)
    if transfer.to_panel_id != turn.panel.id:
        raise NoSuchThing
    there = turn.work.get(Case, transfer.case_id)
    turn.need(Verb.HAND_OVER_CASE, Thing(recused=recused_on(turn.work, transfer.case_id)))
    if transfer.status not in OPEN:
        raise Settled
    turn.audit("opened", f"transfer:{transfer.id}")
    turn.work.audit(
        "opened", f"transfer:{transfer.id}", by=turn.user, surface=turn.request.surface, panel_id=there.panel_id,
        case_id=there.id,
    )  # fmt: skip
    return transfer


def _current(turn: Turn) -> Transfer:
    transfer = _offered(turn)
    if turn.about.version != transfer.version:
        raise ChangedMeanwhile
    return transfer


def _check_free(turn: Turn, form: Accept) -> None:
    if refs.parse_case(form.case_ref).prefix != turn.panel.code:
        raise NotOurs(field="case_ref", prefix=turn.panel.code)
    if turn.work.rows(Case, panel_id=turn.panel.id, ref=form.case_ref):
        raise Taken(field="case_ref")
    if turn.work.rows(Case, panel_id=turn.panel.id, subject_ref=form.subject_ref):
        raise Taken(field="subject_ref")


def _stays_closed(turn: Turn, there: Case, here: Case) -> None:
    """Whoever it was closed to over there, and sits here too, does not read it here either."""
    assert here.id is not None
    seated = {seat.user_id for seat in seats_of(turn.work, turn.panel.id)}
    for user in sorted(recused_on(turn.work, there.id or 0) & seated):
        turn.work.add(Conflict(case_id=here.id, user_id=user, declared_at=turn.work.now))


def _tell(turn: Turn, transfer: Transfer) -> None:
    """The panel it came from, by reference."""
    case = turn.work.get(Case, transfer.case_id)
    for to in alerted(turn.work, case.panel_id, Role.COORDINATOR, case_id=case.id):
        turn.work.owe(f"transfer:{transfer.id}:{transfer.status}:{to}", "life.transfer_answered", to,
                      panel_id=case.panel_id, about={"transfer": transfer.id})  # fmt: skip


def _view(turn: Turn, transfer: Transfer) -> Block:
    pack = transfer.pack or {}
    about = _about(turn, transfer)
    from_panel = turn.work.get(Panel, turn.work.get(Case, transfer.case_id).panel_id)
    top: list[Block] = [
        header(f"{pack['ref']} · {pack['subject']}"),
        *sections(turn.say("life/pack", pack=pack, panel=from_panel)),
        *(paragraphs(transfer.note, "*First of all*\n") if transfer.note else []),
    ]
    items = [[section(f"*{each['from']}*, {each['on']}"), *paragraphs(each["body"])] for each in pack["items"]]
    answers: list[Block] = [
        context(turn.say("life/pack_kept")),
        actions(
            button("Accept", "life.transfer.accept", about, style="primary"),
            button("Refuse", "life.transfer.refuse", about),
            button(LINK, "life.transfer.link", about, ask="This case is closed to you from this moment."),
        ),
    ]
    parts = [top, *known_of(pack), *items, answers]
    return paged("A case is offered", parts, about.but(page=turn.about.page), "life.transfer.turn", name="life.pack")
