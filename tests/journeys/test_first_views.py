"""What a command reads to open its first view does not grow with the cases of the panel, nor with the years behind it.
How long it takes is measured by `make bench`; here only what is asked of the database is counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import get_ident
from typing import Any

import pytest
from sqlalchemy import event

from storage.secrets import Cipher
from tests.bench.opening import READERS, opens, words
from tests.bench.years import Size, grow
from tests.commands.agenda_desk import desk_before_panel, issued
from tests.desk import Desk

pytestmark = pytest.mark.slow

FEW, MANY = Size(cases=10, agencies=12, months=4), Size(cases=60, agencies=12, months=8)
FEW_WORDS = (
    "/actions propose", "/agenda", "/panel case", "/panel cohort", "/panel ended", "/panel health", "/panel list",
    "/panel minutes", "/update intelligence",
)  # fmt: skip
AGAIN = 40  # more values: there are 50 cases more, and some of the months behind are looked at
UNSEAL = Cipher.unseal
SOME = 3  # more statements than with few: a look further back, say


@pytest.fixture(scope="module")
def panels(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Desk]]:
    with ExitStack() as last:
        made = []
        for size in (FEW, MANY):
            desk = last.enter_context(desk_before_panel(tmp_path_factory.mktemp("years")))
            grow(desk, size)
            issued(desk)
            made.append(desk)
        yield made


@contextmanager
def counted(desk: Desk) -> Iterator[list[str]]:
    """The statements that this thread, which runs the command, has the desk's database do; messages go in others, at a
    pace of their own."""
    said: list[str] = []
    here = get_ident()

    def heard(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if get_ident() == here:
            said.append(statement)

    event.listen(desk.store.engine, "before_cursor_execute", heard)
    try:
        yield said
    finally:
        event.remove(desk.store.engine, "before_cursor_execute", heard)


def statements(desk: Desk, who: str, command: str, word: str) -> list[str]:
    desk.stage.settle()
    with counted(desk) as said:
        opens(desk, who, command, word)
    return said


@pytest.mark.parametrize("command", FEW_WORDS)
def test_what_was_written_about_other_cases_is_not_read(
    panels: list[Desk], command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few, many = (unsealed(desk, "Z.O.", command, monkeypatch) for desk in panels)
    assert many <= few + AGAIN, f"{few} values of encrypted columns, then {many}"


def unsealed(desk: Desk, who: str, command: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many values of encrypted columns a command reads."""
    desk.stage.settle()
    seen: list[str] = []

    def heard(cipher: Cipher, sealed: bytes, place: str) -> str:
        seen.append(place)
        return UNSEAL(cipher, sealed, place)

    with monkeypatch.context() as patched:
        patched.setattr(Cipher, "unseal", heard)
        name, _, word = command.partition(" ")
        opens(desk, who, name, word)
    return len(seen)


@pytest.mark.parametrize("who", READERS)
def test_no_command_asks_more_of_a_large_panel(panels: list[Desk], who: str) -> None:
    few, many = panels
    grown = []
    for command, word in words(many):
        before, after = (len(statements(desk, READERS[who], command, word)) for desk in (few, many))
        assert before, "the command runs in another thread"
        if after > before + SOME:
            grown.append(f"{command} {word}: {before} statements, then {after}")
    assert not grown, "\n".join(grown)
