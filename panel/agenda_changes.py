"""What changed between two versions of an agenda: items in and out, moved, called otherwise, with other minutes.

By reference, item number and title alone, so that it may stand where the agenda itself does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Protocol

from panel.codes import AgendaKind
from panel.codes.agenda import ChangeKind


class Entry(Protocol):
    """An item of either version."""

    @property
    def number(self) -> int: ...

    @property
    def kind(self) -> AgendaKind: ...

    @property
    def title(self) -> str: ...

    @property
    def minutes(self) -> int: ...

    @property
    def case(self) -> str | None: ...


@dataclass(frozen=True)
class Change:
    """One change. `was`, `now`: item numbers; of MINUTES minutes, and of LATE how many papers came in. `title` is the
    item's, as it is now."""

    what: ChangeKind
    title: str = ""
    case: str | None = None
    was: int | None = None
    now: int | None = None


def changes(before: Sequence[Entry], after: Sequence[Entry], late: int = 0) -> tuple[Change, ...]:
    """What a reader of `before` must know of `after`, in the order of the items. An item that only has another number,
    because one above it came or went, has not moved. `late`: papers that came in between."""
    old, new = {_key(each): each for each in before}, {_key(each): each for each in after}
    stayed = _in_their_order([key for key in old if key in new], [key for key in new if key in old])
    found = [
        Change(ChangeKind.OUT, each.title, each.case, was=each.number) for key, each in old.items() if key not in new
    ]
    for key, each in new.items():
        if key not in old:
            found.append(Change(ChangeKind.IN, each.title, each.case, now=each.number))
        else:
            found += _differences(old[key], each, moved=key not in stayed)
    return (*found, *([Change(ChangeKind.LATE, now=late)] if late else []))


def _differences(was: Entry, now: Entry, *, moved: bool) -> list[Change]:
    found = [Change(ChangeKind.MOVED, now.title, now.case, was.number, now.number)] if moved else []
    if was.kind is not now.kind:
        found.append(Change(ChangeKind.CALLED, now.title, now.case, now=now.number))
    elif was.minutes != now.minutes:
        found.append(Change(ChangeKind.MINUTES, now.title, now.case, was.minutes, now.minutes))
    return found


def _key(entry: Entry) -> tuple[str, str]:
    """What an item is about, whatever it is called: a case is heard once, and ratified apart from that."""
    if entry.case is None or entry.kind is AgendaKind.RATIFY:
        return entry.kind.value, entry.title if entry.kind is AgendaKind.RATIFY else ""
    return "case", entry.case


def _in_their_order(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> set[tuple[str, str]]:
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return {key for block in blocks for key in before[block.a : block.a + block.size]}
