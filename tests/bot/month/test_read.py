"""Reading month files: values, and the key path and line of what is wrong with one of them."""
# ruff: noqa: E501 - a table of broken values reads best one row a line

from datetime import date, time
from pathlib import Path

import pytest

from bot.month import MonthFileError, Problem, read_month
from bot.month.fields import CutOffTime, Return
from panel.codes import (
    ActionStatus,
    IdvaStatus,
    Outcome,
    RestrictionKind,
    ReturnCell,
    SafetyStatus,
    SubjectAware,
    UrgentTrigger,
)
from tests.bot.month.conftest import MONTHS, OCTOBER, Break

SHIPPED = sorted(MONTHS.glob("*.yaml"))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_shipped_months_are_whole_and_fictional(file: Path) -> None:
    month = read_month(file)
    assert month.playable and month.cases and month.agenda and month.expected


def test_values_arrive_as_what_they_are() -> None:
    month = read_month(OCTOBER)
    assert month.cycle is not None and month.demo is not None
    assert month.demo.as_of == date(2026, 10, 30)
    assert month.panel.timezone.key == "Europe/London"
    assert month.panel.cadence.time == time(9, 30)
    assert month.cycle.update_deadline == CutOffTime(date(2026, 10, 9), time(17))
    assert month.cycle.triage == CutOffTime(date(2026, 10, 1))
    assert month.cycle.out_of_cycle[0].trigger_code is UrgentTrigger.BREACH_WORKPLACE_KNOWN
    assert month.agency("BAF").deputy is None and month.agency("MH").lead is None
    first = month.case("MSP-26-0041")
    assert first.subject_aware is SubjectAware.NO and first.children == 1
    assert [victim.idva for victim in first.victims] == [
        IdvaStatus.ALLOCATED,
        IdvaStatus.NOT_ALLOCATED,
        IdvaStatus.NOT_ALLOCATED,
    ]
    assert month.case("MSP-26-0018").victims[0].idva is IdvaStatus.CLOSED
    assert month.returned("MSP-26-0041", "ICB") == Return(ReturnCell.INFORMATION, late=True)
    assert month.returned("MSP-26-0033", "ICB") == Return(ReturnCell.MISSING)
    named = next(update for update in month.updates if update.agency == "BAF").restriction
    assert named is not None and named.kind is RestrictionKind.NAMED
    assert named.named == frozenset({"IDVA", "CSC", "DRV"})


def test_the_second_month_uses_what_the_first_does_not() -> None:
    first, second = (read_month(MONTHS / name) for name in ("marrowshire-october.yaml", "fenhallow-april.yaml"))
    assert {action.status for action in second.actions} - {action.status for action in first.actions} == {
        ActionStatus.PROPOSED,
        ActionStatus.ACKNOWLEDGED,
        ActionStatus.SUPERSEDED,
        ActionStatus.CANCELLED,
        ActionStatus.NOT_DONE,
    }
    kinds = {update.restriction.kind for update in second.updates if update.restriction}
    assert kinds == set(RestrictionKind)
    cells = {cell.cell for row in second.returns.values() for cell in row.values()}
    assert cells == set(ReturnCell)
    functions = [agency.function for agency in second.agencies]
    assert len(functions) > len(set(functions))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_the_expected_figures_follow_from_the_file(file: Path) -> None:
    month = read_month(file)
    assert month.expected and month.agenda and month.demo
    cells = {(case, agency): given for case, row in month.returns.items() for agency, given in row.items()}
    asked = {pair: given for pair, given in cells.items() if given.cell is not ReturnCell.NOT_INVITED}
    open_pairs = {(*pair, given.cell) for pair, given in asked.items() if given.cell in ("U", "M")}
    assert month.expected.returns_requested == len(asked)
    assert month.expected.returns_complete == len(asked) - len(open_pairs)
    assert set(month.expected.returns_outstanding or ()) == open_pairs
    assert month.expected.returns_late == sum(given.late for given in asked.values())
    assert month.expected.agenda_minutes == sum(item.minutes for item in month.agenda.items)
    assert month.expected.actions_total == len(month.actions)
    done = {action.id for action in month.actions if action.status is ActionStatus.COMPLETE}
    assert month.expected.actions_complete == len(done)
    free = ("open", "acknowledged", "in_progress")
    over = {
        action.id
        for action in month.actions
        if action.status in free and action.due < month.demo.as_of and done.issuperset(action.depends_on)
    }
    assert set(month.expected.actions_overdue_on_as_of or ()) == over
    late_checks = {
        action.id for action in month.actions if action.safety is SafetyStatus.PENDING and action.due < month.demo.as_of
    }
    assert set(month.expected.checks_late_on_as_of or ()) == late_checks


