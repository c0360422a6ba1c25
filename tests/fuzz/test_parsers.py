"""Files and texts from outside, broken by seeds: each is read, or refused in its reader's own words."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from bot.auditing import told as anchors_told
from bot.month import MonthFileError, read_month
from bot.problems import Unusable
from bot.tracker_file import TrackerFileError, read_tracker
from commands.kit.about import About, load
from panel.restriction import Restriction
from panel.settings import PanelSettings
from panel.tracker.columns import find_headings
from storage.sealed_file import NotABackup, Writer, lines
from storage.secrets import Cipher, WrongKey
from tests.bot.month.conftest import OCTOBER
from tests.bot.trackers import HEADINGS, as_csv, as_xlsx, row
from tests.fuzz.mutate import HOSTILE, WORD, mutated
from tests.storage.conftest import KEY

TEXTS = tuple(each for each in HOSTILE if isinstance(each, str))
BYTES = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\r",
    b'"',
    b"\xd8\x00",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"<!ENTITY a 'b'>",
)


def broken_bytes(data: bytes, chance: Random) -> bytes:
    """One to three pieces of a file cut out, changed, doubled or put in."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        at, size = chance.randrange(len(data) + 1), chance.choice((1, 1, 2, 16, 500))
        put = (b"", data[at : at + size] * 2, chance.choice(BYTES), chance.randbytes(size), WORD.encode())
        data = data[:at] + chance.choice(put) + data[at + size :]
    return data


def broken_text(text: str, chance: Random) -> str:
    """One to three pieces of a text cut out, or replaced by what nobody meant."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        at, size = chance.randrange(len(text) + 1), chance.choice((0, 1, 3, 20))
        put = chance.choice((*TEXTS, "", "\n", ":", "- ", "!!python/object:os.system", "&a [*a]", "\t", "{", "? "))
        text = text[:at] + put + text[at + size :]
    return text


@pytest.mark.parametrize("seed", range(60))
def test_a_month_file_is_read_or_refused_with_key_and_line(tmp_path: Path, seed: int) -> None:
    file, chance = tmp_path / "month.yaml", Random(seed)
    lines_of = OCTOBER.read_text().splitlines(keepends=True)
    text = broken_text("".join(lines_of), chance) if seed % 2 else "".join(_shuffled(lines_of, chance))
    file.write_bytes(text.encode(errors="surrogatepass"))
    try:
        read_month(file)
    except MonthFileError as refused:
        assert refused.problems and all(problem.path and problem.message for problem in refused.problems)


def _shuffled(lines_of: list[str], chance: Random) -> list[str]:
    """A line gone, doubled, put elsewhere or further in."""
    at = chance.randrange(len(lines_of))
    line = lines_of.pop(at)
    put = chance.choice(([], [line, line], [f"  {line}"], [line.lstrip()], [line.replace(":", "")]))
    return [*lines_of[:at], *put, *lines_of[at:]]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parts"])
def test_a_tracker_is_read_or_refused_in_a_sentence(tmp_path: Path, kind: str) -> None:
    rows = [HEADINGS, row(), row(WORD)]
    whole = (as_csv if kind == "csv" else as_xlsx)(tmp_path / "whole", rows).read_bytes()
    for seed in range(250):
        chance, file = Random(seed), tmp_path / "broken"
        file.write_bytes(_with_a_broken_part(whole, chance) if kind == "parts" else broken_bytes(whole, chance))
        try:
            read_tracker(file, find_headings)
        except TrackerFileError as refused:
            assert WORD not in str(refused) and "Traceback" not in str(refused), seed


def _with_a_broken_part(book: bytes, chance: Random) -> bytes:
    """A sound archive, one part of which is harmed, under another name, or away."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w") as new:
        chosen = chance.choice(old.namelist())
        for name in old.namelist():
            data = old.read(name)
            if name != chosen:
                new.writestr(name, data)
            elif chance.random() < 0.8:
                new.writestr(chance.choice((name, name, name, f"../{name}")), broken_bytes(data, chance))
    return made.getvalue()


def test_an_archive_that_unpacks_to_too_much_is_refused_unopened(tmp_path: Path) -> None:
    file = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as part:
        for _ in range(101):
            part.write(bytes(1_000_000))
    assert file.stat().st_size < 1_000_000
    with pytest.raises(TrackerFileError, match="unpacks to more"):
        read_tracker(file, find_headings)


def test_what_a_view_carries_is_read_or_not_ours() -> None:
    whole = About(panel=1, case=2, version=3, code="K", view="hub").dump()
    for seed in range(3_000):
        chance = Random(seed)
        text = json.dumps(mutated(json.loads(whole), chance)) if seed % 2 else broken_text(whole, chance)
        found = load(text)
        if found is not None:
            assert all(value is None or type(value) in (int, str) for value in vars(found).values()), seed
            assert load(found.dump()) == found, seed


@pytest.mark.parametrize("whole", ["NAMED[CSC,IDVA]+NOT_PERP_FACING NO_MINUTE EXPIRES(2026-11-11)", "IDVA", "VERBAL"])
def test_a_restriction_is_read_as_written_or_refused(whole: str) -> None:
    for seed in range(2_000):
        with suppress(ValueError):
            found = Restriction.parse(broken_text(whole, Random(seed)))
            assert Restriction.parse(found.format()) == found, seed


def test_settings_are_read_or_refused() -> None:
    whole = PanelSettings().to_json()
    for seed in range(500):
        chance = Random(seed)
        text = json.dumps(mutated(json.loads(whole), chance)) if seed % 4 else broken_text(whole, chance)
        with suppress(ValueError):
            found = PanelSettings.from_json(text)
            assert PanelSettings.from_json(found.to_json()) == found, seed


def test_an_anchor_is_read_or_refused_without_repeating_it() -> None:
    for seed in range(2_000):
        try:
            anchors_told([broken_text("1200:9f2c41d07b3a55e6", Random(seed))])  # pragma: allowlist secret
        except Unusable as refused:
            assert WORD not in str(refused), seed
    for text in ("²:9f2c41d07b3a55e6", f"{'1' * 5_000}:9f2c41d07b3a55e6"):  # pragma: allowlist secret
        with pytest.raises(Unusable, match="An anchor is a row and at least"):
            anchors_told([text])


def test_no_backup_but_the_whole_one_is_read_to_its_end() -> None:
    file, cipher = io.BytesIO(), Cipher(KEY)
    writer = Writer(file, cipher)
    writer.write("".join(f"{number} {WORD}\n" for number in range(2_000)))
    writer.end()
    whole = file.getvalue()
    read: Callable[[bytes], list[str]] = lambda data: list(lines(io.BytesIO(data), cipher))  # noqa: E731
    assert len(read(whole)) == 2_000
    for seed in range(600):
        harmed = broken_bytes(whole, Random(seed))
        if harmed != whole:
            with pytest.raises((NotABackup, WrongKey)) as refused:
                read(harmed)
            assert WORD not in str(refused.value), seed
