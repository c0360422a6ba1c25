"""A word that somebody wrote is in no byte that is left behind; and the look finds it where nothing is sealed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.log import configure
from storage import backup
from storage.secrets import Cipher
from storage.tables import Referral
from tests.desk import Desk, open_desk

WORD = "zqxbytes"
REFERRER = "N.B."
ANSWERS = {
    "routes": ["MARAC", "MASH"], "whereabouts": "unknown", "victims": "2", "children": 1, "conflict": "no",
    "sharing": "yes", "why": f"Why {WORD}",
}  # fmt: skip


def in_the_clear(patch: pytest.MonkeyPatch) -> None:
    """Encryption turned off, for what is written from now on."""
    opened = Cipher.unseal

    def unseal(self: Cipher, sealed: bytes, place: str) -> str:
        was_sealed = bytes(sealed).startswith(self.prefix)
        return opened(self, sealed, place) if was_sealed else bytes(sealed).decode()

    patch.setattr(Cipher, "seal", lambda self, text, place: text.encode())
    patch.setattr(Cipher, "unseal", unseal)


def referred(folder: Path) -> Iterator[Desk]:
    """A referral with the word in it, and another form that was not finished: a draft."""
    with open_desk(folder, "2026-10-01T08:00:00+01:00") as desk:
        desk.stage.command(REFERRER, "/refer")
        desk.stage.submit(REFERRER, ANSWERS, expect="view")
        desk.stage.close(REFERRER)
        desk.stage.command(REFERRER, "/refer")
        desk.stage.submit(REFERRER, ANSWERS | {"whereabouts": "sofa-surfing"}, expect="errors")
        desk.stage.settle()
        with desk.work() as work:
            assert WORD in str(work.find(Referral)[-1].answers)  # it is there to be found
        yield desk


def left_behind(desk: Desk, folder: Path) -> dict[str, bytes]:
    """Everything of it outside the bot's memory, by name."""
    with (folder / "night.backup").open("wb") as file:
        backup.write(desk.store.engine, file, desk.bot.clock.now())
    found = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    found["environment"] = Path(f"/proc/{os.getpid()}/environ").read_bytes()
    found["command line"] = Path(f"/proc/{os.getpid()}/cmdline").read_bytes()
    messages = [call for call in desk.workspace.calls() if str(call.get("method", "")).startswith("chat.")]
    found["messages"] = str([(call["args"], call["answer"]) for call in messages]).encode()
    return found


def holding(found: dict[str, bytes]) -> set[str]:
    return {name for name, held in found.items() if WORD.encode() in held}


def test_nothing_that_is_left_behind_holds_a_word(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    configure()
    for desk in referred(tmp_path):
        found = left_behind(desk, tmp_path)
        assert {"convenor.db", "night.backup", "messages", "environment"} <= found.keys() and len(found["messages"]) > 2
        assert not holding(found)
    told = capfd.readouterr()
    assert WORD not in told.out + told.err


def test_the_same_look_finds_it_where_nothing_is_sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_the_clear(monkeypatch)
    for desk in referred(tmp_path):
        held = holding(left_behind(desk, tmp_path))
        assert {name.split("-")[0] for name in held} == {"convenor.db"}  # the backup is sealed as a whole
