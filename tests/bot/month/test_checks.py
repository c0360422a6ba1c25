"""What a month file must agree on with itself, each with key path and line."""
# ruff: noqa: E501 - a table of broken months reads best one row a line

import pytest

from bot.month import Problem
from tests.bot.month.conftest import Break

NO_AGENCY = "no agency has this code"
NO_CASE = "no case has this reference"

ONE_CHANGE = [
    # what is changed, into what, the one problem
    ('chair: {initials: "V.X.", agency: POL}', 'chair: {initials: "V.X.", agency: POLICE}', Problem(13, "panel.chair.agency", NO_AGENCY)),
    ("must_have: [POL, PROB, CSC, IDVA]", "must_have: [POL, PROB, CSC, IDA]", Problem(12, "panel.quorum.must_have[3]", NO_AGENCY)),
    ("core: [POL, IDVA, PROB, DRV]", "core: [POL, IDVA, PROB, PANEL]", Problem(43, "cycle.out_of_cycle[0].core[3]", NO_AGENCY)),
    ("{agency: SUB, who: rep}", "{agency: SUBS, who: rep}", Problem(53, "cycle.attendance[5].agency", NO_AGENCY)),
    ("who: rep, cases: [MSP-26-0042]", "who: deputy, cases: [MSP-26-0042]", Problem(57, "cycle.attendance[9].who", "this agency has no deputy")),
    ("who: rep, cases: [MSP-26-0042]", "who: rep, cases: [MSP-26-0099]", Problem(57, "cycle.attendance[9].cases[0]", NO_CASE)),
    ("case: MSP-26-0029, trigger", "case: MSP-26-0028, trigger", Problem(43, "cycle.out_of_cycle[0].case", NO_CASE)),
    ("lead: SUB\n", "lead: PANEL\n", Problem(160, "cases[5].lead", NO_AGENCY)),
    ("by: IDVA, items", "by: IDV, items", Problem(131, "cases[3].ppit.by", NO_AGENCY)),
    ('person: "T.G.", agency: HOU', 'person: "T.G.", agency: HO', Problem(153, "cases[4].recused[0].agency", NO_AGENCY)),
    ("ref: MSP-26-R-0110", "ref: MSQ-26-R-0110", Problem(46, "cycle.declined_referrals[1].ref", "does not begin with the panel's id")),
    ("ref: V-033b", "ref: V-033a", Problem(107, "cases[2].victims[1].ref", "another victim has this reference")),
    ("beneficiary: V-033a", "beneficiary: V-041a", Problem(104, "cases[2].orders[0].beneficiary", "no victim of this case has this reference")),
    ("ICB: M, IDVA: I", "IDVA: I", Problem(176, "returns.MSP-26-0033", "no square for ICB")),
    ("  MSP-26-0018: {POL: I, PROB: I", "  # MSP-26-0018: {POL: I, PROB: I", Problem(173, "returns", "no row for MSP-26-0018")),
    ("ICB: M, IDVA: I", "ICB: M, NHS: N, IDVA: I", Problem(176, "returns.MSP-26-0033.NHS", NO_AGENCY)),
    ("case: MSP-26-0018, agency: SUB", "case: MSP-26-0081, agency: SUB", Problem(204, "updates[23].case", NO_CASE)),
    ("case: MSP-26-0018, agency: SUB", "case: MSP-26-0018, agency: SUBS", Problem(204, "updates[23].agency", NO_AGENCY)),
    ("case: MSP-26-0018, agency: SUB", "case: MSP-26-0018, agency: MH", Problem(204, "updates[23]", "the grid says N: only I and D have an update")),
    ("IDVA: I, DRV: I, BAF: X}\nupdates", "IDVA: D, DRV: I, BAF: X}\nupdates", Problem(205, "updates[24]", "the grid says D: declined goes with D")),
    ('ICB: "I*", IDVA: I, DRV: N', "ICB: I, IDVA: I, DRV: N", Problem(184, "updates[3].late_days", "the grid does not star this return as late")),
    ("NAMED[IDVA,CSC,DRV]", "NAMED[IDVA,CSC,DRIVE]", Problem(189, "updates[8].restriction", NO_AGENCY)),
    ("NAMED[POL,IDVA]", "NAMED[]", Problem(237, "actions[12].restriction", "NAMED lists no agency")),
    ("NAMED[POL,IDVA]", "NAMED[POL,LAWYER]", Problem(237, "actions[12].restriction", NO_AGENCY)),
    ('reasons: ["slot:BAF", children]', 'reasons: ["slot:BAG", children]', Problem(216, "agenda.items[7].reasons[0]", NO_AGENCY)),
    ("minutes: 3, case: MSP-26-0018", "minutes: 3, case: MSP-26-0019", Problem(220, "agenda.items[11].case", NO_CASE)),
    ("owner: BAF", "owner: BAFF", Problem(233, "actions[8].owner", NO_AGENCY)),
    ("- {id: A-018-01, case: MSP-26-0018", "- {id: A-018-01, case: MSP-26-0081", Problem(244, "actions[19].case", NO_CASE)),
    ("depends_on: [A-029-02]", "depends_on: [A-029-99]", Problem(241, "actions[16].depends_on[0]", "no action has this reference")),
    ("[MSP-26-0033, ICB, M]", "[MSP-26-0033, ICE, M]", Problem(248, "expected.returns_outstanding[1][1]", NO_AGENCY)),
    ("[MSP-26-0033, ICB, M]", "[MSP-26-0034, ICB, M]", Problem(248, "expected.returns_outstanding[1][0]", NO_CASE)),
    ("as_of: 2026-10-30", "as_of: 2026-10-13", Problem(1, "demo.as_of", "lies before panel_date")),
    ("verified: 2026-10-12", "verified: 2026-11-12", Problem(102, "cases[2].whereabouts.verified", "lies after as_of")),
    ("next_panel: 2026-11-11", "next_panel: 2026-10-14", Problem(42, "cycle.next_panel", "does not lie after panel_date")),
    ("ratified_at: 2026-10-14", "ratified_at: 2026-10-01", Problem(43, "cycle.out_of_cycle[0].ratified_at", "lies before the meeting itself")),
    ("reminder_2: 2026-10-08", "reminder_2: 2026-10-06", Problem(34, "cycle.reminder_2", "lies before reminder_1")),
    ("agenda_locked: 2026-10-13T12:00", "agenda_locked: 2026-10-15T12:00", Problem(29, "cycle.panel_date", "lies before agenda_locked")),
    ("acknowledge_by: 2026-10-16", "acknowledge_by: 2026-10-13", Problem(39, "cycle.acknowledge_by", "lies before actions_circulated")),
]  # fmt: skip
NAMES = [f"{problem.path}-{problem.message[:20]}" for *_, problem in ONE_CHANGE]


