"""Handing a case over to another panel: here, or elsewhere by the secure route. It is ours until they accept it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col

from commands.cases.edit import begin, finish, resume
from commands.kit.about import About
from commands.kit.alerts import alerted
from commands.kit.answers import Answer, Show
from commands.kit.blocks import Block, button, label, section
from commands.kit.errors import ChangedMeanwhile, Refusal
from commands.kit.fields import One, Text, Tick
from commands.kit.forms import Form, ask
from commands.kit.life import move
from commands.kit.meetings import today
from commands.kit.people import thing_of
from commands.kit.text import count, escape, weekday
from commands.kit.turn import Turn
from commands.life.ending import unfinished
from commands.life.off_lists import forget
from commands.life.pack import packed
from panel.access import Verb
from panel.codes import CaseStatus, Decision, Role
from panel.codes.life import MoveReason, TransferStatus
from panel.life import ENDED
from storage.tables import Case, Listing, Panel, Transfer
from storage.work import UnitOfWork

T = TransferStatus
ELSEWHERE = "elsewhere"
OPEN = (T.OFFERED, T.ACKNOWLEDGED)
OFFERED = "life.offered"
HANDING_OVER = "I03"  # the action to hand over ends once that is done, and holds nothing up


class OpenActions(Refusal):
    """{actions} on this case. No case leaves over open actions: end each first, or hand it into its agency's own
    plan."""


class Offered(Refusal):
    """This case is offered to another panel already. It is answered, or taken back, before it is offered again."""


@dataclass
class HandOver(Form):
    """To whom, and what goes with it."""

    name = "life.transfer"
    title = "Hand the case over"
    submit = "Offer it"
    to: str = ask(One("To which panel?", "The case stays yours until it is accepted there."))
    area: str | None = ask(
        Text(
            "Elsewhere: which panel, in which area?",
            "A town or county. Never an address.",
            True,
            limit=100,
            narrative=True,
        )
    )
    route: str | None = ask(
        Text("Elsewhere: how does it get there?", "A reference of your secure route.", optional=True, limit=100)
    )
    areas: bool = ask(
        Tick("Where victims live", "The most dangerous fact there is.", True, "It is needed there, and goes too"), False
    )
    note: str | None = ask(
        Text("What should they know first?", "Gaps, and who rings whom. No names, addresses or numbers.",
             optional=True, lines=True, limit=1_000)
    )  # fmt: skip

    def check(self) -> dict[str, str]:
        """A panel elsewhere has an area, and a way there."""
        if self.to != ELSEWHERE:
            return {}
        needed = {"area": self.area, "route": self.route}
        return {name: "Give this for a panel elsewhere." for name, value in needed.items() if not value}


@dataclass
class Answered(Form):
    """What the other panel said, or that the offer is taken back."""

    name = "life.transfer_answer"
    title = "The other panel"
    status: str = ask(One("What is the answer?"))


def open_form(turn: Turn) -> Answer:
    """The form, with the other panels of this workspace."""
    case = begin(turn, "transfer")
    _may(turn, case)
    _check_free(turn, case)
    chosen = [(str(each.id), label(f"{each.code} · {each.name}")) for each in _panels(turn)]
    return Show(
        HandOver.draw(turn.about.but(version=case.version), choices={"to": [*chosen, (ELSEWHERE, "A panel elsewhere")]})
    )


def save(turn: Turn, form: HandOver) -> Answer:
    """Pack it and offer it; the receiving coordinator is told by reference."""
    case = resume(turn)
    _may(turn, case)
    _check_free(turn, case)
    there = next((each for each in _panels(turn) if str(each.id) == form.to), None)
    assert case.id is not None
    transfer = turn.work.add(
        Transfer(
            case_id=case.id, to_panel_id=there.id if there else None, area=form.area, status=T.OFFERED,
            pack={**packed(turn, case, areas=form.areas), "route": form.route}, by_user=turn.user, at=turn.work.now,
            note=form.note,
        )
    )  # fmt: skip
    turn.audit("offered", f"transfer:{transfer.id}", case_id=case.id, to=form.to, areas=form.areas)
    tell_offered(turn.work, transfer)
    return finish(turn, case, "transfer")


def tell_offered(work: UnitOfWork, transfer: Transfer) -> None:
    """Whoever coordinates the other panel, or stands in; never somebody to whom the case is closed."""
    there = transfer.to_panel_id
    for to in alerted(work, there, Role.COORDINATOR, case_id=transfer.case_id) if there is not None else ():
        work.owe(f"offered:{transfer.id}:{to}", OFFERED, to, panel_id=there, about={"transfer": transfer.id})


def open_answer(turn: Turn) -> Answer:
    """The form: of a panel here only the offer can be taken back, it answers itself."""
    transfer, case = _mine(turn)
    begin(turn, "transfer")
    answers = (T.WITHDRAWN,) if transfer.to_panel_id else (T.ACKNOWLEDGED, T.ACCEPTED, T.REFUSED, T.WITHDRAWN)
    offered = [(each, each.label) for each in answers if each != transfer.status]
    about = About(panel=turn.panel.id, case=case.id, row=transfer.id, version=transfer.version)
    return Show(Answered.draw(about, choices={"status": offered}))


def save_answer(turn: Turn, form: Answered) -> Answer:
    """Keep it; once accepted, the case has gone."""
    transfer, case = _mine(turn)
    if turn.about.version != transfer.version:
        raise ChangedMeanwhile
    answer(turn, transfer, T(form.status))
    if transfer.status == T.ACCEPTED:
        gone(turn, case)
    return finish(turn, case, "transfer")


def answer(turn: Turn, transfer: Transfer, status: TransferStatus) -> None:
    """What became of an offer, by whom and when."""
    transfer.status = status
    transfer.answered_by, transfer.answered_at = turn.user, turn.work.now
    transfer.version += 1
    turn.audit("transfer_answered", f"transfer:{transfer.id}", status=str(status))


def gone(turn: Turn, case: Case) -> None:
    """Accepted over there: it is off our lists. Raises OpenActions, IllegalMove."""
    actions = [each for each in unfinished(turn.work, case) if each.code != HANDING_OVER]
    if actions:
        raise OpenActions(actions=count(len(actions), "open action"))
    move(
        turn.work, case, CaseStatus.TRANSFERRED_OUT, by=turn.user, reason=MoveReason.TRANSFER_ACCEPTED,
        surface=turn.request.surface,
    )  # fmt: skip
    forget(turn.work, case)


def rows(turn: Turn, case: Case, about: About) -> list[Block]:
    """For the record: each offer, what became of it, and a button while it is open."""
    found = []
    for row in turn.work.rows(Transfer, case_id=case.id):
        there = turn.work.look(Panel, row.to_panel_id)
        to = there.code if there else row.area or "elsewhere"
        line = f"{T(row.status).label}: {escape(to)}, {weekday(today(turn.panel, row.answered_at or row.at))}"
        why = (row.pack or {}).get("refused")
        line += f"\n{escape(why)}" if why else ""
        ask_more = button("Answer", "life.transfer.answer", about.but(row=row.id)) if row.status in OPEN else None
        found.append(section(line, ask_more))
    return found


def decided(turn: Turn, case: Case) -> bool:
    """Whether the last decision of a panel was that it goes to another area, and nobody has offered it since."""
    heard = [row for row in turn.work.rows(Listing, case_id=case.id) if row.decision and row.decided_at]
    last = max(heard, key=lambda row: row.decided_at or turn.work.now, default=None)
    if last is None or last.decision != Decision.TRANSFER_OUT or case.status in ENDED:
        return False
    return all(row.at < (last.decided_at or row.at) for row in turn.work.rows(Transfer, case_id=case.id))


def open_ones(work: UnitOfWork, case: Case) -> Sequence[Transfer]:
    """The offers of a case that nobody has answered."""
    return work.find(Transfer, Transfer.case_id == case.id, col(Transfer.status).in_(OPEN))


def _may(turn: Turn, case: Case) -> None:
    turn.need(Verb.HAND_OVER_CASE, thing_of(turn.work, case))


def _check_free(turn: Turn, case: Case) -> None:
    if open_ones(turn.work, case):
        raise Offered


def _panels(turn: Turn) -> list[Panel]:
    """The other panels of this workspace."""
    every = turn.work.rows(Panel, team_id=turn.panel.team_id, enterprise_id=turn.panel.enterprise_id)
    return [each for each in every if each.id != turn.panel.id]


def _mine(turn: Turn) -> tuple[Transfer, Case]:
    transfer = turn.work.get(Transfer, turn.about.row)
    case = turn.case(transfer.case_id)
    _may(turn, case)
    if transfer.status not in OPEN:
        raise ChangedMeanwhile
    return transfer, case
