"""The moves of the model, made with the product's own listeners in a database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import select

from commands.actions import again, deciding, doing, ending, hand_over, snooze
from commands.actions.moving import found, may_or_refuse
from commands.actions.verdict import Answers, give
from commands.kit.about import About
from commands.kit.errors import Refusal
from commands.kit.forms import WrongAnswers
from commands.kit.people import person_on
from commands.kit.turn import Request, Turn
from commands.kit.words import Words
from panel.access import Verb
from panel.codes import ActionStatus, SafetyStatus
from storage.tables import Action, ActionMove, Case, Notice, Panel
from storage.work import Store, UnitOfWork
from tests.actions_machine.model import CHAIR, DEPUTY, OFFICE, OTHER, REP, SERVICE, STRANGER, Model
from tests.commands import owed
from tests.commands.owed import at, user

NOW = at("2026-10-14T12:00:00+01:00")
WHO = {
    REP: user("R.Y."), DEPUTY: user("K.U."), OTHER: user("J.Q."), OFFICE: user("Z.O."), CHAIR: user("V.X."),
    SERVICE: user("I.K."), STRANGER: "UNOBODY",
}  # fmt: skip
ROLE = {told: role for role, told in WHO.items()}
KINDS = {False: "P17", True: "B07"}  # without a check, and with one that is required


class Bare:
    """What a listener asks of the service here: sentences."""

    words = Words()
    case_changes = ()


def _check(turn: Turn, verdict: SafetyStatus) -> None:
    action = found(turn)
    may_or_refuse(turn, action, Verb.CHECK_SAFETY)
    give(turn, action, [], Answers({"": verdict}, None, None, "why"))


def _hand(turn: Turn, doer: str | None) -> object:
    return hand_over.save(turn, hand_over.HandOver(doer=doer, reason="why"))


PLAYS: dict[str, Callable[[Turn], object]] = {
    "agree": deciding.agree,
    "start": deciding.start,
    "approve": lambda turn: _check(turn, SafetyStatus.APPROVED),
    "hold": lambda turn: _check(turn, SafetyStatus.BLOCKED),
    "acknowledge": doing.acknowledge,
    "progress": lambda turn: doing.progress(turn, doing.Progress(note="half")),
    "report": lambda turn: doing.done(turn, doing.Done(outcome="done_effective", note=None, evidence=None)),
    "report_declined": lambda turn: doing.done(
        turn, doing.Done(outcome="declined_by_victim", note=None, evidence=None)
    ),
    "confirm": deciding.confirm,
    "query": lambda turn: deciding.query(turn, deciding.Query(question="when?")),
    "ask": lambda turn: doing.time(turn, doing.MoreTimePlease(until=_later(turn), reason="why")),
    "give": deciding.give_time,
    "keep_date": lambda turn: deciding.refuse(turn, deciding.KeepDate(reason="why")),
    "to_deputy": lambda turn: _hand(turn, WHO[DEPUTY]),
    "to_rep": lambda turn: _hand(turn, None),
    "not_mine": doing.not_mine,
    "say": lambda turn: ending.end(turn, ending.End(reason="why")),
    "agree_end": ending.agree_end,
    "keep_on": lambda turn: ending.end(turn, ending.End(reason="why")),
    "not_done": lambda turn: deciding.not_done(turn, deciding.NotDone(outcome="not_done_resource", note=None)),
    "supersede": lambda turn: ending.end(turn, ending.End(reason="why")),
    "cancel": lambda turn: ending.end(turn, ending.End(reason="why")),
    "reopen": lambda turn: again.save(turn, again.Reopen(reason="why", due=None)),
    "restore": lambda turn: again.save(turn, again.Reopen(reason="why", due=None)),
    "snooze": lambda turn: snooze.save(turn, snooze.PutOff(until=date(2026, 10, 15))),
}
CODES = {"say": "not_possible", "keep_on": "keep_on", "supersede": "supersede", "cancel": "cancel"} | {
    "reopen": "reopen", "restore": "restore",
}  # fmt: skip


def _later(turn: Turn) -> date:
    due = turn.work.get(Action, turn.about.action).due
    return date.fromordinal(due.toordinal() + 1)


@dataclass(frozen=True)
class Came:
    """What a move came to: whether it was refused, and who was told what."""

    refused: bool
    told: frozenset[tuple[str, str]]


class Played:
    """One action in the database."""

    def __init__(self, store: Store, model: Model) -> None:
        self.store = store
        with store.work(NOW) as work:
            number = work.session.exec(select(func.count()).select_from(Case)).one() + 1
            made = owed.action(
                work, owed.case(work, number), "POL", "2026-10-21", status="proposed", code=KINDS[model.checked],
                agreed_at=None, version=model.version,
            )  # fmt: skip
            assert made.id is not None
            self.id = made.id

    def move(self, what: str, who: str, version: int) -> Came:
        """Somebody makes a move in a view that was drawn from this version."""
        try:
            with self.store.work(NOW) as work:
                PLAYS[what](self._turn(work, what, who, version))
                work.session.flush()
                told = {self._said(each.about["what"], each.to) for each in work.owed if each.kind == "actions.told"}
            return Came(refused=False, told=frozenset(told))
        except (Refusal, WrongAnswers):
            return Came(refused=True, told=frozenset())

    def stands(self) -> dict[str, object]:
        """The row, in the model's words, and how much there is of its history and of what was owed for it."""
        with self.store.read(NOW) as work:
            row = work.get(Action, self.id)
            moves = len(work.rows(ActionMove, action_id=self.id))
            owes = work.session.exec(select(func.count()).select_from(Notice)).one()
            return {
                "status": str(ActionStatus(row.status)), "safety": row.safety, "slips": row.slips,
                "snoozes": row.snoozes, "doer": ROLE.get(row.assignee or ""),
                "reporter": ROLE.get(row.reported_by or ""), "version": row.version, "moves": moves, "owes": owes,
            }  # fmt: skip

    def _turn(self, work: UnitOfWork, what: str, who: str, version: int) -> Turn:
        panel = work.get(Panel, 1)
        case = work.get(Action, self.id).case_id
        about = About(panel=1, case=case, action=self.id, version=version, code=CODES.get(what))
        ask = Request("modal", "", panel.team_id, WHO[who], None, about)
        return Turn(Bare(), ask, work, panel, person_on(work, panel, WHO[who]))  # type: ignore[arg-type]

    @staticmethod
    def _said(what: str, to: str) -> tuple[str, str]:
        return what, ROLE[to]
