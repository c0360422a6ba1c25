"""`convenor import tracker`: what comes in, what is left to correct, and that a second run adds nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from bot import bringing
from bot.bringing import Told, bring
from bot.importing import Home, books, set_up
from bot.month import read_month
from bot.problems import Unusable
from bot.tracker_file import TrackerFileError, read_tracker
from commands.actions import wake
from commands.actions.bring import Wishes, plan
from commands.actions.bring_in import bring_in
from commands.actions.wake import settle
from panel.codes import ActionStatus, CaseStatus, Outcome, Priority
from panel.settings import Content
from panel.tracker.columns import find_headings
from panel.tracker.lines import read_lines
from storage.tables import Action, ActionMove, AuditRow, Case, CatalogueEntry, ImportedRow, Notice, Panel
from storage.work import Store
from tests.bot.trackers import HEADINGS, as_csv, as_xlsx, row
from tests.furnished import lay, opened

DOCS = Path(__file__).parents[2] / "docs"
MONTH = Path(__file__).parents[2] / "bot" / "demo" / "months" / "marrowshire-october.yaml"
NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)
USERS = {"Z.O.": "U1", "R.Y.": "U2", "V.X.": "U3", "I.K.": "U4", "J.Q.": "U5"}


def furnish(store: Store) -> None:
    month = read_month(MONTH)
    with store.work(NOW) as work:
        panel, _ = set_up(work, month, Home("T1", channel="C1", users=USERS))
        books(work, panel, month, date(2026, 10, 14))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    lay(tmp_path / "convenor.db", "bringing", furnish)
    with opened(tmp_path / "convenor.db") as made:
        yield made


class Run:
    """One run of the command: what it said, what it asked, and whether anything came of it."""

    def __init__(self, store: Store, file: Path, told: Told | None = None, *, yes: bool = True) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        self.done = bring(store, NOW, file, told or Told(), self.said.append, lambda asked, _: self._answer(asked, yes))

    def _answer(self, asked: str, yes: bool) -> bool:
        self.asked.append(asked)
        return yes

    @property
    def text(self) -> str:
        return "\n".join(self.said)


def actions(store: Store) -> list[Action]:
    """Those that were brought, in their order."""
    with store.read(NOW) as work:
        brought = {each.action_id for each in work.find(ImportedRow)}
        return [action for action in work.find(Action) if action.id in brought]


def one(store: Store, folder: Path, **cells: Any) -> Action:
    """The action that one row becomes."""
    Run(store, as_csv(folder / "one.csv", [HEADINGS, row(**cells)]))
    (action,) = actions(store)
    return action


# ---- what a row becomes


def test_a_row_becomes_an_action_of_its_case(store: Store, tmp_path: Path) -> None:
    made = one(store, tmp_path, case="k 018", agency="Police")
    assert (made.ref, made.code, made.text, made.due) == ("A-018-02", "P17", "Place a marker", date(2026, 11, 20))
    assert made.agreed_at == datetime(2026, 10, 14, 8, 30, tzinfo=UTC) and made.status == ActionStatus.OPEN
    with store.read(NOW) as work:
        moves = work.find(ActionMove, ActionMove.action_id == made.id)
        assert [(move.was, move.now) for move in moves] == [("", "agreed"), ("agreed", "open")]


@pytest.mark.parametrize(
    ("status", "became", "outcome"),
    [
        ("in progress", ActionStatus.IN_PROGRESS, None),
        ("done", ActionStatus.COMPLETE, None),
        ("not done", ActionStatus.NOT_DONE, Outcome.NOT_DONE_NO_REASON),
        ("no longer possible", ActionStatus.NOT_POSSIBLE, Outcome.NOT_POSSIBLE_CHANGED),
        ("cancelled", ActionStatus.CANCELLED, None),
        ("on hold", ActionStatus.AWAITING_SAFETY_CHECK, None),
    ],
)
def test_a_status_becomes_what_it_means(
    store: Store, tmp_path: Path, status: str, became: ActionStatus, outcome: Outcome | None
) -> None:
    made = one(store, tmp_path, status=status)
    assert (made.status, made.outcome) == (became, outcome)


@pytest.mark.parametrize("status", ["open", "in progress", "overdue"])
def test_what_needs_a_check_waits_for_it_whatever_the_tracker_says(store: Store, tmp_path: Path, status: str) -> None:
    due = date(2026, 10, 30) if status == "overdue" else date(2026, 11, 20)
    made = one(store, tmp_path, type="B07", agency="PROB", status=status, due=due)
    assert (made.status, made.safety) == (ActionStatus.AWAITING_SAFETY_CHECK, "pending")
    with store.read(NOW) as work:
        assert {notice.to for notice in work.find(Notice, Notice.kind == "actions.brought")} >= {"U4", "U5"}


def test_what_has_no_day_is_due_by_the_next_panel_and_that_is_said(store: Store, tmp_path: Path) -> None:
    run = Run(store, as_csv(tmp_path / "t.csv", [HEADINGS, row(due="")]))
    (made,) = actions(store)
    assert (made.due, made.priority) == (date(2026, 12, 1), Priority.NEXT_PANEL)
    assert "1 row has no day: due by the next panel, Tuesday 1 December 2026." in run.said


def test_an_overdue_action_wakes_for_the_steps_to_come(store: Store, tmp_path: Path) -> None:
    late = row(due=date(2026, 9, 1), panel=date(2026, 8, 20), status="carried forward x3")
    Run(store, as_csv(tmp_path / "t.csv", [HEADINGS, late]))
    (made,) = actions(store)
    assert (made.priority, made.carried_forward, made.level) == (Priority.STANDARD, 3, 4)
    assert made.wake_at is not None and made.wake_at > NOW


def test_an_overdue_action_starts_no_step_whose_day_had_passed_and_every_later_one(
    store: Store, tmp_path: Path
) -> None:
    one(store, tmp_path, due=date(2026, 10, 30), panel=date(2026, 9, 16))
    long_ago = row("Long ago", due=date(2026, 9, 1), panel=date(2026, 8, 20), status="carried forward x3")
    Run(store, as_csv(tmp_path / "t.csv", [HEADINGS, long_ago]))
    told = {}
    for action in actions(store):
        with store.work(datetime(2026, 11, 9, 9, tzinfo=UTC)) as work:  # five working days after the first's day
            wake.wake(work, work.get(Action, action.id))
            told[action.due.month] = [n.about["step"] for n in work.find(Notice) if n.about.get("action") == action.id]
    assert told == {10: ["lead"], 9: []}


def test_every_owner_and_checker_is_told_once(store: Store, tmp_path: Path) -> None:
    Run(store, as_csv(tmp_path / "t.csv", [HEADINGS, *(row(f"Visit {n}") for n in range(5))]))
    with store.read(NOW) as work:
        assert [notice.to for notice in work.find(Notice)] == ["U2"]


def test_nobody_is_told_of_what_is_over(store: Store, tmp_path: Path) -> None:
    one(store, tmp_path, status="done")
    with store.read(NOW) as work:
        assert not work.find(Notice)


def test_words_are_not_kept_where_the_panel_keeps_references_only(store: Store, tmp_path: Path) -> None:
    with store.work(NOW) as work:
        panel = work.find(Panel)[0]
        panel.settings = {**panel.settings, "content": Content.REFERENCES_ONLY.value}
    run = Run(store, as_csv(tmp_path / "t.csv", [HEADINGS, row()]))
    assert actions(store)[0].text is None and "words are not kept" in run.text
    again = Run(store, as_csv(tmp_path / "t.csv", [HEADINGS, row()]))
    assert "1 row, left as it is." in again.said and len(actions(store)) == 1


# ---- what is left to correct


def test_of_two_hundred_rows_twelve_bad_ones_are_named_and_the_rest_come_in_once(store: Store, tmp_path: Path) -> None:
    rows = [row(f"Round {n}") for n in range(200)]
    wrong = {
        3: ("case", "MSP-26-0999", "A"), 20: ("panel", "31/02/2026", "B"), 31: ("panel", "soon", "B"),
        44: ("action", "", "C"), 57: ("action", "All agencies to monitor", "C"), 66: ("type", "Hover zqm", "D"),
        79: ("agency", "Zqm Council", "E"), 98: ("agency", "POL and HOU", "E"), 111: ("due", "31/11/2026", "F"),
        140: ("due", date(2036, 1, 1), "F"), 177: ("status", "zqm", "G"), 199: ("status", "ongoing", "G"),
    }  # fmt: skip
    for place, (column, cell, _) in wrong.items():
        rows[place] = row(f"Round {place}", **{column: cell} | ({"due": ""} if cell == "ongoing" else {}))
    file = as_xlsx(tmp_path / "t.xlsx", [HEADINGS, *rows])
    first = Run(store, file)
    assert len(actions(store)) == 188 and "188 actions added." in first.said
    named = [line.split(":")[0] for line in first.said if line.startswith("Row ")]
    assert named == [f"Row {place + 2}, column {column}" for place, (_, _, column) in sorted(wrong.items())]
    assert "zqm" not in first.text.lower()
    second = Run(store, file)
    assert not second.done and len(actions(store)) == 188 and "188 rows, left as they are." in second.said


def test_a_row_that_changed_is_reported_and_not_doubled(store: Store, tmp_path: Path) -> None:
    words = "Visit the known addresses and report back"
    Run(store, as_csv(tmp_path / "t.csv", [HEADINGS, row(words), row("Something else altogether")]))
    changed = [row(f"{words} weekly", status="done"), row("Something else altogether", due=date(2026, 11, 27))]
    run = Run(store, as_csv(tmp_path / "t.csv", [HEADINGS, *changed]))
    assert len(actions(store)) == 2 and not run.asked
    assert [line.split(" (")[1].split(")")[0] for line in run.said if "has changed" in line] == [
        "status, action",
        "due",
    ]
    assert actions(store)[0].status == ActionStatus.OPEN


def test_a_reference_of_its_own_makes_a_row_that_row(store: Store, tmp_path: Path) -> None:
    headings = ("Ref", *HEADINGS)
    Run(store, as_csv(tmp_path / "t.csv", [headings, ["7/1", *row()], ["7/2", *row()]]))
    run = Run(store, as_csv(tmp_path / "t.csv", [headings, ["7/2", *row("Quite other words")], ["7/1", *row()]]))
    assert len(actions(store)) == 2 and "1 row, left as it is." in run.said and "has changed" in run.text


def test_the_same_row_twice_needs_references(store: Store, tmp_path: Path) -> None:
    run = Run(store, as_csv(tmp_path / "t.csv", [HEADINGS, row(), row()]))
    assert len(actions(store)) == 1 and "Row 3, column C: row 2 says the same" in run.text


def test_the_next_of_a_kind_is_another_action(store: Store, tmp_path: Path) -> None:
    Run(store, as_csv(tmp_path / "t.csv", [HEADINGS, row()]))
    Run(store, as_csv(tmp_path / "t.csv", [HEADINGS, row(), row(panel=date(2026, 11, 2))]))
    assert len(actions(store)) == 2


def test_what_was_entered_by_hand_is_not_added_again(store: Store, tmp_path: Path) -> None:
    with store.work(NOW) as work:
        there = work.find(Action)[0]
        there.restriction = "ALL"
        words, ref = there.text, there.ref
    run = Run(store, as_csv(tmp_path / "t.csv", [HEADINGS, row(words, type="H01", agency="HOU")]))
    assert not actions(store) and "1 row, left as it is." in run.said
    Run(store, as_csv(tmp_path / "t.csv", [("Ref", *HEADINGS), [ref, *row("Other words")]]))
    assert not actions(store)


def test_of_an_action_that_some_may_not_read_nothing_is_told(store: Store, tmp_path: Path) -> None:
    with store.work(NOW) as work:
        there = work.find(Action)[0]
        there.restriction = "CHAIR"
        words = there.text
    Run(store, as_csv(tmp_path / "t.csv", [HEADINGS, row(words, agency="HOU", type="H01")]))
    assert len(actions(store)) == 1


def test_on_a_case_that_has_ended_only_what_is_over_comes_in(store: Store, tmp_path: Path) -> None:
    with store.work(NOW) as work:
        next(case for case in work.find(Case) if case.ref == "MSP-26-0018").status = CaseStatus.CLOSED
    run = Run(store, as_csv(tmp_path / "t.csv", [HEADINGS, row(), row("Visit", status="done")]))
    assert [action.status for action in actions(store)] == [ActionStatus.COMPLETE]
    assert "Row 2, column G: this case has ended" in run.text


def test_a_case_is_never_made(store: Store, tmp_path: Path) -> None:
    with store.read(NOW) as work:
        before = len(work.find(Case))
    assert not Run(store, as_csv(tmp_path / "t.csv", [HEADINGS, row(case="MSP-26-0500"), row(case="XYZ-26-0018")])).done
    with store.read(NOW) as work:
        assert len(work.find(Case)) == before


def test_a_suggested_type_is_taken_only_when_somebody_says_so(store: Store, tmp_path: Path) -> None:
    file = as_csv(tmp_path / "t.csv", [HEADINGS, row("Put an ANPR marker on the car", type="")])
    told: list[str] = []
    done = bring(store, NOW, file, Told(), told.append, lambda asked, settled: settled)  # as --yes answers
    assert not done and "Row 2, column D: no type is given; the words suggest P17" in "\n".join(told)
    assert Run(store, file, Told(wishes=Wishes(suggested=True))).done and actions(store)[0].code == "P17"


def test_the_panels_own_types_are_known_and_retired_ones_only_for_what_is_over(store: Store, tmp_path: Path) -> None:
    own: dict[str, Any] = {
        "lever": "coordination",
        "term": "working_days",
        "term_n": 5,
        "check": "R",
        "visibility": "C",
    }
    with store.work(NOW) as work:
        work.add(CatalogueEntry(panel_id=1, code="X01", label="Hover with intent", at=NOW, **own))
        work.add(CatalogueEntry(panel_id=1, code="P17", at=NOW, retired=True, **own))
    rows = [row("Up", type="Hover with intent"), row("Left"), row("Right", status="done")]
    run = Run(store, as_csv(tmp_path / "t.csv", [HEADINGS, *rows]), yes=True)
    assert [(made.code, made.status) for made in actions(store)] == [
        ("X01", ActionStatus.AWAITING_SAFETY_CHECK), ("P17", ActionStatus.COMPLETE),
    ]  # fmt: skip
    assert "Row 3, column D" in run.text


def test_a_type_can_be_given_for_what_is_not_recognised(store: Store, tmp_path: Path) -> None:
    file = as_csv(tmp_path / "t.csv", [HEADINGS, row("Hover", type="")])
    assert not Run(store, file).done
    run = Run(store, file, Told(wishes=Wishes(other="I05")))
    assert actions(store)[0].code == "I05" and any(line.startswith("Row 2: taken as I05") for line in run.said)


# ---- the file as a whole


def test_names_are_refused_unless_their_column_is_left_out_and_are_kept_nowhere(store: Store, tmp_path: Path) -> None:
    file = as_csv(tmp_path / "t.csv", [("Victim name", *HEADINGS), ["Zqm Zqmson", *row()]])
    with pytest.raises(TrackerFileError, match=r"column A \(“victim name”\).*--leave-out") as told:
        Run(store, file)
    assert "zqm" not in str(told.value).lower() and not actions(store)
    run = Run(store, file, Told(leave=["A"]))
    assert run.done and "zqm" not in run.text.lower()
    database = Path(str(store.engine.url.database)).read_bytes()
    assert b"Zqm" not in database


def test_a_no_adds_nothing(store: Store, tmp_path: Path) -> None:
    run = Run(store, as_csv(tmp_path / "t.csv", [HEADINGS, row()]), yes=False)
    assert not run.done and not actions(store) and run.asked == ["Add 1 action to MSP?"]


def test_all_come_in_or_none(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("commands.actions.bring_in._tell", broken)
    with pytest.raises(RuntimeError):
        Run(store, as_csv(tmp_path / "t.csv", [HEADINGS, row(), row("Visit")]))
    with store.read(NOW) as work:
        assert not work.find(ImportedRow) and len(work.find(Action)) == 1


def test_the_audit_log_holds_counts_and_nothing_else(store: Store, tmp_path: Path) -> None:
    Run(store, as_csv(tmp_path / "t.csv", [HEADINGS, row(), row("Visit", status="zqm")]))
    with store.read(NOW) as work:
        (told,) = work.find(AuditRow, AuditRow.thing == "tracker:1")
        assert told.details == {"actions": 1, "there": 0, "changed": 0, "faults": 1}


def test_agencies_and_columns_can_be_called_something_else(store: Store, tmp_path: Path) -> None:
    file = as_csv(tmp_path / "t.csv", [("Case number", "Job", "Lot", "Type"), ["K-018", "Visit", "Cops", "P17"]])
    told = Told(columns=bringing.columns(["Job=action", "C=agency"]), wishes=Wishes(agencies={"cops": "POL"}))
    assert Run(store, file, told).done
    for wrong in (["Job"], ["=due"], ["Job=zqm"]):
        with pytest.raises(Unusable):
            bringing.columns(wrong)
    with pytest.raises(Unusable, match="POL"):
        Run(store, file, Told(wishes=Wishes(agencies={"cops": "XXX"})))
    with pytest.raises(Unusable, match="--type"):
        Run(store, file, Told(wishes=Wishes(other="Z99")))


def test_what_columns_are_called_stands_in_a_small_file_and_wrong_names_are_told(store: Store, tmp_path: Path) -> None:
    file = as_csv(tmp_path / "t.csv", [("Case number", "Job", "Lot", "Type"), ["K-018", "Visit", "POL", "P17"]])
    names = tmp_path / "names.txt"
    names.write_text("# as our sheet has them\n\naction = Job\nagency=Lot\n", encoding="utf-8")
    assert Run(store, file, Told(columns=bringing.columns([str(names)]))).done
    for wrong in ("action Job\n", "= Job\n", "zqm = Job\n"):
        names.write_text(wrong, encoding="utf-8")
        with pytest.raises(Unusable):
            bringing.columns([str(names)])
    names.write_text("action = Job\nagency = Lot\ndue = By whn\n", encoding="utf-8")
    with pytest.raises(Unusable, match="gives for: due"):
        Run(store, file, Told(columns=bringing.columns([str(names)])))


def test_what_came_in_wakes_as_any_other_action_does(store: Store, tmp_path: Path) -> None:
    """Worked out for all rows at once, and the same as one by one: ladder, end of an order, hours for advice."""
    lines = [row(text="Place a marker"), row(text="Visit him at curfew", type="P19")]
    Run(store, as_csv(tmp_path / "t.csv", [HEADINGS, *lines]))
    came = {action.id: (action.level, action.wake_at) for action in actions(store)}
    with store.work(NOW) as work:
        for action in work.find(Action):
            if action.id in came:
                settle(work, work.get(Panel, action.panel_id), action)
                assert (action.level, action.wake_at) == came[action.id]
    assert all(wake is not None for _, wake in came.values())


def test_the_tracker_for_practice_comes_in_as_its_page_says(store: Store) -> None:
    run = Run(store, DOCS / "practice-tracker.csv", yes=False)
    assert "5 new actions:" in run.said and "3 rows to correct:" in run.said
    assert Run(store, DOCS / "practice-tracker.csv", Told(wishes=Wishes(suggested=True))).done
    assert len(actions(store)) == 6


def test_of_two_who_add_at_once_one_adds(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, tries = as_csv(tmp_path / "t.csv", [HEADINGS, row()]), []

    def first_beaten(*given: Any) -> list[Action]:
        tries.append(given)
        if len(tries) == 1:
            raise IntegrityError("insert", {}, Exception("unique"))
        return bring_in(*given)

    monkeypatch.setattr("bot.bringing.bring_in", first_beaten)
    assert Run(store, file).done and len(tries) == 2 and len(actions(store)) == 1


# ---- the order of columns and the kind of file do not matter

ROWS = [
    row("Visit", case="K-018", status="in progress"),
    row("Offer temporary accommodation", case="MSP-26-0025", type="H04", agency="HOU", due=date(2026, 10, 20)),
    row("Serve papers", case="MSP-26-0029", panel="", due="", status="carried forward x2"),
    row("Monitor", case="K-033", status="done"),
    row("Nothing of this is right", case="K-999", agency="zqm", status="zqm"),
]


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("still")
    lay(folder / "convenor.db", "bringing", furnish)
    with opened(folder / "convenor.db") as made:
        yield made


def becomes(store: Store, file: Path) -> list[tuple[Any, ...]]:
    book = read_tracker(file, find_headings)
    with store.read(NOW) as work:
        panel = work.find(Panel)[0]
        read = read_lines(book.sheet, book.headings, NOW.date())
        made = plan(work, panel, read, book.headings, Wishes())
        return [(replace(new.line), new.case.ref, new.owner, new.kind, new.due, new.source) for new in made.new]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(len(HEADINGS))), kind=st.sampled_from(["xlsx", ",", ";", "\t"]))
def test_any_order_of_columns_in_either_format_gives_the_same_actions(
    still: Store, tmp_path: Path, order: Sequence[int], kind: str
) -> None:
    turned = [[cells[place] for place in order] for cells in (HEADINGS, *ROWS)]
    file = tmp_path / "turned"
    (as_xlsx(file, turned) if kind == "xlsx" else as_csv(file, turned, mark=kind))
    found = becomes(still, file)
    assert len(found) == 4 and found == becomes(still, as_csv(tmp_path / "straight", [HEADINGS, *ROWS]))
