"""What a bystander reads of a month: nothing cut without saying so, and 80 columns are enough."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

from rich.console import Console

from bot.demo.sent import MOST_LINES, THE_CHANNEL, Sent, posted, together
from bot.demo.showing import Showing
from commands.kit.stamp import FICTIONAL

DIGEST = "Friday: what waits for you"


def test_messages_that_begin_alike_are_told_once_with_who_got_which_line() -> None:
    told = together([("A.B.", [DIGEST, "• one", "• two"]), ("C.D.", [DIGEST, "• one"]), (THE_CHANNEL, [DIGEST])])
    assert list(told) == [
        Sent("A.B., C.D.", DIGEST, ("• one", "• two (A.B.)")),
        Sent(THE_CHANNEL, DIGEST, ()),
    ]


def test_many_people_are_counted() -> None:
    (told,) = together([(f"A.{letter}.", ["You have 1 new action."]) for letter in "BCDEF"])
    assert told.whom == "5 people"


def test_whoever_got_the_same_twice_is_told_so() -> None:
    line = ["1 action is due."]
    assert next(together([("A.B.", line), ("C.D.", line), ("A.B.", line)])).whom == "A.B. (2 times), C.D."
    (many,) = together([(f"A.{letter}.", line) for letter in "BCDEFF"])
    assert many.whom == "5 people, 6 messages"


def test_lines_that_are_left_out_are_counted() -> None:
    (told,) = together([("A.B.", [str(number) for number in range(1 + MOST_LINES + 3)])])
    assert told.rest[-1] == "… and 3 lines more"
    assert len(told.rest) == MOST_LINES + 1


def test_a_message_that_did_not_arrive_is_not_told() -> None:
    def call(channel: str, ok: bool) -> dict[str, object]:
        args = {"channel": channel, "text": f"*By* <!date^1^{{date}}|Friday> &amp; soon\n\n• open\n{FICTIONAL}"}
        return {"kind": "call", "method": "chat.postMessage", "args": args, "answer": {"ok": ok}}

    lost, under_way = call("U1", True) | {"answer": None}, call("U1", True)
    del under_way["answer"]
    calls = [call("U1", True), lost, call("U1", False), call("C1", True), under_way]
    told = list(posted(calls, {"U1": "A.B."}))
    assert told == [("A.B.", ["By Friday & soon", "• open"]), (THE_CHANNEL, ["By Friday & soon", "• open"])]


def test_the_tracker_marks_what_is_overdue_and_fits_eighty_columns(tmp_path: Path) -> None:
    (tmp_path / "agenda.md").write_text("# Agenda\n")
    rows = [("A-041-02", "In progress", "yes"), ("A-041-03", "Reported complete, to be confirmed", "no")]
    with (tmp_path / "tracker.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("action", "words", "owner", "due", "status", "overdue"))
        writer.writerows((ref, "Offer [a] " + "word " * 30, "PANEL", "2026-10-28", *rest) for ref, *rest in rows)
    heard = StringIO()
    Showing(Console(file=heard, width=80, soft_wrap=True)).papers(tmp_path, ["one figure"])
    lines = heard.getvalue().splitlines()
    assert any("A-041-02" in line and "In progress, overdue" in line and "2026-10-28" in line for line in lines)
    assert "Offer [a]" in heard.getvalue()
    assert sum("overdue" in line for line in lines) == 1
    assert any(line.startswith("1 thing differs from the file.") for line in lines)
    assert all(len(line) <= 80 for line in lines if "In " + str(tmp_path) not in line)
