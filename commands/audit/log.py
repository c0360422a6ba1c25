"""/panel audit: who read, changed, took out or was refused what, when, why and where; newest first, in pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext

from sqlmodel import col, func, select

from commands.audit.wanted import Wanted, agency_of, case_of, conditions, seat_of
from commands.audit.words import in_words
from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button, section, sections
from commands.kit.named import named
from commands.kit.text import escape, weekday
from commands.kit.turn import Turn
from commands.kit.views import leaves, modal, turns
from panel.access import Thing, Verb
from panel.codes import Role
from storage.audit import SEALED
from storage.sealed import HIDDEN, Hidden
from storage.tables import AuditRow, Case

VIEW = "audit.log"
A_PAGE = 20  # rows


def open_log(turn: Turn) -> Answer:
    """For the information-governance lead, coordinator and chair."""
    return Show(view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page of it."""
    return Replace(view(turn))


def view(turn: Turn, wanted: Wanted | None = None) -> Block:
    """A page of the rows that are wanted. What comes in after it was opened moves none of them."""
    turn.need(Verb.SEE_AUDIT, Thing())
    wanted = wanted or Wanted.of(turn.about)
    which = conditions(turn, wanted)
    with _sealed_too(turn) as hidden:
        newest = turn.about.since or _newest(turn)
        which.append(col(AuditRow.seq) <= newest)
        total = turn.work.session.exec(select(func.count()).select_from(AuditRow).where(*which)).one()
        number, many = leaves(total, turn.about.page or 0, A_PAGE)
        rows = [_covered(row) if hidden.has(row.case_id, row.thing) else row for row in _rows(turn, which, number)]
    turn.audit("read", "audit log", case_id=wanted.case, rows=len(rows), kind=wanted.kind or "all")
    about = wanted.about(turn.panel.id).but(since=newest)
    everything = About(panel=turn.panel.id)
    top = sections(turn.say("audit/log", total=total, narrowed=narrowed(turn, wanted)))
    row = [button("Look for", "audit.find", about), button("All of it", f"{VIEW}.all", everything)]
    top.append(actions(*row, button("Review an alert", "audit.review", everything)))
    refs = {case.id: case.ref for case in named(turn.work, turn.panel, col(Case.id).in_({row.case_id for row in rows}))}
    told = [section(in_words(row, refs, turn.panel.timezone)) for row in rows]
    return modal("Audit log", [*top, *told, *turns(about, number, many, VIEW)], about.but(page=number), name=VIEW)


def narrowed(turn: Turn, wanted: Wanted) -> str:
    """In words, what the rows are narrowed to; escaped."""
    said = []
    if wanted.case is not None:
        said.append(f"case {case_of(turn, wanted.case).ref}")
    if wanted.seat is not None:
        said.append(f"<@{seat_of(turn, wanted.seat).user_id}>")
    if wanted.agency is not None:
        said.append(f"people of {escape(agency_of(turn, wanted.agency).code)}")
    if wanted.kind is not None:
        said.append(wanted.kind.label.lower())
    said += [f"{word} {weekday(day)}" for word, day in (("from", wanted.first), ("up to", wanted.last)) if day]
    return ", ".join(said)


@contextmanager
def _sealed_too(turn: Turn) -> Iterator[Hidden]:
    """For the information-governance lead: the rows about sealed cases are found too. Answers what is hidden from whom
    the log is shown to, to be covered."""
    hidden: Hidden = turn.work.session.info.get(HIDDEN, Hidden())
    leads = any(held.role is Role.INFORMATION_GOVERNANCE for held in turn.person.roles)
    with turn.work.everything() if leads else nullcontext():
        yield hidden


def _covered(row: AuditRow) -> AuditRow:
    """That something was done, and by whom; not on which case."""
    return AuditRow(**{**row.model_dump(), **SEALED})


def _newest(turn: Turn) -> int:
    return turn.work.session.exec(select(func.coalesce(func.max(AuditRow.seq), 0))).one()


def _rows(turn: Turn, which: Sequence[object], page: int) -> Sequence[AuditRow]:
    asked = select(AuditRow).where(*which).order_by(col(AuditRow.seq).desc())  # type: ignore[arg-type]
    return turn.work.session.exec(asked.limit(A_PAGE).offset(page * A_PAGE)).all()
