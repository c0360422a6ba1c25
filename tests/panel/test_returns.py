"""Returns: what counts as an answer, what is late, what a return must hold."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from panel.codes import ReturnCell, ReturnKind, RiskView
from panel.returns import Received, ReturnDraft, Square, Tally, board, grid_text, missed_running, return_problems

DEADLINE = datetime(2026, 10, 9, 16, 0, tzinfo=UTC)
IN_TIME, LATE = DEADLINE - timedelta(days=1), DEADLINE + timedelta(days=1)
CASE, POL = "MSP-26-0041", "POL"
K = ReturnKind
NOW = datetime(2026, 10, 8, 12, 0, tzinfo=UTC)


def code(*sent: tuple[ReturnKind, datetime]) -> str:
    received = [Received(CASE, POL, kind, at) for kind, at in sent]
    return board([(CASE, POL)], received, DEADLINE).square(CASE, POL).code


@pytest.mark.parametrize(
    ("kind", "letter", "complete"),
    [
        (K.INFORMATION, "I", True),
        (K.NIL_NO_RECORD, "N", True),
        (K.NIL_KNOWN_NOT_CURRENT, "K", True),
        (K.DECLINED_TO_SHARE, "D", True),
        (K.UNABLE_TO_CHECK, "U", False),
    ],
)
def test_each_kind_has_its_letter_and_counts_or_not(kind: ReturnKind, letter: str, complete: bool) -> None:
    found = board([(CASE, POL)], [Received(CASE, POL, kind, IN_TIME)], DEADLINE)
    assert found.square(CASE, POL).code == letter
    assert found.counts() == (int(complete), 1)
    assert found.outstanding == ([] if complete else [(CASE, POL, ReturnCell.UNABLE_TO_CHECK)])


def test_silence_is_missing_and_never_nil() -> None:
    assert code() == "M"
    assert board([(CASE, POL)], [], DEADLINE).outstanding == [(CASE, POL, ReturnCell.MISSING)]


def test_who_was_not_asked_is_not_counted() -> None:
    found = board([(CASE, POL)], [Received(CASE, "HOU", K.INFORMATION, IN_TIME)], DEADLINE)
    assert found.square(CASE, "HOU").code == "X"
    assert found.counts() == (0, 1)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ([(K.INFORMATION, DEADLINE)], "I"),
        ([(K.INFORMATION, DEADLINE + timedelta(seconds=1))], "I*"),
        ([(K.NIL_NO_RECORD, IN_TIME), (K.INFORMATION, LATE)], "I"),
        ([(K.INFORMATION, LATE), (K.NIL_NO_RECORD, IN_TIME)], "I"),
        ([(K.UNABLE_TO_CHECK, IN_TIME), (K.INFORMATION, LATE)], "I*"),
        ([(K.INFORMATION, IN_TIME), (K.UNABLE_TO_CHECK, LATE)], "U"),
        ([(K.UNABLE_TO_CHECK, LATE)], "U*"),
    ],
)
def test_late_is_when_the_first_answer_came(sent: list[tuple[ReturnKind, datetime]], expected: str) -> None:
    assert code(*sent) == expected


def test_counts_by_case_by_agency_and_by_pair() -> None:
    pairs = [(CASE, POL), (CASE, "HOU"), ("MSP-26-0042", POL)]
    found = board(pairs, [Received(CASE, POL, K.INFORMATION, LATE)], DEADLINE)
    assert found.counts() == (1, 3)
    assert found.counts(case=CASE) == (1, 2)
    assert found.counts(agency=POL) == (1, 2)
    assert found.counts(CASE, "HOU") == (0, 1)
    assert found.late == 1


# ---- what a return must hold

NIL = ReturnDraft(K.NIL_NO_RECORD, systems=("Niche",), list_version=2)
INFORMATION = ReturnDraft(K.INFORMATION, says_something=True)
IMMINENT = replace(INFORMATION, risk=RiskView.IMMINENT, told="MASH duty worker", told_at=NOW)


@pytest.mark.parametrize(
    "draft",
    [
        NIL,
        replace(NIL, kind=K.NIL_KNOWN_NOT_CURRENT),
        INFORMATION,
        IMMINENT,
        ReturnDraft(K.UNABLE_TO_CHECK, reason="System down"),
        ReturnDraft(K.DECLINED_TO_SHARE, reason="Not necessary for this decision"),
        replace(INFORMATION, risk=RiskView.INCREASED),
    ],
)
def test_a_whole_return_has_no_problem(draft: ReturnDraft) -> None:
    assert return_problems(draft, NOW) == ()


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (ReturnDraft(None), ["kind"]),
        (replace(NIL, systems=()), ["systems"]),
        (replace(NIL, systems=(" ",), kind=K.NIL_KNOWN_NOT_CURRENT), ["systems"]),
        (replace(NIL, list_version=None), ["list_version"]),
        (replace(INFORMATION, says_something=False), ["information"]),
        (ReturnDraft(K.UNABLE_TO_CHECK, reason=" "), ["reason"]),
        (ReturnDraft(K.DECLINED_TO_SHARE), ["reason"]),
        (replace(IMMINENT, told=" ", told_at=None), ["told", "told_at"]),
        (replace(IMMINENT, told_at=NOW + timedelta(minutes=1)), ["told_at"]),
        (replace(NIL, risk=RiskView.IMMINENT), ["told", "told_at"]),
    ],
)
def test_each_thing_left_out_stands_at_its_field(draft: ReturnDraft, fields: list[str]) -> None:
    problems = return_problems(draft, NOW)
    assert [problem.field for problem in problems] == fields
    assert all(problem.sentence.endswith(".") for problem in problems)


# ---- words


@pytest.mark.parametrize(
    ("square", "for_chair", "text"),
    [
        (Square(ReturnCell.NIL_NO_RECORD), False, "No trace (POL systems x3, 9 Oct)"),
        (Square(ReturnCell.NIL_NO_RECORD, late=True), False, "No trace (POL systems x3, 9 Oct) (late)"),
        (Square(ReturnCell.NIL_KNOWN_NOT_CURRENT), False, "Known pre-2023; nothing in period"),
        (Square(ReturnCell.DECLINED_TO_SHARE), True, "Held, not shared"),
        (Square(ReturnCell.DECLINED_TO_SHARE), False, "Returned"),
        (Square(ReturnCell.MISSING), False, "Not yet returned"),
        (Square(ReturnCell.UNABLE_TO_CHECK), False, "Unable to check"),
    ],
)
def test_the_grid_in_words(square: Square, for_chair: bool, text: str) -> None:
    found = grid_text(square, POL, 3, date(2026, 10, 9), 2023, for_chair)
    assert found == text


def test_an_unknown_year_is_left_out() -> None:
    assert grid_text(Square(ReturnCell.NIL_KNOWN_NOT_CURRENT), POL) == "Known before; nothing in period"


def sent_by(*agencies: str) -> Tally:
    """A meeting for which POL, HOU and ASC were asked about two cases, and these returned one."""
    return {agency: (int(agency in agencies), 2) for agency in ("POL", "HOU", "ASC")}


def test_an_agency_that_returns_nothing_for_meeting_after_meeting_is_named() -> None:
    assert missed_running([sent_by("POL", "ASC"), sent_by("POL")]) == {"HOU"}
    assert missed_running([sent_by("POL", "HOU", "ASC"), sent_by("POL")]) == frozenset()
    assert missed_running([]) == frozenset()


def test_not_being_asked_is_no_miss() -> None:
    assert missed_running([{"HOU": (0, 1)}, sent_by("POL", "ASC")]) == {"HOU"}
    assert missed_running([{"POL": (0, 1)}, sent_by("POL")]) == frozenset()