@pytest.mark.parametrize(("old", "new", "problem"), ONE_CHANGE, ids=NAMES)
def test_one_disagreement(broken: Break, old: str, new: str, problem: Problem) -> None:
    assert broken((old, new)) == [problem]


def test_the_panels_own_office_is_no_agency(broken: Break) -> None:
    (office, *others) = broken(("  - {code: HOU,", "  - {code: PANEL,"))
    assert office == Problem(21, "agencies[3].code", "PANEL is the panel's own office: choose another code")
    assert {problem.message for problem in others} >= {NO_AGENCY, "no square for PANEL"}


@pytest.mark.parametrize(
    ("old", "new", "lines", "path"),
    [
        ("  - {code: ICB,", "  - {code: MH,", [22, 24], "agencies[6].code"),
        ("{agency: SUB, who: rep}", "{agency: CSC, who: rep}", [50, 53], "cycle.attendance[5].agency"),
        ("subject: K-042", "subject: K-033", [80, 97], "cases[1].subject"),
        ("- {id: A-018-01", "- {id: A-025-01", [243, 244], "actions[19].id"),
    ],
)
def test_what_is_given_twice_is_shown_at_both_places(
    broken: Break, old: str, new: str, lines: list[int], path: str
) -> None:
    twice = [problem for problem in broken((old, new)) if problem.message == "given more than once"]
    assert [problem.line for problem in twice] == lines
    assert path in [problem.path for problem in twice]


def test_a_case_of_another_panel(broken: Break) -> None:
    found = broken(("- ref: MSP-26-0041", "- ref: MSQ-26-0041"))
    assert Problem(59, "cases[0].ref", "does not begin with the panel's id") in found
    assert Problem(174, "returns.MSP-26-0041", NO_CASE) in found


def test_dependencies_may_not_run_in_a_circle(broken: Break) -> None:
    circle = broken(
        ('priority: immediate, due: 2026-10-15, safety: approved, status: complete, outcome: attempted_not_found',
         'priority: immediate, due: 2026-10-15, safety: approved, depends_on: [A-029-03], status: complete, outcome: attempted_not_found'),
    )  # fmt: skip
    assert circle == [
        Problem(240, "actions[15].depends_on", "depends on itself through others"),
        Problem(241, "actions[16].depends_on", "depends on itself through others"),
    ]


def test_an_emergency_meeting_comes_before_the_panel_and_its_ratification(broken: Break) -> None:
    found = broken(("{date: 2026-10-06, case", "{date: 2026-10-15, case"))
    assert [(problem.path, problem.message) for problem in found] == [
        ("cycle.out_of_cycle[0].date", "lies after panel_date"),
        ("cycle.out_of_cycle[0].ratified_at", "lies before the meeting itself"),
    ]


def test_cases_belong_to_a_meeting(broken: Break) -> None:
    text = "cycle:\n  panel_date: 2026-10-14\n"
    found = broken((text, "demo_cycle:\n  panel_date: 2026-10-14\n"))
    assert [problem.path for problem in found] == ["demo_cycle"]


def test_what_is_found_is_told_once_and_in_order_of_line(broken: Break) -> None:
    found = broken(
        ("NAMED[POL,IDVA]", "NAMED[POL,LAW,MED]"),
        ("reminder_2: 2026-10-08", "reminder_2: 2026-10-06"),
        ("beneficiary: V-033a", "beneficiary: V-041a"),
    )
    assert [problem.line for problem in found] == [34, 104, 237]