def test_set_up_alone_is_enough(tmp_path: Path) -> None:
    text = OCTOBER.read_text(encoding="utf-8")
    file = tmp_path / "real.yaml"
    file.write_text(text[text.index("panel:") : text.index("cycle:")], encoding="utf-8")
    month = read_month(file)
    assert len(month.agencies) == 10 and not month.cases and not month.playable


def test_a_steering_group_is_one_or_several(tmp_path: Path) -> None:
    text = OCTOBER.read_text(encoding="utf-8")
    file = tmp_path / "month.yaml"
    file.write_text(text.replace("agencies:\n", '  steering: ["A.B.", "C.D."]\nagencies:\n', 1), encoding="utf-8")
    assert read_month(file).panel.steering == ("A.B.", "C.D.")
    assert read_month(MONTHS / "fenhallow-april.yaml").panel.steering == ("P.P.",)
    assert read_month(OCTOBER).panel.steering == ()


ONE_VALUE = [
    # what is changed, into what, path, line, what the sentence says
    ("who: deputy, note", "who: deputee, note", "cycle.attendance[3].who", 51, "must be 'rep', 'deputy', 'apologies' or"),
    ("  mode: hybrid", "  mode: hybrid\n  mood: blue", "panel.mood", 11, "unknown key"),
    ("  mode: hybrid", "  # no mode", "panel.mode", 2, "is missing"),
    ("  timezone: Europe/London", "  timezone: Europe/Atlantis", "panel.timezone", 6, "must be a time zone"),
    ("  id: MSP\n", "  id: msp\n", "panel.id", 3, "is not written as this key needs it"),
    ("as_of: 2026-10-30", "as_of: 2026-10-32", "demo.as_of", 1, "must be a day that exists"),
    ("as_of: 2026-10-30", 'as_of: "2026-10-30"', "demo.as_of", 1, "must be a day that exists"),
    ("fictional: true", "fictional: 1", "demo.fictional", 1, "must be true or false"),
    ("minutes: 120}", "minutes: two hours}", "panel.cadence.minutes", 9, "must be a whole number"),
    ('time: "09:30"', 'time: "9.30"', "panel.cadence.time", 9, "must be a time of day"),
    ("n: 4, weekday: wed", "n: 4, weekday: thu", "panel.cadence", 9, "is not a Thursday"),
    ("type: every_n_weeks", "type: monthly", "panel.cadence", 9, "type must be every_n_weeks or nth_weekday"),
    ("{type: every_n_weeks, ", "{", "panel.cadence", 9, "needs a type"),
    ("core: true, function: mental_health", "core: true, function: brains", "agencies[4].function", 22, "must be 'police', "),
    ("update_deadline: 2026-10-09T17:00", "update_deadline: 2026-10-09T25:00", "cycle.update_deadline", 35, "with or without a time"),
    ("route: MASH", "route: MUSH", "cycle.declined_referrals[1].route", 46, "must be 'POL_RFG', "),
    ("reason: insufficient_info", "reason: busy", "cycle.declined_referrals[1].reason", 46, "must be 'not_DA', "),
    ("- ref: MSP-26-0033\n", "- ref: MSP-26-33\n", "cases[2].ref", 96, "must be a reference such as MSP-26-0041"),
    ("    subject: K-033", "    subject: J-033", "cases[2].subject", 97, "must be a reference such as K-041"),
    ("dash: 19", "dash: 19.5", "cases[2].victims[0].dash", 106, "must be a whole number"),
    ("subject_aware: true", "subject_aware: perhaps", "cases[5].subject_aware", 171, "must be true, false, partly"),
    ("idva: closed", "idva: gone", "cases[5].victims[0].idva", 164, "must be true, false, closed"),
    ("score: 31,", "score: 131,", "cases[5].rfg", 167, "score must lie from 0 to max"),
    ("[0, 1, 2, 2, 1, 2, 2, 1, 2, 1]", "[2, 2, 2, 2, 1, 2, 2, 1]", "cases[2].ppit", 111, "items must be ten"),
    ("rank: 140", "rank: 4140", "cases[5].rfg", 167, "rank must not be more than list_size"),
    ('coordinator: {initials: "Z.O."', 'coordinator: {initials: "Zo Other"', "panel.coordinator.initials", 15, "never a name"),
    ('rep: "R.Y.", deputy: "K.U."', 'rep: "R.Y.", deputy: "kay uwe"', "agencies[0].deputy", 18, "never a name"),
    ('person: "T.G."', 'person: "Tom"', "cases[4].recused[0].person", 153, "must be initials such as A.B."),
    ('known vehicle", owner: POL, assignee: "K.U."', 'known vehicle", owner: POL, assignee: "KURT"', "actions[0].assignee", 225, "never a name"),
    ("ppit: {total: 14", "ppit: {total: 15", "cases[2].ppit", 111, "total must be the sum of items"),
    ("[0, 1, 2, 2, 1, 2, 2, 1, 2, 1]", "[0, 1, 2, 2, 1, 2, 2, 1, 2, 3]", "cases[2].ppit.items[9]", 111, "less than or equal to 2"),
    ("review_no: 6", "review_no: zero", "cases[5].review_no", 158, "must be a whole number"),
    ('ICB: "I*", IDVA: I, DRV: N', "ICB: L, IDVA: I, DRV: N", "returns.MSP-26-0041.ICB", 174, "must be I, N, K, U, D, M or X"),
    ("ICB: M,", 'ICB: "M*",', "returns.MSP-26-0033.ICB", 176, "cannot be late"),
    ('restriction: "NAMED[IDVA,CSC,DRV]"', "restriction: SECRET", "updates[8].restriction", 189, "must be ALL, NAMED[A,B]"),
    ("fact: null, restriction: VERBAL", "fact: aloud, restriction: VERBAL", "updates[14]", 195, "VERBAL has no text"),
    (", reason: \"clinical information not necessary for this decision\"", "", "updates[17]", 198, "declined needs a reason"),
    ('fact: "Did not engage; blocked case manager\'s number", ', "", "updates[16]", 197, "needs a fact or an opinion"),
    ("late_days: 3", "late_days: 0", "updates[3].late_days", 184, "greater than or equal to 1"),
    ('reasons: ["release:9"]', "reasons: [soon]", "agenda.items[9].reasons[0]", 218, "is not written as"),
    ("code: P17", "code: P99", "actions[0].code", 225, "must be a code of the action catalogue"),
    ("status: reported_complete, outcome: done_effective}\n  - {id: A-041-04", "status: reported_complete}\n  - {id: A-041-04", "actions[2]", 227, "reported_complete needs an outcome"),
    ("status: in_progress, escalation: 1}\n  - {id: A-041-03", "status: in_progress, outcome: duplicate}\n  - {id: A-041-03", "actions[1]", 226, "in_progress has no outcome yet"),
    ("status: open, escalation: 2", "status: open, escalation: 5", "actions[13].escalation", 238, "less than or equal to 4"),
    ("safety: pending, status: awaiting_safety_check", "safety: approved, status: awaiting_safety_check", "actions[17]", 242, "needs safety: pending"),
    ("safety: pending, status: awaiting_safety_check", "safety: pending, status: open", "actions[17]", 242, "nobody may have started"),
    ("safety: approved, status: open", "safety: not_required, status: open", "actions[13]", 238, "B07 waits for a safety check"),
    (', conditions: "no victim location in pack"', "", "actions[18]", 243, "conditions go with approved_with_conditions"),
    ("safety: approved, status: open", "safety: approved, conditions: by post, status: open", "actions[13]", 238, "conditions go with approved_with_conditions"),
    ("fact: null, declined: true", "fact: aloud, declined: true", "updates[17]", 198, "declined shares no text"),
    ("extended_by: chair, ", "", "actions[7]", 232, "original_due and extended_by go together"),
    ("original_due: 2026-10-21", "original_due: 2026-11-21", "actions[7]", 232, "original_due must lie before due"),
    ("depends_on: [A-029-02]", "depends_on: [A-029-03]", "actions[16]", 241, "cannot depend on itself"),
    ("returns_late: 2", "returns_late: -2", "expected.returns_late", 249, "greater than or equal to 0"),
    ("[MSP-26-0033, ICB, M]", "[MSP-26-0033, ICB]", "expected.returns_outstanding[1][2]", 248, "is missing"),
    ("  - {code: HOU,", "  - {code: NO,", "agencies[3].code", 21, "must be text: put it in quotes"),
    ("demo: {fictional: true, as_of: 2026-10-30}", "demo: yesterday", "demo", 1, "must be a mapping of keys"),
    ("status: [RUI]", "status: RUI", "cases[0].status", 65, "must be a list"),
    ("status: [wanted]", "status: [none, wanted]", "cases[3]", 116, "status cannot be none and something else"),
    ("routes: [MARAC]", "routes: []", "cases[1].routes", 82, "must not be empty"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "path", "line", "says"), ONE_VALUE, ids=[f"{path}-{says[:24]}" for *_, path, _, says in ONE_VALUE]
)
def test_one_wrong_value(broken: Break, old: str, new: str, path: str, line: int, says: str) -> None:
    (problem,) = broken((old, new))
    assert (problem.path, problem.line) == (path, line)
    assert says in problem.message


