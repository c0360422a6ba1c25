"""What stands elsewhere of something that is erased: messages that name it, forms that were not saved, kept answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Table
from sqlmodel import col, update

from commands.kit.about import load
from commands.records.posts import owe_removal
from storage.spoken import pattern, strings
from storage.tables import Draft, Notice, Receipt
from storage.work import UnitOfWork

# What a notice's `about` calls the rows of a table.
CALLED: Mapping[str, tuple[str, ...]] = {
    "case": ("case",), "action": ("action", "told"), "item": ("item",), "victim": ("victim",),
    "listing": ("listing",), "referral": ("referral",), "request": ("request",), "transfer": ("transfer",),
    "flag": ("flag",), "follow_up": ("follow_up",), "conflict": ("conflict",),
}  # fmt: skip
Going = Mapping[Table, set[int]]


def clear(work: UnitOfWork, panel_id: int, going: Going, names: set[str]) -> None:
    """Owe the removal of every message about these rows; drop what is still to be sent, what was typed about them and
    not saved, and the answers that were kept for a repeated press."""
    by_name = {of.name: ids for of, ids in going.items()}
    for notice in work.rows(Notice, panel_id=panel_id):
        if any(
            _names(notice.about, called, by_name.get(name, set())) for name, all_ in CALLED.items() for called in all_
        ):
            if notice.state == "pending":
                notice.state = "dropped"
            owe_removal(work, notice)
    for draft in work.rows(Draft, panel_id=panel_id):
        if _about(draft, by_name) or (names and any(map(pattern(names).search, strings(draft.answers)))):
            work.session.delete(draft)
    work.session.execute(update(Receipt).where(col(Receipt.answer).is_not(None)).values(answer=None))


def _names(about: Mapping[str, Any], called: str, ids: set[int]) -> bool:
    return bool(ids) and any(each in ids for each in _numbers(about.get(called)))


def _numbers(value: Any) -> Iterator[int]:
    if isinstance(value, int):
        yield value
    elif isinstance(value, Mapping | list):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _numbers(each)


def _about(draft: Draft, going: Mapping[str, set[int]]) -> bool:
    """Whether a form was for one of these; one that names a row of its own is thrown away where the number fits."""
    about = load(draft.about)
    if about is None:
        return True
    named = {"case": about.case, "action": about.action, "referral": about.referral, "request": about.request}
    of_row = about.row is not None and about.case is None and any(about.row in ids for ids in going.values())
    return of_row or any(key in going.get(name, ()) for name, key in named.items())
