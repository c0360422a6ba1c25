"""Everything that is held about a reference: where it stands for somebody, and where it is spoken of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table, delete, func, select
from sqlmodel import SQLModel, col, or_

from commands.kit.text import day
from commands.records.due import held
from panel.codes import SubjectRequestStatus
from storage.behind import hanging, key_of, lots, table
from storage.spoken import columns_of, pattern, rows_with
from storage.tables import Action, AuditRow, Case, Linked, Panel, Request, Return, SubjectItem, SubjectRequest, Victim
from storage.types import SecretJson, SecretText
from storage.work import UnitOfWork

# What is not looked through for words that somebody wrote: it is counted.
COUNTED = ("notice", "draft", "pass")
MACHINE = {"version", "wake_at", "by_user", "user_id", "assignee", "second", "name"}
AS = {"case": "subject", "victim": "victim", "linked": "child, or somebody else at risk"}


@dataclass(frozen=True)
class Piece:
    """One row in which something is written. `thing`: table and id; `agency`: whose (None: the panel's office)."""

    thing: str
    agency: int | None


def roots(work: UnitOfWork, panel: Panel, reference: str) -> dict[str, list[int]]:
    """The rows that this reference stands for: as a subject, a victim, a child or somebody else at risk."""
    said = reference.upper()
    cases = work.find(
        Case, Case.panel_id == panel.id, or_(func.upper(Case.subject_ref) == said, func.upper(Case.ref) == said)
    )
    here = select(col(Case.id)).where(col(Case.panel_id) == panel.id)
    victims = work.find(Victim, col(Victim.case_id).in_(here), func.upper(Victim.ref) == said)
    linked = work.find(Linked, col(Linked.case_id).in_(here), func.upper(Linked.ref) == said)
    found: dict[str, Sequence[Any]] = {"case": cases, "victim": victims, "linked": linked}
    return {name: [row.id for row in rows] for name, rows in found.items() if rows}


def holds(work: UnitOfWork, panel: Panel, reference: str) -> tuple[str, ...]:
    """Why what is held about somebody may not be erased: a hold on the panel, or on any case in which they stand."""
    found = held(work, panel.id)
    of = roots(work, panel, reference)
    keys = {*of.get("case", [])}
    keys |= {work.get(Victim, key).case_id for key in of.get("victim", [])}
    keys |= {work.get(Linked, key).case_id for key in of.get("linked", [])}
    reasons = [*found.on_all, *(reason for key in sorted(keys) for reason in found.on(work.get(Case, key)))]
    return tuple(dict.fromkeys(reasons))


def pieces(work: UnitOfWork, panel: Panel, reference: str) -> tuple[list[Piece], dict[str, int]]:
    """Everything in which something is written about somebody, by table and id; and what else there is, counted."""
    assert panel.id is not None
    work.session.flush()
    database = work.session.connection()
    behind = hanging(database, roots(work, panel, reference))
    found = {(of.name, key) for of, ids in behind.items() for key in _written(work, of, ids)}
    found |= {(place.table, place.id) for _, place, _ in rows_with(database, panel.id, pattern([reference]))}
    counts = {of.name: len(ids) for of, ids in behind.items()}
    for name in COUNTED:
        counts[name] = sum(of == name for of, _ in found)
    cases = [key for of, ids in behind.items() if of.name == "case" for key in ids]
    counts["audit"] = int(
        work.session.execute(select(func.count()).where(col(AuditRow.case_id).in_(cases))).scalar_one()
    )
    told = sorted((of, key) for of, key in found if of not in COUNTED and _is_shown(work, of, key))
    return [Piece(f"{of}:{key}", _whose(work, of, key)) for of, key in told], {n: c for n, c in counts.items() if c}


def _is_shown(work: UnitOfWork, name: str, key: Any) -> bool:
    """Whether whoever asks finds the row: of a sealed case only those on its list do."""
    kinds = {mapper.class_.__tablename__: mapper.class_ for mapper in SQLModel._sa_registry.mappers}
    return work.look(kinds[name], key) is not None


def _written(work: UnitOfWork, of: Table, ids: set[int]) -> Iterator[int]:
    """Of these rows those in which somebody wrote something."""
    secret = [column for column in of.columns if isinstance(column.type, SecretText | SecretJson)]
    for some in lots(ids) if secret else ():
        for row in work.session.connection().execute(select(key_of(of), *secret).where(key_of(of).in_(some))):
            if any(row[1:]):
                yield row[0]


def _whose(work: UnitOfWork, name: str, key: Any) -> int | None:
    """The agency that a row comes from: its own, its action's owner's, or of the return it belongs to."""
    of = table(name)
    row = work.session.connection().execute(select(of).where(key_of(of) == key)).one()._mapping
    if (direct := row.get("agency_id") or row.get("owner_id")) is not None:
        return int(direct)
    action, request = work.look(Action, row.get("action_id")), work.look(Request, row.get("request_id"))
    sent = work.look(Return, row.get("return_id"))
    request = request or (work.look(Request, sent.request_id) if sent else None)
    return action.owner_id if action else request.agency_id if request else None


def words_of(work: UnitOfWork, thing: str) -> Mapping[str, list[str]]:
    """All that a row says, by what its columns are called: what somebody wrote, and as "kept as" its codes and dates.
    Nothing once it is gone. Who wrote it is the panel's, and left out."""
    name, _, key = thing.partition(":")
    of = table(name)
    row = work.session.connection().execute(select(of).where(key_of(of) == int(key))).first()
    if row is None:
        return {}
    plain = [column for column in of.columns if _is_plain(column)]
    secret = [column for column in columns_of(of) if isinstance(column.type, SecretText | SecretJson)]
    told = {column.name.replace("_", " "): list(_said(row._mapping[column])) for column in secret}
    codes = [f"{column.name.replace('_', ' ')}: {each}" for column in plain for each in _said(row._mapping[column])]
    return {name: texts for name, texts in (*told.items(), ("kept as", codes)) if texts}


def _is_plain(column: Column[Any]) -> bool:
    """Whether a column says something about somebody in the clear: a reference, a code, a date, a number."""
    secret = isinstance(column.type, SecretText | SecretJson)
    machine = column.primary_key or column.foreign_keys or column.name in MACHINE or column.name.endswith("_by")
    return not secret and not machine


def _said(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (f"{str(name).replace('_', ' ')}: {text}" for name, each in value.items() for text in _said(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in _said(each))
    elif value is not None and value != "":
        yield value.isoformat() if hasattr(value, "isoformat") else str(value)


def name_of(work: UnitOfWork, thing: str) -> str:
    """What people call a row: its reference, else the day of it."""
    name, _, key = thing.partition(":")
    of = table(name)
    row = work.session.connection().execute(select(of).where(key_of(of) == int(key))).first()
    told = {} if row is None else row._mapping
    on = told.get("at") or told.get("on") or told.get("ends")
    return str(told.get("ref") or (f"of {day(on)} {on.year}" if on else key))


def others_in(work: UnitOfWork, panel: Panel, thing: str, reference: str) -> list[str]:
    """The references of other people that stand in a piece: it is about somebody else as well."""
    here = select(col(Case.id)).where(col(Case.panel_id) == panel.id)
    columns = ((Case.subject_ref, col(Case.panel_id) == panel.id), (Victim.ref, col(Victim.case_id).in_(here)),
               (Linked.ref, col(Linked.case_id).in_(here)))  # fmt: skip
    known = {
        ref for column, theirs in columns for ref in work.session.execute(select(col(column)).where(theirs)).scalars()
    }
    said = " ".join(text for texts in words_of(work, thing).values() for text in texts)
    return sorted(ref for ref in known - {reference} if pattern([ref]).search(said))


def forget(work: UnitOfWork, asked: SubjectRequest) -> None:
    """The request itself no longer says whom it was about, nor what was found."""
    work.session.execute(delete(SubjectItem).where(col(SubjectItem.request_id) == asked.id))
    asked.reference, asked.details, asked.wake_at = None, None, None
    asked.status, asked.closed_at = SubjectRequestStatus.CLOSED, asked.closed_at or work.now
    asked.version += 1