@pytest.mark.parametrize(
    "who", ["A.B.", "A.-B.C.", "A.B.2", "AB", "duty inspector", "out-of-hours team", "case worker 2"]
)
def test_somebody_is_initials_or_a_role(tmp_path: Path, who: str) -> None:
    file = tmp_path / "month.yaml"
    text = OCTOBER.read_text(encoding="utf-8")
    file.write_text(text.replace('lead: "C.M."', f'lead: "{who}"', 1), encoding="utf-8")
    assert read_month(file).agency("POL").lead == who


def test_a_new_case_has_no_count_of_reviews(broken: Break) -> None:
    change = ("kind: new\n    routes: [MARAC]", "kind: new\n    review_no: 1\n    routes: [MARAC]")
    assert broken(change) == [Problem(79, "cases[1]", "a new case has no review_no")]


def test_every_problem_is_in_one_message_in_order_of_line(broken: Break) -> None:
    found = broken(("  mode: hybrid", "  mode: seance"), ("dash: 17", "dash: many"), ("code: P17", "code: P99"))
    assert [problem.line for problem in found] == [10, 68, 225]


def test_the_message_never_repeats_what_the_file_says(broken: Break) -> None:
    secret = "Zanzibar"
    for old in ("status: in_progress, escalation: 1}\n  - {id: A-041-03", "restriction: ALL, intel: true"):
        found = broken((old, f"{secret.lower()}: 1, " + old), ("who: deputy, note", f"who: {secret}, note"))
        assert secret not in str(found)
    assert secret not in str(broken(('"NAMED[IDVA,CSC,DRV]"', f'"NAMED[{secret}"')))


