"""The guard: what looks as if it said who somebody is or where, measured on invented sentences."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.guard import Kind, digestible, parts_of_name, suspects
from tests.panel.guarded import AREA, measured

DOCS = Path(__file__).parents[2] / "docs" / "guard.md"


def test_misses_and_false_alarms_are_those_that_the_docs_state() -> None:
    assert [row for row in measured() if row not in DOCS.read_text()] == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("She moved to 14 Mill Lane in LS6 2AB", [Kind.ADDRESS, Kind.ADDRESS]),
        ("born 3.11.79", [Kind.BIRTH]),
        ("Tag fitted on 6 October 2026, battery low on 9/10/2026", []),
        ("MSP-26-0041, K-041 and V-041a; action A-0112", []),
        ("Not to go within 100 metres of her home.", []),
        ("He lives within 100 metres of her home.", [Kind.DISTANCE]),
        ("He is in the same street as V-041a", [Kind.DISTANCE]),
        ("will and grace may mark the rose", []),
        ("Police and Probation met at Leeds Crown Court", []),
        ("", []),
    ],
)
def test_what_is_seen(text: str, kinds: list[Kind]) -> None:
    assert [one.kind for one in suspects(text)] == kinds


def test_the_panels_own_words_are_nobodys() -> None:
    text = "Seen in Lower Sallow with two men."
    assert [one.words for one in suspects(text)] == ["Lower Sallow"] and not suspects(text, AREA)


@given(st.text())
def test_any_text_can_be_looked_at_and_what_is_found_stands_in_it(text: str) -> None:
    assert all(one.words in text for one in suspects(text))
    digestible(text)


def test_a_known_name_is_met_however_it_is_written() -> None:
    known = set(parts_of_name("Zdenka Anna O'Tredinnick-Pawlak"))
    for written in ("ZDENKA  o'tredinnick-pawlak said", "O'Tredinnick-Pawlak, Zdenka", "about zdenka’s visit"):
        assert known & set(digestible(written)), written
    assert not known & set(digestible("Anna was there")) or "anna" in known
    assert "#12345678" in digestible("PNC 12/345 678 is his")


def test_a_part_of_a_name_that_is_a_word_is_not_refused_alone() -> None:
    assert parts_of_name("Grace Court") == ["court grace"]
