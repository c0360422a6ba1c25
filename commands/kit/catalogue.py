"""A panel's catalogue of action types: the standard one, with what the panel changed in it and added to it."""

from __future__ import annotations

from dataclasses import replace

from panel.action_types import ActionType, Term, TermKind
from panel.catalogue import ACTION_TYPES
from panel.codes import ActionGroup, Check, Function, Visibility
from panel.own_types import Catalogue
from storage.tables import CatalogueEntry
from storage.work import UnitOfWork

# A lighter check that waits for the victim service, then for the chair: what an entry's `asked` says beside its stage.
STAGE, MARK = "stage", "mark"
BY_SERVICE, BY_CHAIR = "service", "chair"


def catalogue_of(work: UnitOfWork, panel_id: int | None) -> Catalogue:
    """What the panel's people choose from today, by lever and code. Its actions keep what they were agreed as."""
    return work.once(("catalogue", panel_id), lambda: _read(work, panel_id))


def entries_of(work: UnitOfWork, panel_id: int | None) -> dict[str, CatalogueEntry]:
    """What the panel keeps of its own, by code."""
    return {row.code: row for row in work.rows(CatalogueEntry, panel_id=panel_id)}


def kind_of(entry: CatalogueEntry) -> ActionType:
    """The type as an entry has it."""
    like = ACTION_TYPES.get(entry.code)
    return ActionType(
        code=entry.code,
        group=ActionGroup(entry.lever),
        label=like.label if like else entry.label or entry.code,
        usual_owner=tuple(Function(each) for each in entry.owners),
        term=Term(TermKind[entry.term.upper()], entry.term_n),
        check=Check(entry.check),
        visibility=Visibility(entry.visibility),
        also=" ".join(filter(None, [like.also if like else "", entry.also])),
        by_panel=entry.by_panel,
        reveals_address=entry.reveals_address,
    )


def asked_of(entry: CatalogueEntry) -> ActionType | None:
    """The type as it would be with the lighter check that is asked for; None where none is."""
    told = entry.asked
    if not told:
        return None
    return replace(
        kind_of(entry), check=Check(told["check"]), visibility=Visibility(told["visibility"]),
        reveals_address=told["reveals"],
    )  # fmt: skip


def write(entry: CatalogueEntry, kind: ActionType, also: str | None) -> None:
    """Take a type over into its entry. `also`: the panel's own words to find it by."""
    entry.lever, entry.owners, entry.by_panel = (
        kind.group.value,
        [each.value for each in kind.usual_owner],
        kind.by_panel,
    )
    entry.term, entry.term_n = kind.term.kind.name.lower(), kind.term.n
    entry.check, entry.visibility = kind.check.value, kind.visibility.value
    entry.reveals_address, entry.also = kind.reveals_address, also
    if kind.code not in ACTION_TYPES:
        entry.label = kind.label


def _read(work: UnitOfWork, panel_id: int | None) -> Catalogue:
    entries = entries_of(work, panel_id)
    own = {code: kind_of(entry) for code, entry in sorted(entries.items())}
    added = [kind for code, kind in own.items() if code not in ACTION_TYPES]
    kinds = {code: own.get(code, standard) for code, standard in ACTION_TYPES.items()}
    retired = frozenset(code for code, entry in entries.items() if entry.retired)
    changed = frozenset(code for code, kind in own.items() if replace(kind, also="") != _plain(code))
    return Catalogue({**kinds, **{kind.code: kind for kind in added}}, retired, changed)


def _plain(code: str) -> ActionType | None:
    standard = ACTION_TYPES.get(code)
    return replace(standard, also="") if standard else None