NOT_YAML = [
    ("demo: {fictional: true, as_of: 2026-10-30}", "demo: {fictional: true", 2, "not YAML"),
    ("  mode: hybrid", "  mode: hybrid\n  mode: meeting", 11, "the key mode is given twice"),
    ("  mode: hybrid", "  mode: !!python/object/apply:os.getcwd []", 10, "not YAML"),
    ("  mode: hybrid", "  mode: &m hybrid\n  name: *m", 11, "no aliases"),
    ("  mode: hybrid", "  2026-10-14: hybrid", 10, "a key must be text"),
    ("  mode: hybrid", "  mode: \x07", 1, "a character that text may not hold"),
]


@pytest.mark.parametrize(("old", "new", "line", "says"), NOT_YAML, ids=[says for *_, says in NOT_YAML])
def test_what_is_no_plain_yaml(broken: Break, old: str, new: str, line: int, says: str) -> None:
    (problem,) = broken((old, new))
    assert (problem.path, problem.line) == ("file", line)
    assert says in problem.message


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "the file is empty"), (b"- 1\n", "must be a mapping"), (b"\xff\xfe\x00", "is not UTF-8 text")],
)
def test_what_is_no_month_at_all(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "month.yaml"
    file.write_bytes(content)
    with pytest.raises(MonthFileError) as refused:
        read_month(file)
    assert f"cannot be used: 1 problem.\n  file, line 1: {says}" in str(refused.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MonthFileError, match="No such file"):
        read_month(tmp_path / "month.yaml")


def test_an_unquoted_time_is_still_a_time(tmp_path: Path) -> None:
    file = tmp_path / "month.yaml"
    file.write_text(OCTOBER.read_text(encoding="utf-8").replace('time: "09:30"', "time: 10:30"), encoding="utf-8")
    assert read_month(file).panel.cadence.time == time(10, 30)


def test_outcomes_that_are_hidden_come_with_a_hold() -> None:
    held = [action for action in read_month(OCTOBER).actions if action.outcome is Outcome.BLOCKED_SAFETY]
    assert [action.status for action in held] == [ActionStatus.BLOCKED]
